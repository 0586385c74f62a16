"""A program (事業・相談窓口), the channels that lead to it, and its ready-made words."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto, staffing
from counseling.assignment import Routing
from counseling.bounds import IDLE
from counseling.languages import EASY, JAPANESE
from counseling.opening import Hours, Status, status_at
from counseling.stages import Stage


class Kind(models.TextChoices):
    """What a program is for."""

    WOMEN = "women", _("女性")
    SINGLE_PARENT = "single_parent", _("ひとり親家庭")
    CHILD_ABUSE = "child_abuse", _("児童虐待防止")
    DISASTER = "disaster", _("災害")
    SUICIDE_PREVENTION = "suicide_prevention", _("自殺防止")
    GENERAL = "general", _("一般")


class ChannelMode(models.TextChoices):
    """Where the talk takes place: LINE may be the room, only the door, or absent."""

    LINE_TALK = "line_talk", _("LINEで話す")
    LINE_ENTRY_WEBCHAT = "line_entry_webchat", _("LINEから入り、Webで話す")
    WEB_ONLY = "web_only", _("Webのみ")


def in_japanese() -> list[str]:
    """The languages of a program that has not chosen any."""
    return [JAPANESE]


def in_easy_japanese() -> list[str]:
    """Where readings are shown until somebody decides otherwise: who reads easy Japanese often needs them."""
    return [EASY]


class Program(models.Model):
    """A counseling program that a body commissions: its hours, texts, rules and times."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("事業名"), max_length=80)
    kind = models.CharField(_("種別"), max_length=20, choices=Kind)
    commissioner = models.CharField(_("委託元"), max_length=80, blank=True)
    audience = models.CharField(_("対象"), max_length=200, blank=True)
    area = models.CharField(_("地域"), max_length=80, blank=True)
    starts_on = models.DateField(_("開始日"))
    ends_on = models.DateField(_("終了日"), null=True, blank=True)
    channel_mode = models.CharField(_("方式"), max_length=20, choices=ChannelMode, default=ChannelMode.LINE_TALK)
    hours = models.JSONField(_("受付時間"), default=dict)
    capacity = models.PositiveSmallIntegerField(_("同時対応数"), default=2)
    routing = models.CharField(max_length=5, choices=[(mode, mode) for mode in Routing], default=Routing.BOTH)
    offer_for = models.DurationField(default=timedelta(seconds=30))
    nudge_after = models.DurationField(default=IDLE["nudge_after"])
    notice_after = models.DurationField(default=IDLE["notice_after"])
    close_after = models.DurationField(default=IDLE["close_after"])
    # Reception opens only with so many on duty, so many supervisors among them (0: opens by the hours alone).
    least_on_duty = models.PositiveSmallIntegerField(_("受付に必要な勤務人数"), default=0)
    least_supervisors = models.PositiveSmallIntegerField(_("うちSVの人数"), default=0)
    # Lines wanted: {"mon": {"19": 3, "20": 3}, …, "holiday": {…}}, hours of the service day up to 31.
    required_lines = models.JSONField(_("必要な回線数"), default=dict, blank=True)
    # More lines a person, in the first hour of each opening or until a moment set by hand.
    surge_lines = models.PositiveSmallIntegerField(_("増強する回線数(1人あたり)"), default=0)
    surge_first_hour = models.BooleanField(_("受付開始から1時間は増強する"), default=False)
    surge_until = models.DateTimeField(null=True, blank=True)
    # While it is set, who waits is for supervisors alone (SV対応), by the hand of `diverted_by`.
    diverted_since = models.DateTimeField(null=True, blank=True, editable=False)
    diverted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    # When supervisors were told by mail that people are lacking, and when that was last tried.
    shortage_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    shortage_tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Whether machines were told last that reception is open; null while nobody is to be told.
    reception_told = models.BooleanField(null=True, editable=False)
    # A session whose counselor's console died goes back to the queue after this; empty: only a person decides.
    rescue_after = models.DurationField(
        _("接続が切れた相談を戻すまで"), null=True, blank=True, default=timedelta(minutes=2)
    )
    same_counselor = models.BooleanField(_("前回の相談員を優先する"), default=False)
    # A call that no supervisor answers within this goes on to the next.
    call_after = models.DurationField(_("呼び出しを次の人に知らせるまで"), default=timedelta(seconds=60))
    # Whether what a trainee replies waits for a supervisor.
    approves_trainees = models.BooleanField(_("研修中の相談員の返信をSVが確認する"), default=True)
    # Whether a counselor sees that a supervisor reads along, and a visitor is told that one writes, too.
    shows_reading = models.BooleanField(_("見守りを相談員に示す"), default=True)
    tells_stepping_in = models.BooleanField(_("SVが加わることを相談者に伝える"), default=True)
    rest_after_heavy = models.DurationField(_("重い相談のあとの休み"), default=timedelta(0))
    # A talk that lasted longer is heavy (counseling.care); so long is the pause offered after one, 0: none.
    heavy_after = models.DurationField(_("重い相談とみなす長さ"), default=timedelta(minutes=90))
    care_pause = models.DurationField(_("重い相談のあとにすすめる休憩"), default=timedelta(minutes=10))
    # The visitor's waiting clock turns amber after this.
    amber_after = models.DurationField(default=timedelta(minutes=3))
    # Words after this much silence outside a sitting count as a new access.
    episode_silence = models.DurationField(default=timedelta(minutes=30))
    # The editions in force: part → id of its edition; a part that is not here is the house's own.
    editions = models.JSONField(default=dict, blank=True)
    # The languages its texts are offered in, the first one where nobody chose.
    languages = models.JSONField(default=in_japanese, blank=True)
    # The languages whose texts show readings (ふりがな).
    furigana = models.JSONField(default=in_easy_japanese, blank=True)
    stage = models.CharField(max_length=6, choices=[(stage, stage) for stage in Stage], default=Stage.OPEN)
    stage_since = models.DateTimeField(default=timezone.now)
    stage_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # On LINE the terms are agreed to before anybody reads a word; who does not answer for so long is let go.
    consents_on_line = models.BooleanField(_("LINEで同意をもらってから受け付ける"), default=False)
    intake_lapses_after = models.DurationField(default=timedelta(hours=1))
    # Where LINE is only the door: how long the link to the page is good.
    link_life = models.DurationField(default=timedelta(minutes=10))
    # Records (相談記録): by when one is written, and how long its counselor may change it and read it.
    record_due_after = models.DurationField(default=timedelta(hours=8))
    record_edit_for = models.DurationField(default=timedelta(hours=24))
    record_read_for = models.DurationField(default=timedelta(days=28))
    # Referrals (つなぎ): after how long somebody asks what came of one, how long after that supervisors are told, and
    # whether a letter of introduction names who wrote it.
    referral_ask_after = models.DurationField(default=timedelta(days=14))
    referral_overdue_after = models.DurationField(default=timedelta(days=3))
    letter_names_writer = models.BooleanField(default=False)
    # So long after supervisors administrators are told of a follow-up that is overdue; how long a return code is good.
    follow_up_escalates_after = models.DurationField(default=timedelta(hours=4))
    return_code_life = models.DurationField(default=timedelta(days=14))
    # How many people go on a visit; fewer need a reason.
    outreach_people = models.PositiveSmallIntegerField(default=2)
    # Told by mail when somebody may be in danger and nobody is on duty.
    on_call_email = models.EmailField(_("時間外の緊急連絡先"), blank=True)
    # For learning: its visitors are made up, and it is in no figure.
    practice = models.BooleanField(default=False)
    # Sittings a visitor may begin a day; empty: as many as they like. Danger is never turned away by it.
    daily_limit = models.PositiveSmallIntegerField(_("1日の上限回数"), null=True, blank=True)
    # Days each kind of what is stored is kept after the sitting, and how results are counted and shown.
    retention = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    neutral_title = models.BooleanField(default=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name

    def opening(self) -> Hours:
        """The opening hours as rules."""
        return Hours.from_json(self.hours)

    def status_at(self, now: datetime) -> Status:
        """Whether the program receives at `now` (aware)."""
        return status_at(self.opening(), now, self.starts_on, self.ends_on)

    def surge_at(self, now: datetime) -> int:
        """How many lines more a person has at `now` (aware)."""
        # Looking up the opening costs more than all the rest.
        window = self.status_at(now).window if self.surge_lines and self.surge_first_hour else None
        opened_at = window.start if window else None
        surges = staffing.does_surge(
            now, opened_at=opened_at, in_first_hour=self.surge_first_hour, until=self.surge_until
        )
        return self.surge_lines if surges else 0


class ChannelKind(models.TextChoices):
    """By which outside world a channel reaches people; each kind has one gateway."""

    LINE = "line", "LINE"
    WEB = "web", "Web"


class Channel(models.Model):
    """One entrance to a program. A channel is data; the code that carries it is a gateway."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="channels")
    kind = models.CharField(max_length=8, choices=ChannelKind)
    key = models.SlugField(unique=True)  # in the webhook's URL
    bot_user_id = models.CharField(max_length=64, blank=True)
    secret = models.BinaryField(blank=True, default=b"")
    previous_secret = models.BinaryField(blank=True, default=b"")
    previous_secret_until = models.DateTimeField(null=True, blank=True)
    access_token = models.BinaryField(blank=True, default=b"")
    # When the two were typed; unknown for what was typed before this was kept.
    secret_at = models.DateTimeField(null=True, blank=True, editable=False)
    access_token_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Why sending is paused ("quota", "token"); empty while it runs.
    paused_because = models.CharField(max_length=16, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key

    def place(self, column: str) -> str:
        """Where a sealed column of this row stands, for its associated data."""
        return f"channel.{column}:{self.key}"

    def secrets_at(self, now: datetime) -> list[str]:
        """The secrets that may sign a webhook at `now`: the current one, and the old one while it is valid."""
        valid = [self.secret]
        if self.previous_secret and self.previous_secret_until and now < self.previous_secret_until:
            valid.append(self.previous_secret)
        columns = ("secret", "previous_secret")
        return [
            crypto.open_house(sealed, self.place(column)).decode()
            for column, sealed in zip(columns, valid, strict=False)
            if sealed
        ]

    def token(self) -> str:
        """The access token for calls to the platform."""
        return crypto.open_house(self.access_token, self.place("access_token")).decode()


class CannedReply(models.Model):
    """Ready-made words (定型文) a counselor inserts and edits; of the program, or of one person (`owner`)."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="canned_replies")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True)
    shortcut = models.CharField(max_length=20)  # as replies.spelled has it
    title = models.CharField(max_length=60)
    body = models.TextField()
    # How often it was put into somebody's words; who wrote them is not kept.
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-uses", "shortcut", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("program", "owner", "shortcut"), nulls_distinct=False, name="reply_shortcut_once"
            ),
        )

    def __str__(self) -> str:
        return self.title
