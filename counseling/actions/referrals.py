"""Connecting (つなぎ): a visitor is referred to an agency, with what they agreed to, and asked after until it is known.

Each change is one more version under the session's row lock; whoever changes has seen the one before it.
"""

from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions.messages import ClientIdReused
from counseling.actions.referring import WORDS_LIMIT, Heard, InvalidReferral, Kept, Referring, checked, ended
from counseling.feeds import records
from counseling.feeds import referrals as feed
from counseling.lifecycle import RECORDED
from counseling.models import Record, Referral, ReferralVersion, Session
from counseling.models.referral import Did, Level, ReferralWords
from counseling.referral_rights import visible_referrals
from counseling.text import clean

CODES = (
    "agency_id", "kind", "level", "ground", "consented_at", "consent_asked_by_id", "items", "withdrawn_at",
    "contacted_at", "contacted_by_id", "contact_id", "owner_id", "due_on", "result", "result_on", "given_up",
)  # fmt: skip
# What a person writes of the referral itself; what they heard later, and that consent was taken back, stays.
WRITTEN = frozenset({"agency", "consent", "limits", "person", "told"})
# By which one tells whether somebody heard the same as before.
SAID = ("result", "result_on", "given_up", "due_on", "owner_id")


class ChangedMeanwhile(Exception):
    """Somebody changed the referral since it was looked at: both are to be seen first."""


class TooLate(Exception):
    """Its counselor may not change it any more: supervisors and coordinators may."""


class Withdrawn(Exception):
    """The visitor took their consent back: nothing of it is told any more, nor written as told."""


class NothingAgreed(Exception):
    """There is no consent that could be taken back."""


@transaction.atomic
def make(
    *, session_id: int, by: User, client_id: UUID, referring: Referring, address: str | None = None
) -> tuple[Referral, bool]:
    """Refer the session's visitor to an agency; True when new.

    Raises permissions.NotVisible, TooLate, InvalidReferral, messages.ClientIdReused.
    """
    session, now = permissions.locked(session_id), timezone.now()
    require_to_make(session, by, now)
    _may_report(session, by, referring.level)
    kept, key = checked(session, referring, now, None), session.visitor.key()
    if same := Referral.objects.filter(session=session, by=by, client_id=client_id).first():
        if not _is_so(same.versions.get(number=1), kept, key):
            raise ClientIdReused
        return same, False
    made = Referral(session=session, by=by, client_id=client_id, at=now, **kept.columns)
    made.save(force_insert=True)
    _write(made, session, by, Did.MADE, kept.words, now)
    _tell(Deed.REFERRAL_MADE, made, session, by, address, level=made.level, kind=made.kind)
    return made, True


@transaction.atomic
def change(*, referral_id: int, by: User, seen: int, referring: Referring, address: str | None = None) -> Referral:
    """Write it anew: agency, level, consent, what was told, when somebody asks. The same again changes nothing.

    Raises permissions.NotVisible, TooLate, InvalidReferral, Withdrawn, ChangedMeanwhile.
    """
    session, referral, now = locked(referral_id, by)
    if referring.level != referral.level:
        _may_report(session, by, referring.level)
    if referral.withdrawn_at:
        raise Withdrawn
    kept = checked(session, referring, now, referral)
    if referral.ended_at:
        kept.columns["due_on"] = None
    key, latest = session.visitor.key(), referral.versions.get(number=referral.revision)
    if _is_so(latest, kept, key):
        return referral
    words = cast(
        "ReferralWords", latest.opened(key) | {name: said for name, said in kept.words.items() if name in WRITTEN}
    )
    _change(referral, session, by, seen, Did.CHANGED, kept.columns, words, now)
    _tell(Deed.REFERRAL_CHANGED, referral, session, by, address, level=referral.level, did=Did.CHANGED.value)
    return referral


@transaction.atomic
def note_result(*, referral_id: int, by: User, seen: int, heard: Heard, address: str | None = None) -> Referral:
    """What somebody heard: the result, another day to ask, or why it will not be known. The same again is nothing new.

    Raises permissions.NotVisible, TooLate, InvalidReferral, ChangedMeanwhile.
    """
    session, referral, now = locked(referral_id, by)
    kept = ended(session, heard, now)
    before = feed.words_of(referral, session.visitor.key())
    words: ReferralWords = {**before, "heard": kept.words["heard"], "why": kept.words["why"]}
    if words == before and all(getattr(referral, name) == kept.columns[name] for name in SAID if name in kept.columns):
        return referral
    did = Did.ENDED if heard.result else Did.ASKED
    _change(referral, session, by, seen, did, kept.columns, words, now)
    _tell(Deed.REFERRAL_CHANGED, referral, session, by, address, did=did.value, result=heard.result)
    return referral


@transaction.atomic
def withdraw(*, referral_id: int, by: User, seen: int, words: str, address: str | None = None) -> Referral:
    """The visitor takes their consent back, in their words: from now on nothing of it is told. Twice is the same.

    Raises permissions.NotVisible, TooLate, NothingAgreed, ChangedMeanwhile, text.UnacceptableText.
    """
    session, referral, now = locked(referral_id, by)
    words = clean(words.strip(), limit=WORDS_LIMIT)
    if referral.withdrawn_at:
        return referral
    if referral.consented_at is None:
        raise NothingAgreed
    before = feed.words_of(referral, session.visitor.key())
    told: ReferralWords = {**before, "withdrawal": words}
    _change(referral, session, by, seen, Did.WITHDRAWN, {"withdrawn_at": now}, told, now)
    _tell(Deed.REFERRAL_WITHDRAWN, referral, session, by, address)
    return referral


@transaction.atomic
def look(*, referral_id: int, by: User, address: str | None = None) -> Referral:
    """`by` opens a referral, words and all: the audit is told of each time it is not their own talk's.

    Raises permissions.NotVisible.
    """
    referral = visible_referrals(by).filter(pk=referral_id).first()
    if referral is None:
        raise permissions.NotVisible
    referral.session.visitor.key()
    if referral.session.counselor_id != by.pk:
        _tell(Deed.REFERRAL_READ, referral, referral.session, by, address)
    return referral


def locked(referral_id: int, by: User) -> tuple[Session, Referral, datetime]:
    """The session under its row lock and its referral, for who may change it. Raises NotVisible, TooLate."""
    known = visible_referrals(by).filter(pk=referral_id).values_list("session_id", flat=True).first()
    if known is None:
        raise permissions.NotVisible
    session, now = permissions.locked(known), timezone.now()
    referral = visible_referrals(by).filter(pk=referral_id).first()
    if referral is None:
        raise permissions.NotVisible
    if not may_change(referral, by, now):
        raise TooLate
    return session, referral, now


def require_to_make(session: Session, by: User, now: datetime) -> None:
    """Refuse who may not refer the session's visitor: a counselor as long as they may write its record may.

    Supervisors always, and coordinators where somebody was referred there before. Raises NotVisible, TooLate.
    """
    follows = permissions.programs(by, Right.FOLLOW_REFERRALS).filter(pk=session.program_id).exists()
    if permissions.steers(by, session.program_id) or (follows and session.referrals.exists()):
        return
    if session.counselor_id != by.pk:
        raise permissions.NotVisible
    permissions.require(by, Right.REFER, session.program_id)
    if not _writes_record(session, now):
        raise TooLate


def may_change(referral: Referral, by: User, now: datetime) -> bool:
    """Whether `by`, who may read it, may change a referral now."""
    if permissions.programs(by, Right.FOLLOW_REFERRALS).filter(pk=referral.session.program_id).exists():
        return True
    asks = referral.owner_id == by.pk and referral.ended_at is None
    return asks or (referral.session.counselor_id == by.pk and _writes_record(referral.session, now))


def _writes_record(session: Session, now: datetime) -> bool:
    """Whether its counselor may still write the session's record."""
    record = Record.objects.filter(session=session).first() or Record(session=session)
    return session.state in RECORDED and records.refusal(session, record, now, steers=False) is None


def _may_report(session: Session, by: User, level: str) -> None:
    """An emergency report is a supervisor's to make."""
    if level == Level.EMERGENCY and not permissions.steers(by, session.program_id):
        raise InvalidReferral({"level": "supervisors"})


def _is_so(version: ReferralVersion, kept: Kept, key: bytes) -> bool:
    """Whether what is typed is what stands in the version."""
    codes = all(version.codes[name] == _plain(value) for name, value in kept.columns.items())
    said = version.opened(key)
    return codes and all(said[name] == words for name, words in kept.words.items() if name in WRITTEN)  # type: ignore[literal-required]


def _plain(value: Any) -> Any:
    """A code as JSON holds it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _change(
    referral: Referral,
    session: Session,
    by: User,
    seen: int,
    did: Did,
    columns: dict[str, Any],
    words: ReferralWords,
    now: datetime,
) -> None:
    if seen != referral.revision:
        raise ChangedMeanwhile
    due_on = referral.due_on
    for name, value in columns.items():
        setattr(referral, name, value)
    if referral.due_on != due_on:
        referral.told_overdue_at = None
    referral.revision += 1
    referral.save()
    _write(referral, session, by, did, words, now)


def _write(referral: Referral, session: Session, by: User, did: Did, words: ReferralWords, now: datetime) -> None:
    """One more version: the codes as they stand, and all words."""
    told = {name: _plain(getattr(referral, name)) for name in CODES}
    version = ReferralVersion(referral=referral, number=referral.revision, did=did, by=by, at=now, codes=told)
    version.seal(session.visitor.key(), words)
    version.save(force_insert=True)


def _tell(deed: Deed, referral: Referral, session: Session, by: User, address: str | None, **details: object) -> None:
    audit.note(
        deed, by=by, subject=f"session:{session.pk}", program_id=session.program_id, address=address,
        referral=referral.pk, **details,
    )  # fmt: skip
