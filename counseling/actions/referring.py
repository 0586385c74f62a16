"""What is typed of one referral (つなぎ) and of what came of it, and whether it can be kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast

from counseling.models import Agency, AgencyContact, AgencyKind, Assignment, Membership, Session
from counseling.models.emergency import Ground
from counseling.models.referral import NO_WORDS, REACHED, GivenUp, Item, Level, Outcome, Referral, ReferralWords
from counseling.opening import TOKYO
from counseling.text import UnacceptableText, clean

NAME_LIMIT, WORDS_LIMIT = 100, 2_000  # UTF-16 units
LIMITS = {"agency": NAME_LIMIT, "person": NAME_LIMIT, "consent": WORDS_LIMIT, "limits": WORDS_LIMIT}
LIMITS |= {"told": WORDS_LIMIT}
# So far ahead somebody may put off asking.
FARTHEST_DAYS = 180


class InvalidReferral(Exception):
    """It cannot be kept; `problems` by field, with the codes that pages.referral_words tells, and text.clean's."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {code}" for field, code in problems.items()))
        self.problems = problems


@dataclass(frozen=True)
class Referring:
    """What is typed of a referral; `agency_id` of the directory, or without one `kind` and `agency` by its name.

    `contact_id`: of an emergency report, the entry of the contact log in which ground and words stand.
    """

    level: str
    agency_id: int | None = None
    kind: str = ""
    agency: str = ""
    consent: str = ""
    consented_at: datetime | None = None
    asked_by: int | None = None
    items: tuple[str, ...] = ()
    limits: str = ""
    contacted_at: datetime | None = None
    contacted_by: int | None = None
    person: str = ""
    told: str = ""
    contact_id: int | None = None
    due_on: date | None = None
    owner_id: int | None = None


@dataclass(frozen=True)
class Heard:
    """What somebody heard when they asked: `result` (an Outcome; empty: not known yet, ask again on `due_on`)."""

    result: str
    on: date | None = None
    words: str = ""
    due_on: date | None = None
    owner_id: int | None = None
    given_up: str = ""
    why: str = ""


@dataclass(frozen=True)
class Kept:
    """Columns and words of what can be kept."""

    columns: dict[str, Any]
    words: ReferralWords = field(default_factory=lambda: ReferralWords(**NO_WORDS))


def today(now: datetime) -> date:
    """The day in Japan."""
    return now.astimezone(TOKYO).date()


def checked(session: Session, typed: Referring, now: datetime, before: Referral | None) -> Kept:
    """What is to be kept of a session's referral; `before` as it stands, None for a new one.

    Raises InvalidReferral with all that is wrong: above all, no agency hears from us without a ground.
    """
    problems: dict[str, str] = {}
    words = cast("ReferralWords", NO_WORDS | _cleaned(vars(typed), LIMITS, problems))
    agency = _agency(session, typed, before, problems)
    if agency:
        words["agency"] = ""
    elif typed.agency_id is None:
        if typed.kind not in AgencyKind.values:
            problems.setdefault("kind", "missing")
        if not words["agency"]:
            problems.setdefault("agency", "missing")
    contact = _contact(session, typed, problems)
    for name, code in (*_lacking(typed, words), *_untimely(typed, now)):
        problems.setdefault(name, code)
    if before is None or not before.ended_at:
        problems |= due_problem(typed.due_on, now)
    for name in ("asked_by", "contacted_by", "owner_id"):
        problems |= _known_person(session, name, getattr(typed, name))
    if problems:
        raise InvalidReferral(problems)
    return Kept(_columns(typed, words, agency, contact), words)


def _columns(
    typed: Referring, words: ReferralWords, agency: Agency | None, contact: AgencyContact | None
) -> dict[str, Any]:
    agreed = bool(words["consent"])
    ground = contact.ground if contact else Ground.CONSENT if agreed else ""
    reached = typed.level in REACHED
    return {
        "agency_id": agency.pk if agency else None,
        "kind": agency.kind if agency else typed.kind,
        "level": typed.level,
        "ground": ground,
        "consented_at": typed.consented_at if agreed else contact.consented_at if contact else None,
        "consent_asked_by_id": typed.asked_by if agreed else None,
        "items": [item.value for item in Item if agreed and item.value in typed.items],
        "contact_id": contact.pk if contact else None,
        "contacted_at": contact.contacted_at if contact else typed.contacted_at if reached else None,
        "contacted_by_id": contact.by_id if contact else typed.contacted_by if reached else None,
        "owner_id": typed.owner_id,
        "due_on": typed.due_on,
    }


def _agency(session: Session, typed: Referring, before: Referral | None, problems: dict[str, str]) -> Agency | None:
    """The agency of this program's directory; a retired one only where it was referred to before."""
    if typed.agency_id is None:
        return None
    agency = Agency.objects.filter(program=session.program_id, pk=typed.agency_id).first()
    if agency is None:
        problems["agency_id"] = "unknown"
    elif agency.retired_at and not (before and before.agency_id == agency.pk):
        problems["agency_id"] = "retired"
    return agency


def _contact(session: Session, typed: Referring, problems: dict[str, str]) -> AgencyContact | None:
    """The entry of the contact log that an emergency report stands in; no other level has one."""
    if typed.level != Level.EMERGENCY:
        return None
    log = AgencyContact.objects.filter(session=session, corrected_by=None)
    found = log.filter(pk=typed.contact_id).first() if typed.contact_id else None
    if found is None:
        problems["contact_id"] = "unknown" if typed.contact_id else "missing"
    return found


def _lacking(typed: Referring, words: ReferralWords) -> Iterator[tuple[str, str]]:
    if typed.level not in Level.values:
        yield "level", "missing"
        return
    yield from _without_consent(typed, words)
    if typed.level in {Level.CONTACTED, Level.ACCOMPANIED}:
        if typed.contacted_at is None:
            yield "contacted_at", "missing"
        if typed.contacted_by is None:
            yield "contacted_by", "missing"
        if not words["told"]:
            yield "told", "missing"
    elif typed.level != Level.EMERGENCY and (typed.contacted_at or words["person"]):
        yield "level", "higher_level"


def _without_consent(typed: Referring, words: ReferralWords) -> Iterator[tuple[str, str]]:
    if typed.level in {Level.CONTACTED, Level.ACCOMPANIED} and not words["consent"]:
        yield "consent", "needs_consent"
    if words["consent"] and typed.consented_at is None:
        yield "consented_at", "missing"
    if words["consent"] and typed.asked_by is None:
        yield "asked_by", "missing"
    if (typed.items or words["limits"] or typed.consented_at) and not words["consent"]:
        yield "consent", "missing"


def _untimely(typed: Referring, now: datetime) -> Iterator[tuple[str, str]]:
    for name in ("consented_at", "contacted_at"):
        at = getattr(typed, name)
        if at and at > now:
            yield name, "future"
    agreed, contacted = typed.consented_at, typed.contacted_at
    if typed.level in {Level.CONTACTED, Level.ACCOMPANIED} and agreed and contacted and contacted < agreed:
        yield "contacted_at", "before"


def due_problem(due_on: date | None, now: datetime) -> dict[str, str]:
    """What is wrong with the day on which somebody asks."""
    if due_on is None:
        return {"due_on": "missing"}
    if due_on < today(now):
        return {"due_on": "past"}
    return {"due_on": "too_far"} if due_on > today(now) + timedelta(days=FARTHEST_DAYS) else {}


def _known_person(session: Session, name: str, user_id: int | None) -> dict[str, str]:
    """People who are here, or had the talk."""
    if user_id is None:
        return {}
    here = Membership.objects.filter(program=session.program_id, user=user_id, user__is_active=True)
    had = Assignment.objects.filter(session=session, user=user_id)
    return {} if here.exists() or (name != "owner_id" and had.exists()) else {name: "unknown"}


def ended(session: Session, heard: Heard, now: datetime) -> Kept:
    """What is to be kept of what was heard. Raises InvalidReferral."""
    problems: dict[str, str] = {}
    limits = {"words": WORDS_LIMIT, "why": WORDS_LIMIT}
    cleaned = _cleaned(vars(heard), limits, problems)
    columns: dict[str, Any] = {"result": heard.result, "result_on": None, "given_up": "", "due_on": None}
    if heard.result == "":
        problems |= due_problem(heard.due_on, now) | _known_person(session, "owner_id", heard.owner_id)
        columns |= {"due_on": heard.due_on, "owner_id": heard.owner_id, "ended_at": None}
    elif heard.result == Outcome.UNKNOWN:
        if heard.given_up not in GivenUp.values:
            problems["given_up"] = "missing"
        elif heard.given_up == GivenUp.OTHER and not cleaned["why"]:
            problems.setdefault("why", "missing")
        columns |= {"given_up": heard.given_up, "result_on": today(now), "ended_at": now}
    elif heard.result in Outcome.values:
        if heard.on is None or heard.on > today(now):
            problems["on"] = "future" if heard.on else "missing"
        columns |= {"result_on": heard.on, "ended_at": now}
    else:
        problems["result"] = "missing"
    if problems:
        raise InvalidReferral(problems)
    why = cleaned["why"] if heard.result == Outcome.UNKNOWN else ""
    return Kept(columns, NO_WORDS | {"heard": cleaned["words"], "why": why})


def _cleaned(typed: Mapping[str, Any], limits: Mapping[str, int], problems: dict[str, str]) -> dict[str, str]:
    """The words as they are kept; what cannot be kept is told."""
    found = {}
    for name, limit in limits.items():
        found[name] = ""
        if written := typed[name].strip():
            try:
                found[name] = clean(written, limit=limit)
            except UnacceptableText as refused:
                problems[name] = refused.code
    return found
