"""The LINE Official Account behind a channel, as the platform told of it; all of it can be asked again."""

from django.db import models

from counseling.models.program import Channel


class LineAccount(models.Model):
    """What LINE told of a channel's account: who it is, how it is connected, the month's messages, its rich menu."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="line_account")
    name = models.CharField(max_length=100, blank=True)
    basic_id = models.CharField(max_length=40, blank=True)  # @abc1234
    mark_as_read_mode = models.CharField(max_length=10, blank=True)
    # How each step of the connection stood (counseling.connection): [[step, code], …]
    findings = models.JSONField(default=list, blank=True)
    checked_at = models.DateTimeField(null=True)

    # The month's messages: `quota` empty where there is no limit, `used` until they were counted.
    quota = models.PositiveBigIntegerField(null=True)
    used = models.PositiveBigIntegerField(null=True)
    counted_at = models.DateTimeField(null=True)
    count_tried_at = models.DateTimeField(null=True)
    # The month and the threshold (percent) administrators were last told of.
    warned_month = models.DateField(null=True)
    warned_percent = models.PositiveSmallIntegerField(default=0)
    warning_tried_at = models.DateTimeField(null=True)

    # What LINE counted of its friends up to the end of a day.
    friends_added = models.PositiveBigIntegerField(null=True)
    friends_blocking = models.PositiveBigIntegerField(null=True)
    friends_on = models.DateField(null=True)

    # The menu shown to everybody, and who is just making another one.
    menu_id = models.CharField(max_length=80, blank=True)
    menu_made_at = models.DateTimeField(null=True)
    menu_claimed_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.basic_id or f"channel {self.channel_id}"

    @property
    def reachable_friends(self) -> int | None:
        """Friends by LINE's count who do not block the account: the platform never takes back who was once added."""
        if self.friends_added is None or self.friends_blocking is None:
            return None
        return max(self.friends_added - self.friends_blocking, 0)
