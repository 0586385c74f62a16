"""Stories of what comes after a talk: its record, written, corrected, returned and checked."""

from uuid import UUID

from counseling.actions import afterwards, records, sessions, visits
from counseling.lifecycle import Classification, EndReason
from counseling.models import Session
from counseling.recording import Written
from counseling.triage import Risk
from tests.conftest import assess
from tests.contract.play import COOKIE, Play
from tests.contract.stories import web_start
from tests.counseling.afterwards import told

VALID = Classification.VALID


def a_record_goes_back_and_forth(play: Play) -> None:
    """Kept while the talk goes on, filed, corrected, returned with a word, corrected again, checked."""
    haru, mio = play.people["haru"], play.people["mio"]
    play.begin(play.says().pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.replies()
    draft = {"session_id": play.id, "by": haru, "form": 0}
    play.does(records.keep_draft, **draft, written=Written(classification="valid"), revision=0)
    play.does(sessions.end, session_id=play.id, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    play.does(records.file, session_id=play.id, by=haru, classification=VALID, thankful_end=None)
    play.does(records.file, session_id=play.id, by=haru, classification=VALID, thankful_end=True)
    play.does(records.keep_draft, **draft, written=Written(classification="prank"), revision=3)
    play.does(records.discard, session_id=play.id, by=haru, revision=4)
    play.does(records.send_back, session_id=play.id, by=mio, number=2, word="お礼のことばはありましたか")
    play.does(records.file, session_id=play.id, by=haru, classification=VALID, thankful_end=False)
    play.does(records.check, session_id=play.id, by=mio, number=3)


def put_back_and_gone(play: Play) -> None:
    """Talked with, put back into the queue, and gone from there: the record is its last counselor's."""
    haru = play.people["haru"]
    play.begin(web_start(play, "少しだけ"))
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.replies()
    play.does(sessions.requeue, session_id=play.id, by=haru, summary="席を外します")
    play.does(visits.leave, channel_id=play.web.pk, identity=COOKIE)
    play.does(records.file, session_id=play.id, by=haru, classification=Classification.NO_REPLY, thankful_end=None)


def told_beside_a_talk(play: Play) -> None:
    """While they chat, a call of before and one of somebody unknown are entered: the chat is not touched by it."""
    haru, mio = play.people["haru"], play.people["mio"]
    play.begin(play.says().pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    visitor = Session.objects.get(pk=play.id).visitor_id
    play.does(afterwards.enter, visitor_id=visitor, by=mio, told=told(haru))
    stranger = {"client_id": UUID(int=701), "told": told(mio, medium="visit")}
    play.does(afterwards.enter_of_stranger, program_id=play.program.pk, by=mio, **stranger)
    play.replies()


def told_afterwards(play: Play) -> None:
    """A call that was entered: judged as urgent, filed, corrected."""
    haru = play.people["haru"]
    visitor = Session.objects.get(pk=play.says().pk).visitor_id
    play.does(afterwards.enter, visitor_id=visitor, by=play.people["mio"], told=told(haru))
    play.begin(Session.objects.exclude(medium="chat").get().pk)
    play.does(assess, session_id=play.id, by=haru, level=Risk.HIGH, word="電話口で泣いていた")
    play.does(records.file, session_id=play.id, by=haru, classification=VALID, thankful_end=None)
    play.does(records.file, session_id=play.id, by=haru, classification=VALID, thankful_end=True)
