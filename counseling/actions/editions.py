"""Editions: a program's texts, terms and forms are never changed, only followed by a newer version."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import blueprints, events, permissions
from counseling.actions import surveys
from counseling.models import Edition, Part, Program
from counseling.models.edition import LONGEST_NOTE, number
from counseling.text import is_storable


class InvalidContent(ValueError):
    """The content cannot be kept; `problems` lists (path, code, what it is about)."""

    def __init__(self, problems: list[tuple[str, str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code, _what in problems))
        self.problems = problems


class NewerEdition(Exception):
    """Somebody else published a version since `by` began to write."""


@transaction.atomic
def publish(
    *, program_id: int, part: Part, content: Any, by: User, based_on: int | None = None, note: str = ""
) -> Edition:
    """Make `content` the edition of `part` that is in force. The same content again makes no new version.

    `based_on` is the number of the version `by` had before them; `note` says what changed and why. Raises
    permissions.NotVisible, InvalidContent (the note's path is "edition.note"), NewerEdition.
    """
    permissions.require(by, Right.CONFIGURE, program_id)
    if problems := blueprints.wrong(part, content) + _wrong_note(note):
        raise InvalidContent(problems)
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    if based_on is not None and number(program.editions, part) != based_on:
        raise NewerEdition
    present = Edition.objects.filter(pk=program.editions.get(part)).first()
    if present and present.content == content:
        return present
    edition = put_in_force(program, part, content, by=by, note=note)
    program.save(update_fields=["editions"])
    if part == Part.SURVEY_PLAN:
        surveys.replan(program)
    events.ring(events.board_group(program_id))
    audit.note(
        Deed.PROGRAM_CHANGED, by=by, subject=f"program:{program_id}", program_id=program_id, did="published",
        fields=[part.value], version=edition.number,
    )  # fmt: skip
    return edition


def _wrong_note(note: str) -> list[tuple[str, str, str]]:
    codes = {"too_long": len(note) > LONGEST_NOTE, "bad_character": not is_storable(note)}
    return [("edition.note", code, str(LONGEST_NOTE)) for code, holds in codes.items() if holds]


def put_in_force(program: Program, part: Part, content: Any, *, by: User | None, note: str = "") -> Edition:
    """One more edition, in force in the program in memory; the caller holds the program and saves it."""
    last = Edition.objects.filter(program=program, part=part).aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        program=program, part=part, number=last + 1, content=content, made_by=by, note=note
    )
    program.editions = {**program.editions, part.value: edition.pk}
    return edition
