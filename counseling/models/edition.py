"""Editions: every version of a program's texts, terms and forms is kept, and never changes."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import contacts, emergency, forms, survey, telephone, triage, wording
from counseling.contacts import Contacts
from counseling.emergency import Steps
from counseling.forms import Form
from counseling.languages import Labels, said
from counseling.models.program import Program
from counseling.opening import describe
from counseling.text import ruby, within_a_push
from counseling.wording import Texts

LONGEST_NOTE = 200


class Part(models.TextChoices):
    """What of a program is kept in editions."""

    TEXTS = "texts", _("自動メッセージ")
    TERMS = "terms", _("利用規約")
    CONTACTS = "contacts", _("緊急連絡先")
    INTAKE = "intake", _("受付の質問")
    RECORD = "record", _("相談記録")
    RISK = "risk", _("緊急度の確認")
    SURVEY = "survey", _("アンケート")
    SURVEY_PLAN = "survey_plan", _("アンケートの送り方")
    DANGER_WORDS = "danger_words", _("危険を示すことば")
    STEPS = "steps", _("緊急時の手順")
    TELEPHONE = "telephone", _("電話")


class Edition(models.Model):
    """One version (版) of a part of a program.

    What is in force stands in `Program.editions`; a session keeps what was in force when it began.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="all_editions")
    part = models.CharField(max_length=16, choices=Part)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # What was changed and why, in the words of who published it.
    note = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("program", "part", "number"), name="edition_number"),)

    def __str__(self) -> str:
        return f"{self.program_id} {self.part} {self.number}"


@lru_cache(maxsize=2048)
def _read(edition_id: int) -> tuple[int, Any]:
    # It never changes, so a process reads it once; ids are never used again, not even after a rollback.
    number, content = Edition.objects.values_list("number", "content").get(pk=edition_id)
    return number, content


def content(editions: dict[str, int], part: Part) -> Any:
    """What these editions (of a program or a session) say about `part`; None where it keeps to the house's own.

    Shared by everybody who asks: not to be changed in place.
    """
    edition_id = editions.get(part)
    return None if edition_id is None else _read(edition_id)[1]


def number(editions: dict[str, int], part: Part) -> int:
    """Which version it is; 0 for the house's own."""
    edition_id = editions.get(part)
    return 0 if edition_id is None else _read(edition_id)[0]


def editions_with(program: Program, part: Part, wanted: int | None) -> dict[str, int]:
    """The program's editions, with version `wanted` of `part` where there is that one: somebody still reads it."""
    present: dict[str, int] = program.editions
    if wanted is None or wanted == number(present, part):
        return present
    older = Edition.objects.filter(program=program, part=part, number=wanted).values_list("pk", flat=True).first()
    if older is None and wanted:
        return present
    others = {name: pk for name, pk in present.items() if name != part}
    return others if older is None else {**others, part.value: older}


def texts_of(program: Program) -> Texts:
    """The program's own automatic texts."""
    return content(program.editions, Part.TEXTS) or {}


def contacts_of(program: Program) -> Contacts:
    """Where the program's visitors can turn at once."""
    return contacts.read(content(program.editions, Part.CONTACTS))


def telephone_of(program: Program) -> telephone.Plan:
    """Whether and when the program talks by telephone."""
    return telephone.read(content(program.editions, Part.TELEPHONE))


def survey_plan_of(program: Program) -> survey.Plan:
    """When the program sends its survey, and where answers are kept."""
    return survey.read(content(program.editions, Part.SURVEY_PLAN))


def terms_by_language(program: Program) -> Labels:
    """The terms of use in each language they were written in."""
    return content(program.editions, Part.TERMS) or {}


def terms_of(program: Program, language: str) -> str:
    """The terms of use as the visitor reads them; empty where none were written."""
    return said(terms_by_language(program), language)


def form_of(editions: dict[str, int], part: Part) -> Form:
    """The form these editions hold for `part`; without questions where there is none."""
    stored = content(editions, part)
    return forms.read(stored) if stored else Form()


def text_for(program: Program, key: str, language: str = "ja", **values: int | str) -> str:
    """The program's automatic text `key` with {program}, {hours}, {emergency} and `values` filled in.

    Readings stand in brackets, as LINE can show them: 漢字(かんじ). Never longer than a push to LINE.
    """
    return within_a_push(ruby.bracketed(marked_text_for(program, key, language, **values)))


def marked_text_for(program: Program, key: str, language: str = "ja", **values: int | str) -> str:
    """The same for our own pages, which draw readings above the words: 漢字《かんじ》."""
    text = wording.filled(
        texts_of(program),
        key,
        language,
        program=program.name,
        hours=describe(program.opening(), language),
        emergency=contacts.block(contacts_of(program), language),
        **values,
    )
    return with_readings(program, text, language)


def with_readings(program: Program, words: str, language: str) -> str:
    """The words, marked with their readings where the program shows them in this language."""
    return words if language in program.furigana else ruby.plain(words)


def steps_of(editions: dict[str, int]) -> Steps:
    """What is done when a life is in danger, by these editions (of a program or a session)."""
    return emergency.read(content(editions, Part.STEPS))


@lru_cache(maxsize=256)
def _words(edition_id: int) -> tuple[triage.Word, ...]:
    return triage.read_dictionary(_read(edition_id)[1])


def danger_words_of(program: Program) -> tuple[triage.Word, ...]:
    """The words that suggest danger in this program."""
    edition_id = program.editions.get(Part.DANGER_WORDS)
    return triage.WORDS_OF_DANGER if edition_id is None else _words(edition_id)
