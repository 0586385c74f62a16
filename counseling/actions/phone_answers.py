"""The visitor's side of a move to the telephone (電話移行): agreeing, declining, taking back; on the page and on LINE.

On LINE one thing is asked after another: whether, when, which number, and whether we may say who we are. What is known
so far stands in the move's row.
"""

from django.db import transaction
from django.utils import timezone

from counseling import lifecycle, opening, permissions, phone_words, telephone
from counseling.actions import phoning, visits
from counseling.actions.phoning import Agreement, Typed
from counseling.actions.writing import tell
from counseling.languages import EASY, Labels, said
from counseling.models import PhoneTransfer, Session, Visitor
from counseling.models.edition import with_readings
from counseling.quick_replies import MOST
from counseling.telephone import BadNumber, Kind, PhoneStage, PhoneTap, Result, Slot, TapCode, Voice
from counseling.text import ruby

# Something that was meant to be a number: so many digits, and hardly anything else.
DIGITS_MEANT, OTHERS_MEANT = 6, 12


class NothingOffered(Exception):
    """Nothing was offered that could be answered now; it was taken back, or is over."""


class OnThePhone(Exception):
    """Somebody is calling just now: it can be said there."""


@transaction.atomic
def agree(*, channel_id: int, identity: str, typed: Typed) -> None:
    """Yes, with number and time, from the page. The same again while it stands changes it.

    Raises NothingOffered, phoning.BadAnswer.
    """
    session, transfer = _present(channel_id, identity)
    if transfer.stage not in {PhoneStage.OFFERED, PhoneStage.ANSWERING} or session.state not in lifecycle.TAKEN:
        raise NothingOffered
    agreement = phoning.checked(session.program, typed, timezone.now())
    phoning.agree(session, transfer, agreement, by=None)


@transaction.atomic
def decline(*, channel_id: int, identity: str) -> None:
    """No; or what was agreed is taken back. Nothing else changes. Raises NothingOffered, OnThePhone."""
    _decline(*_present(channel_id, identity))


def _decline(session: Session, transfer: PhoneTransfer) -> None:
    if phoning.is_calling(transfer):
        raise OnThePhone
    agreed = transfer.stage in phoning.EXPECTED
    tell(session, "phone_cancelled")
    if agreed:
        phoning.over(session, transfer, "phone.withdrawn", Result.WITHDRAWN, by=None)
    else:
        phoning.over(session, transfer, "phone.declined", Result.DECLINED, by=None)


def _present(channel_id: int, identity: str) -> tuple[Session, PhoneTransfer]:
    """What this visitor was offered last, its session locked. Raises NothingOffered."""
    visitor = visits.visitor_for(channel_id=channel_id, identity=identity, create=False)
    found = _open(visitor) if visitor else None
    if found is None:
        raise NothingOffered
    return found


def _open(visitor: Visitor) -> tuple[Session, PhoneTransfer] | None:
    rows = PhoneTransfer.objects.filter(session__visitor=visitor, kind=Kind.CALL_BACK)
    known = rows.exclude(stage__in=(PhoneStage.OVER, PhoneStage.PROPOSED)).order_by("-pk").first()
    if known is None:
        return None
    session = permissions.locked(known.session_id)
    known.refresh_from_db()
    return None if known.stage == PhoneStage.OVER else (session, known)


@transaction.atomic
def tap(*, channel_id: int, identity: str, tap: PhoneTap) -> None:
    """A button on LINE; one of a move that is over, or of another's, says nothing any more."""
    try:
        session, transfer = _present(channel_id, identity)
    except NothingOffered:
        return
    if transfer.pk != tap.transfer_id:
        return
    if tap.code in {TapCode.NO, TapCode.BACK}:
        if not phoning.is_calling(transfer):
            _decline(session, transfer)
    elif transfer.stage in {PhoneStage.OFFERED, PhoneStage.ANSWERING} and session.state in lifecycle.TAKEN:
        _take(session, transfer, tap.code)


def _take(session: Session, transfer: PhoneTransfer, code: str) -> None:
    """One more answer; then the next question."""
    transfer.stage = PhoneStage.ANSWERING
    if code in set(Voice):
        transfer.voice = code
    elif code != TapCode.YES:
        slot = telephone.slot_of(phoning.plan_of(session.program).hours, timezone.now(), code)
        transfer.slot_from = slot.starts if slot else None
    _go_on(session, transfer)


def _go_on(session: Session, transfer: PhoneTransfer) -> None:
    """Ask what is not known yet; when all is known it is agreed."""
    slot = _slot_of(session, transfer)
    number = transfer.opened("number", session.visitor.key())
    if slot and number and transfer.voice:
        phoning.agree(session, transfer, Agreement(number, slot, Voice(transfer.voice)), by=None)
        return
    transfer.save()
    if slot is None:
        _ask_when(session, transfer)
    elif not number:
        tell(session, "phone_number")
    else:
        voices = ((voice.value, phone_words.VOICES[voice]) for voice in Voice)
        tell(session, "phone_voice", replies=phoning.buttons(session, transfer, *voices))


def _slot_of(session: Session, transfer: PhoneTransfer) -> Slot | None:
    """The slot that was chosen, as long as it can be kept: «now» may have passed while they wrote."""
    if transfer.slot_from is None:
        return None
    now, hours = timezone.now(), phoning.plan_of(session.program).hours
    if transfer.slot_from <= now:
        return telephone.slot_of(hours, now, "now")
    return next((one for one in telephone.slots(hours, now) if one.starts == transfer.slot_from), None)


def _ask_when(session: Session, transfer: PhoneTransfer) -> None:
    """Which time; where none is left it ends kindly."""
    language = session.visitor.language
    free = telephone.fitting(phoning.plan_of(session.program).hours, timezone.now(), MOST - 1)
    if not free:
        tell(session, "phone_full")
        phoning.over(session, transfer, "phone.withdrawn", Result.WITHDRAWN, by=None)
        return
    named = [(one.code, phone_words.NOW if one.is_now else _named(one, language)) for one in free]
    choices = (*named, (TapCode.NO.value, phone_words.NO))
    tell(session, "phone_when", replies=phoning.buttons(session, transfer, *choices))


def _named(slot: Slot, language: str) -> Labels:
    """As a button can hold it: 11月26日(木) 19:30, Thu 26 Nov, 19:30."""
    short = "ja" if language == EASY else language
    return {language: opening.moment(slot.starts, short).removesuffix(" (JST)")}


def kept_back(session: Session, words: str) -> str | None:
    """A number we have asked for, in words from LINE: it goes into its own table, and this stands in the talk.

    None where the words are no answer. `heard` goes on once they were written.
    """
    transfer = _asked_for_number(session)
    number = telephone.number_in(words) if transfer else ""
    if transfer is None or not number:
        return None
    transfer.put("number", session.visitor.key(), number)
    transfer.save(update_fields=["number"])
    language = session.visitor.language
    told = with_readings(session.program, said(phone_words.TAKEN, language), language)
    # What else was written stands as it was.
    rest = telephone.hidden(words)
    masked = telephone.masked(number)
    return ruby.bracketed(told).format(number=masked) if rest.strip() == masked else rest


def heard(session: Session, words: str, *, taken: bool) -> None:
    """After words from LINE: the next question where the number was taken, a kind word where it cannot be called."""
    transfer = _asked_for_number(session, answered=taken)
    if transfer is None:
        return
    if taken:
        _go_on(session, transfer)
    elif _meant_as_number(words):
        tell(session, "phone_wrong")


def _asked_for_number(session: Session, *, answered: bool = False) -> PhoneTransfer | None:
    if not session.phone:
        return None
    transfer = phoning.open_of(session)
    if transfer is None or transfer.stage != PhoneStage.ANSWERING or transfer.slot_from is None:
        return None
    return transfer if bool(transfer.number) == answered else None


def _meant_as_number(words: str) -> bool:
    try:
        telephone.normalised(words)
    except BadNumber as wrong:
        digits = sum(sign.isdigit() for sign in words)
        return digits >= DIGITS_MEANT and len(words) - digits <= OTHERS_MEANT and wrong.code != "missing"
    return False
