"""Referrals (つなぎ) as they are read: the list of those still open, one with its versions, and a visitor's."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from accounts.models import User
from counseling import crypto
from counseling.forms import ReportKey
from counseling.models import Program, Referral, ReferralLetter, ReferralVersion, Session
from counseling.models.emergency import Ground
from counseling.models.referral import REACHED, Did, Level, Outcome, ReferralWords
from counseling.referral_rights import visible_referrals

Referrals = QuerySet[Referral]


@dataclass(frozen=True)
class Version:
    """One version, opened."""

    row: ReferralVersion
    words: ReferralWords


def words_of(referral: Referral, key: bytes) -> ReferralWords:
    """All words as they stand now. Raises crypto.CannotOpen."""
    return ReferralVersion.objects.get(referral=referral, number=referral.revision).opened(key)


def versions(referral: Referral) -> list[Version]:
    """Every version with its words, the latest first. Raises crypto.CannotOpen."""
    key = referral.session.visitor.key()
    rows = referral.versions.select_related("by").order_by("-number")
    return [Version(one, one.opened(key)) for one in rows]


def letters(referral: Referral) -> list[ReferralLetter]:
    """The letters that were made, the latest first."""
    return list(referral.letters.select_related("by").order_by("-number"))


def agency_name(referral: Referral, words: ReferralWords) -> str:
    """What the agency is called: by the directory, or as it was written down."""
    return referral.agency.name if referral.agency else words["agency"]


class Search(NamedTuple):
    """What is looked for in the list; an empty field looks for anything."""

    show: str = "open"  # open, overdue, ended
    mine: bool = False
    kind: str = ""
    level: str = ""


def listed(program: Program, by: User, search: Search, today: date) -> Referrals:
    """The program's referrals that `by` may read, as the list shows them: those at risk first, then by day."""
    rows = visible_referrals(by).filter(session__program=program).exclude(session__visitor__wrapped_key=b"")
    if search.mine:
        rows = rows.filter(owner=by)
    for name in ("kind", "level"):
        if wanted := getattr(search, name):
            rows = rows.filter(**{name: wanted})
    if search.show == "ended":
        return rows.exclude(ended_at=None).order_by("-ended_at", "-pk")
    rows = rows.filter(ended_at=None)
    if search.show == "overdue":
        rows = rows.filter(due_on__lt=today)
    return rows.order_by("-session__risk", "due_on", "pk")


class Counted(NamedTuple):
    """How many stand in each list."""

    open: int
    overdue: int
    ended: int


def counted(program: Program, by: User, search: Search, today: date) -> Counted:
    """How many of each list fit what is looked for: three queries."""
    return Counted(*(listed(program, by, search._replace(show=show), today).count() for show in Counted._fields))


def names(rows: list[Referral]) -> dict[int, str]:
    """What the agency of each is called: one query, and one key opened where it stands in words alone."""
    unlisted = [one for one in rows if one.agency is None]
    latest = ReferralVersion.objects.filter(_current(unlisted)) if unlisted else ReferralVersion.objects.none()
    versions = {one.referral_id: one for one in latest}
    found = {}
    for one in rows:
        try:
            found[one.pk] = (
                one.agency.name if one.agency else versions[one.pk].opened(one.session.visitor.key())["agency"]
            )
        except crypto.CannotOpen:
            found[one.pk] = ""
    return found


def _current(rows: list[Referral]) -> Q:
    return Q(*(Q(referral=one.pk, number=one.revision) for one in rows), _connector=Q.OR)


def of_session(session: Session, by: User) -> list[Referral]:
    """What `by` may read of a session's referrals, in their order."""
    return list(visible_referrals(by).filter(session=session).order_by("pk"))


def connecting(session: Session) -> dict[ReportKey, list[str]]:
    """What a session's referrals say to what the record's form asks about connecting; nothing where there are none."""
    rows = list(session.referrals.order_by("pk"))
    if not rows:
        return {}
    grounds, results = {one.ground for one in rows}, {one.result for one in rows}
    agreed = any(one.may_tell for one in rows)
    reached = [one for one in rows if one.level in REACHED]
    return {
        ReportKey.DONE: [
            *(["informed"] if len(reached) < len(rows) else []),
            *(["connected"] if any(one.level != Level.EMERGENCY for one in reached) else []),
            *(["emergency"] if any(one.level == Level.EMERGENCY for one in reached) else []),
        ],
        ReportKey.AGENCY_KIND: list(dict.fromkeys(one.kind for one in rows)),
        ReportKey.CONSENT: (
            ["life"] if Ground.LIFE in grounds else ["agreed", "yes"] if agreed else ["not_needed", "no"]
        ),
        ReportKey.CONNECTION: [
            Outcome.CONNECTED if Outcome.CONNECTED in results
            else Outcome.DECLINED if results == {Outcome.DECLINED} else Outcome.UNKNOWN
        ],
    }  # fmt: skip


class Moment(NamedTuple):
    """One thing that happened with a referral, for a visitor's timeline; `name` and `words` are what `by` may read."""

    at: datetime
    did: Did
    referral_id: int
    session_id: int
    visitor_id: int
    by: User
    level: Level
    result: Outcome | None
    name: str
    words: str


def of_visitors(by: User, visitor_ids: list[int]) -> list[Moment]:
    """All that happened with these visitors' referrals that `by` may read, the earliest first: two queries.

    Of a visitor who was erased it tells codes and times alone.
    """
    rows = {one.pk: one for one in visible_referrals(by).filter(session__visitor__in=visitor_ids)}
    made = ReferralVersion.objects.filter(referral__in=rows).select_related("by").order_by("at", "pk")
    return [_moment(rows[one.referral_id], one) for one in made]


def unread_of(by: User, visitor_ids: list[int]) -> list[datetime]:
    """When those referrals of these visitors were made that are not `by`'s to read."""
    rows = Referral.objects.filter(session__visitor__in=visitor_ids)
    theirs = visible_referrals(by).filter(session__visitor__in=visitor_ids).values("pk")
    return list(rows.exclude(pk__in=theirs).values_list("at", flat=True))


TELLING = {
    Did.MADE: "told",
    Did.CHANGED: "told",
    Did.ASKED: "heard",
    Did.ENDED: "heard",
    Did.WITHDRAWN: "withdrawal",
}


def _moment(referral: Referral, version: ReferralVersion) -> Moment:
    did, result = Did(version.did), version.codes["result"]
    try:
        told = version.opened(referral.session.visitor.key())
        name, words = agency_name(referral, told), told[TELLING[did]]  # type: ignore[literal-required]
    except crypto.CannotOpen:
        name = words = ""
    return Moment(
        version.at, did, referral.pk, referral.session_id, referral.session.visitor_id, version.by,
        Level(version.codes["level"]), Outcome(result) if result else None, name, words,
    )  # fmt: skip
