"""What is typed of one contact with an agency, and whether it can be written down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from counseling.emergency import ContactWords
from counseling.models import Agency
from counseling.models.emergency import Ground
from counseling.text import UnacceptableText, clean

NAME_LIMIT, WORDS_LIMIT = 100, 2_000  # UTF-16 units
LIMITS = {"agency": NAME_LIMIT, "person": NAME_LIMIT, "told": WORDS_LIMIT, "answer": WORDS_LIMIT}
LIMITS |= {"next_step": WORDS_LIMIT, "consent": WORDS_LIMIT}


class InvalidContact(Exception):
    """The contact cannot be written down; `problems` by field: missing, future, unknown, and text.clean's codes."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {code}" for field, code in problems.items()))
        self.problems = problems


@dataclass(frozen=True)
class Contacting:
    """What is typed of one contact; `agency_id` of the directory, or `agency` by its name."""

    contacted_at: datetime
    ground: str
    told: str
    agency_id: int | None = None
    agency: str = ""
    person: str = ""
    answer: str = ""
    next_step: str = ""
    next_due_at: datetime | None = None
    consent: str = ""
    consented_at: datetime | None = None


def checked(program_id: int, contacting: Contacting, now: datetime) -> tuple[Agency | None, ContactWords]:
    """The agency of the program's directory, and the words as they are kept.

    Raises InvalidContact with all that is wrong: above all, nothing goes without a ground.
    """
    agencies = Agency.objects.filter(program=program_id, retired_at=None)
    agency = None if contacting.agency_id is None else agencies.filter(pk=contacting.agency_id).first()
    problems: dict[str, str] = {}
    words = {name: _clean(getattr(contacting, name), limit, name, problems) for name, limit in LIMITS.items()}
    if agency:
        words["agency"] = agency.name
    if contacting.ground != Ground.CONSENT:
        words["consent"] = ""
    told = cast("ContactWords", words)
    if contacting.agency_id is not None and agency is None:
        problems["agency_id"] = "unknown"
    elif not told["agency"]:
        problems.setdefault("agency", "missing")
    for field, code in (*_lacking(contacting, told), *_untimely(contacting, now)):
        problems.setdefault(field, code)
    if problems:
        raise InvalidContact(problems)
    return agency, told


def _lacking(contacting: Contacting, told: ContactWords) -> Iterator[tuple[str, str]]:
    if not told["told"]:
        yield "told", "missing"
    if contacting.ground not in Ground.values:
        yield "ground", "missing"
    elif contacting.ground == Ground.CONSENT:
        if not told["consent"]:
            yield "consent", "missing"
        if contacting.consented_at is None:
            yield "consented_at", "missing"


def _untimely(contacting: Contacting, now: datetime) -> Iterator[tuple[str, str]]:
    if contacting.contacted_at > now:
        yield "contacted_at", "future"
    if contacting.consented_at and contacting.consented_at > now:
        yield "consented_at", "future"
    if contacting.next_due_at and contacting.next_due_at < contacting.contacted_at:
        yield "next_due_at", "before"


def _clean(words: str, limit: int, name: str, problems: dict[str, str]) -> str:
    if not words.strip():
        return ""
    try:
        return clean(words.strip(), limit=limit)
    except UnacceptableText as refused:
        problems[name] = refused.code
        return ""
