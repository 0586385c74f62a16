"""Agencies (関係機関・社会資源): where a visitor can be connected to."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Deferrable
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from counseling.agencies import Area, Entry
from counseling.models.program import Program
from counseling.text import normalise

# What was looked at longer ago than this may no longer be so.
CHECK_HOLDS = timedelta(days=180)
# What is kept as it is written.
WRITTEN = ("name", "kind", "web", "address", "hours", "audience", "note", "checked_on")


class AgencyKind(models.TextChoices):
    """What an agency is, in the order in which a list shows them (domain.md §2)."""

    POLICE = "police", _("警察")
    CHILD_GUIDANCE = "child_guidance", _("児童相談所")
    CHILD_FAMILY = "child_family", _("こども家庭センター")
    WELFARE_OFFICE = "welfare_office", _("福祉事務所")
    SELF_RELIANCE = "self_reliance", _("生活困窮者自立相談支援機関")
    PARTNER_VIOLENCE = "partner_violence", _("配偶者暴力相談支援センター")
    WOMEN = "women", _("女性相談支援センター")
    SEXUAL_VIOLENCE = "sexual_violence", _("ワンストップ支援センター")
    MENTAL_HEALTH = "mental_health", _("精神保健福祉センター")
    HEALTH_CENTER = "health_center", _("保健所")
    MEDICAL = "medical", _("医療機関")
    LEGAL = "legal", _("法テラス・弁護士")
    SCHOOL = "school", _("学校・教育委員会")
    EMPLOYMENT = "employment", _("ハローワーク")
    SINGLE_PARENT = "single_parent", _("母子家庭等就業・自立支援センター")
    SHELTER = "shelter", _("民間シェルター・NPO")
    HOTLINE = "hotline", _("電話相談窓口")
    DISASTER_CARE = "disaster_care", _("DPAT・こころのケアセンター")
    SOCIAL_WELFARE = "social_welfare", _("社会福祉協議会")
    OTHER = "other", _("そのほか")


def kind_names() -> dict[str, str]:
    """The kinds as they stand in files: always in Japanese, so that every file can be read again."""
    with translation.override("ja"):
        return {kind.value: str(kind.label) for kind in AgencyKind}


class Agency(models.Model):
    """One agency of a program's directory. It is never deleted, only retired: what was done with it still names it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="agencies")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=AgencyKind)
    # Empty: the whole country; without municipalities: the whole prefecture.
    prefecture = models.CharField(max_length=4, blank=True)
    municipalities = models.JSONField(default=list, blank=True)
    telephones = models.JSONField(default=list, blank=True)
    web = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=300, blank=True)  # in words
    audience = models.CharField(max_length=200, blank=True)  # whom it is for
    note = models.TextField(blank=True)  # for counselors: how to hand somebody over
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    # Made from the fields above: what makes two agencies the same, and what is searched, in its folded spelling.
    key = models.CharField(max_length=64, editable=False)
    places = models.TextField(editable=False)
    folded_name = models.TextField(editable=False)
    folded = models.TextField(editable=False)

    class Meta:
        constraints = (
            # Deferred: an import may exchange two names.
            models.UniqueConstraint(fields=("program", "key"), name="agency_once", deferrable=Deferrable.DEFERRED),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> Area:
        """Where it serves."""
        return Area(self.prefecture, tuple(self.municipalities))

    @property
    def entry(self) -> Entry:
        """As somebody would write it."""
        written = {field: getattr(self, field) for field in WRITTEN}
        return Entry(area=self.area, telephones=tuple(self.telephones), **written)

    def put(self, entry: Entry) -> None:
        """Be as somebody wrote it, ready to be found; who checked it is another matter."""
        for field in WRITTEN:
            setattr(self, field, getattr(entry, field))
        self.prefecture, self.municipalities = entry.area.prefecture, list(entry.area.municipalities)
        self.telephones = list(entry.telephones)
        self.key, self.places, self.folded_name = entry.key, entry.area.folded(), normalise(entry.name).text
        searched = (entry.name, *self.telephones, entry.audience, entry.hours, entry.address, entry.note)
        self.folded = normalise("\n".join(searched)).text

    def is_stale(self, today: date) -> bool:
        """Whether somebody should look again whether it is still so."""
        return self.checked_on is None or today - self.checked_on > CHECK_HOLDS
