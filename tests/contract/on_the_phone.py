"""A talk that moves to the telephone: by LINE's buttons, by the page, by the clock."""

from uuid import UUID

from django.utils import timezone

from counseling.actions import (
    editions,
    messages,
    phone_answers,
    phone_calls,
    phone_clock,
    sessions,
    stepping_in,
    taps,
    telephone,
    visits,
)
from counseling.actions.phone_calls import Ending
from counseling.actions.phoning import Typed
from counseling.follow_ups import Wanted
from counseling.lifecycle import EndReason
from counseling.models import Part, PhoneTransfer
from counseling.telephone import Kind, PhoneTap
from tests.contract.play import COOKIE, Play
from tests.counseling.actions.calling import with_telephone

SORA = "U" + "0a" * 16
ANSWER = Typed("090-5311-2478", "now", "program", "夜がよい")


def a_call_by_line(play: Play) -> None:
    """Offered by number, then as a call-back; answered button by button; not reached, and reached."""
    haru, ren, mio = (play.people[name] for name in ("haru", "ren", "mio"))
    _prepare(play)
    play.begin(play.says().pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    own = _offers(play, Kind.LINE, 801)
    play.does(telephone.note_moved, transfer_id=own, by=haru)
    made = _offers(play, Kind.CALL_BACK, 802)
    _taps(play, made, "yes")
    _taps(play, made, "now")
    play.says("0120-000-000")
    play.says("090-5311-2478")
    _taps(play, made, "nobody")
    play.does(phone_calls.take, transfer_id=made, by=ren)
    play.does(phone_calls.release, transfer_id=made, by=mio)
    play.does(phone_calls.take, transfer_id=made, by=ren)
    play.does(phone_calls.show, transfer_id=made, by=ren)
    play.does(phone_calls.start, transfer_id=made, by=ren)
    play.does(phone_calls.end, transfer_id=made, by=ren, ending=Ending("unreached", "again", "now"))
    play.does(phone_calls.take, transfer_id=made, by=haru)
    play.does(phone_calls.start, transfer_id=made, by=haru)
    ending = Ending("talked", "follow_up", words="眠れている", follow_up=Wanted("眠れているか", timezone.localdate()))
    play.does(phone_calls.end, transfer_id=made, by=haru, ending=ending)
    play.does(sessions.end, session_id=play.id, by=haru, reason=EndReason.TELEPHONE, farewell=False)
    play.does(sessions.reopen, session_id=play.id, by=haru)


def a_call_by_the_page(play: Play) -> None:
    """Offered by a supervisor, agreed and taken back, declined, entered, late, and forgotten; one taken back by us."""
    haru, mio = play.people["haru"], play.people["mio"]
    _prepare(play)
    session = visits.start(channel_id=play.web.pk, identity=COOKIE, terms_version=1, attributes={}, line="はい")
    play.begin(session.pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    by_page = {"channel_id": play.web.pk, "identity": COOKIE}
    play.does(telephone.offer, session_id=play.id, kind=Kind.CALL_BACK, by=mio, client_id=UUID(int=803))
    play.does(phone_answers.agree, **by_page, typed=ANSWER)
    play.does(phone_answers.decline, **by_page)
    _offers(play, Kind.CALL_BACK, 804)
    play.does(phone_answers.decline, **by_page)
    again = _offers(play, Kind.CALL_BACK, 805)
    play.does(telephone.withdraw, transfer_id=again, by=haru)
    play.does(telephone.enter, session_id=play.id, by=haru, typed=ANSWER)
    play.does(stepping_in.write, session_id=play.id, by=mio, client_id=UUID(int=806), words="三浦です")
    play.clock.forward(minutes=35)
    play.does(phone_clock.watch)
    play.does(phone_clock.is_due, now=play.clock.now())
    play.does(phone_clock.send_next, now=play.clock.now())
    play.does(messages.reply, session_id=play.id, by=haru, client_id=UUID(int=807), words="まもなくです")
    play.clock.forward(hours=30 * 24)
    play.does(phone_clock.watch)
    play.does(sessions.end, session_id=play.id, by=haru, reason=EndReason.CONCLUDED, farewell=False)


def _prepare(play: Play) -> None:
    # The day of the call would stand in what is told.
    editions.put_in_force(play.program, Part.TEXTS, {"ja": {"phone_agreed": "お電話します。"}}, by=None)
    with_telephone(play.program)


def _offers(play: Play, kind: Kind, number: int) -> int:
    haru, client_id = play.people["haru"], UUID(int=number)
    made = play.does(telephone.offer, session_id=play.id, kind=kind, by=haru, client_id=client_id)
    return int(PhoneTransfer.objects.get(pk=made.pk).pk)


def _taps(play: Play, transfer_id: int, code: str) -> None:
    play.does(taps.choose, channel_id=play.line.pk, identity=SORA, tap=PhoneTap(transfer_id, code))
