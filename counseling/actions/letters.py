"""The letter of introduction (紹介状): made of what the visitor agreed to, kept as it was made, and printed.

Without consent, and once it was taken back, there is none; what is not agreed any more is printed no more.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from counseling import crypto, letter
from counseling.actions.messages import ClientIdReused
from counseling.actions.referrals import ChangedMeanwhile, locked
from counseling.actions.referring import WORDS_LIMIT, InvalidReferral, today
from counseling.feeds import referrals as feed
from counseling.letter import Letter, LetterWords
from counseling.models import Referral, ReferralLetter, Session
from counseling.models.edition import telephone_of
from counseling.text import UnacceptableText, clean


class NotAgreed(Exception):
    """There is no consent to a letter, or none any more, or not to all that stands in it."""


class NoSuchLetter(Exception):
    """It was never made."""


@dataclass(frozen=True)
class Writing:
    """What is written into a letter; `approved`: the visitor agreed to these words."""

    words: LetterWords
    approved: bool


def may_write(referral: Referral) -> bool:
    """Whether a letter can be made of it."""
    return referral.may_tell


def draft(referral: Referral, words: LetterWords, by: User, number: int) -> Letter:
    """The letter as it would be made now. Raises NotAgreed, InvalidReferral (request: missing; by item and field)."""
    if not may_write(referral):
        raise NotAgreed
    session, program = referral.session, referral.session.program
    said = feed.words_of(referral, session.visitor.key())
    consented, made = referral.consented_at, today(timezone.now()).isoformat()
    return {
        "number": f"{referral.pk}-{number}",
        "made_on": made,
        "agency": feed.agency_name(referral, said),
        "consented_on": today(consented).isoformat() if consented else made,
        "words": _checked(referral, words),
        "program": program.name,
        "commissioner": program.commissioner,
        "telephone": telephone_of(program).line,
        "writer": by.name if program.letter_names_writer else "",
    }


def _checked(referral: Referral, words: LetterWords) -> LetterWords:
    """The words as they are kept: of what was agreed, and of nothing else."""
    problems: dict[str, str] = {name: "not_agreed" for name in words["items"] if name not in referral.items}
    items = {name: _clean(name, said, problems) for name, said in words["items"].items()}
    told: LetterWords = {
        "items": {name: said for name, said in items.items() if said},
        "request": _clean("request", words["request"], problems),
        "care": _clean("care", words["care"], problems),
    }
    if not told["request"]:
        problems.setdefault("request", "missing")
    if problems:
        raise InvalidReferral(problems)
    return told


def _clean(name: str, said: str, problems: dict[str, str]) -> str:
    try:
        return clean(said.strip(), limit=WORDS_LIMIT) if said.strip() else ""
    except UnacceptableText as refused:
        problems[name] = refused.code
        return ""


@transaction.atomic
def make(
    *, referral_id: int, by: User, client_id: UUID, seen: int, writing: Writing, address: str | None = None
) -> tuple[ReferralLetter, bool]:
    """Make a letter, as it stands from now on for ever; True when new.

    Raises permissions.NotVisible, TooLate, NotAgreed, InvalidReferral, ChangedMeanwhile, messages.ClientIdReused.
    """
    session, referral, _now = locked(referral_id, by)
    key = session.visitor.key()
    if same := referral.letters.filter(by=by, client_id=client_id).first():
        if same.opened(key)["letter"]["words"] != _checked(referral, writing.words):
            raise ClientIdReused
        return same, False
    number = referral.letters.count() + 1
    made = draft(referral, writing.words, by, number)
    if not writing.approved:
        raise InvalidReferral({"approved": "missing"})
    if seen != referral.revision:
        raise ChangedMeanwhile
    row = ReferralLetter(referral=referral, number=number, by=by, client_id=client_id)
    written = letter.canonical(uuid4().hex, made)
    row.body, row.digest = crypto.seal(key, written, row.place), crypto.digest(written)
    row.save(force_insert=True)
    _tell(Deed.LETTER_MADE, row, session, by, address)
    return row, True


@transaction.atomic
def take_along(*, referral_id: int, number: int, by: User, address: str | None = None) -> tuple[Letter, str]:
    """`by` takes a letter along as a file, with its hash; the audit is told of each time.

    Raises permissions.NotVisible, TooLate, NotAgreed, NoSuchLetter.
    """
    session, referral, _now = locked(referral_id, by)
    row, made = read(referral, number)
    _tell(Deed.LETTER_PRINTED, row, session, by, address)
    return made, row.digest


def read(referral: Referral, number: int) -> tuple[ReferralLetter, Letter]:
    """A letter as it was made. Raises NoSuchLetter, NotAgreed where its words are not agreed to any more."""
    row = referral.letters.filter(number=number).select_related("by").first()
    if row is None:
        raise NoSuchLetter
    made: Letter = row.opened(referral.session.visitor.key())["letter"]
    if not may_write(referral) or not set(made["words"]["items"]) <= set(referral.items):
        raise NotAgreed
    return row, made


def _tell(deed: Deed, row: ReferralLetter, session: Session, by: User, address: str | None) -> None:
    audit.note(
        deed, by=by, subject=f"session:{session.pk}", program_id=session.program_id, address=address,
        referral=row.referral_id, letter=row.number, digest=row.digest,
    )  # fmt: skip
