"""What supervisors arrange for Sora, as her sittings tell it; blocked, she writes of dying and is let in."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from counseling.actions import arrangements, records, sessions
from counseling.actions.arrangements import Wish
from counseling.arrangements import Agreed, BlockReason
from counseling.lifecycle import Classification, EndReason
from counseling.models import Session
from tests.contract.play import Play


def arranged_and_let_in(play: Play) -> None:
    """A talk; a block, a word that is turned away, danger that is let in; a note, an agreement, and all of it over."""
    haru, mio = play.people["haru"], play.people["mio"]
    talked = play.says("また来ました")
    play.does(sessions.claim, session_id=talked.pk, by=haru)
    play.does(sessions.end, session_id=talked.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    play.does(records.file, session_id=talked.pk, by=haru, classification=Classification.VALID, thankful_end=None)
    ends_on = timezone.localdate() + timedelta(days=14)
    blocked = play.does(
        arrangements.block, wish=_wish(play, talked), ends_on=ends_on, code=BlockReason.LIMITS, reason="約束のため"
    )
    play.says("いますか")
    play.begin(play.says("もう死にたい").pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.does(arrangements.write_approach, wish=_wish(play, talked), words="まず名前を呼ぶ")
    limit = play.does(
        arrangements.agree,
        wish=_wish(play, talked),
        agreed=Agreed(ends_on, per_day=1, minutes=50),
        reason="夜ねむるため",
        told="一日一回、50分までにしましょう",
    )
    play.replies("話してくださってありがとうございます")
    visitor = {"visitor_id": talked.visitor_id, "by": mio}
    play.does(arrangements.look, **visitor)
    play.does(arrangements.end_limit, **visitor, row_id=limit.pk)
    play.does(arrangements.lift, **visitor, row_id=blocked.pk)
    play.does(arrangements.write_approach, wish=_wish(play, talked, seen=1), words="")
    play.pushes_all()


def _wish(play: Play, session: Session, seen: int = 0) -> Wish:
    play.words += 1
    return Wish(session.visitor_id, play.people["mio"], UUID(int=play.words), seen)
