"""Whole conversations, as their actions; each is a case for the clients to replay."""

from uuid import UUID

from accounts.models import User
from counseling.actions import (
    approvals,
    calls,
    friends,
    messages,
    notes,
    offers,
    records,
    sessions,
    staff,
    stages,
    stepping_in,
    visits,
    whispers,
)
from counseling.lifecycle import CallKind, Classification, EndReason, TakeOver
from counseling.models import Membership, Program, Proposal
from counseling.stages import Step
from counseling.triage import Risk
from tests.conftest import assess
from tests.contract.play import COOKIE, Play


def an_evening_on_line(play: Play) -> None:
    """Waiting, claimed, words both ways, notes, held, ended, filed."""
    haru = play.people["haru"]
    play.begin(play.says("聞いてほしいことがあります").pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.replies("はじめまして。どうされましたか")
    play.pushes_all()
    play.says("夫のことで👩‍👧")
    play.says("つらいです")
    play.does(notes.mark_read, session_id=play.id, by=haru, seq=3)
    play.does(notes.keep_draft, session_id=play.id, by=haru, words="それは")
    play.does(notes.add, session_id=play.id, by=haru, client_id=UUID(int=901), words="夫の話は初めて")
    play.does(assess, session_id=play.id, by=haru, level=Risk.MODERATE, word="疲れている様子")
    play.does(sessions.hold, session_id=play.id, by=haru)
    play.says("います?")
    play.does(sessions.resume, session_id=play.id, by=haru)
    play.replies("お待たせしました")
    play.pushes_all()
    play.does(sessions.end, session_id=play.id, by=haru, reason=EndReason.CONCLUDED, farewell=True)
    play.pushes_all()
    play.does(
        records.file, session_id=play.id, by=haru, classification=Classification.VALID, thankful_end=True
    )  # fmt: skip


def from_hand_to_hand(play: Play) -> None:
    """Handed over, put back, taken as the next one, with notes of all three and whispers both ways."""
    haru, ren, mio = (play.people[name] for name in ("haru", "ren", "mio"))
    play.begin(play.says().pk)
    play.does(sessions.claim_next, program_id=play.program.pk, by=haru)
    play.replies()
    play.does(sessions.transfer, session_id=play.id, by=haru, to=ren, summary="夜は眠れているとのこと")
    play.replies("代わりました", by="ren")
    _whisper(play, mio, "落ち着いて聴けています")
    _whisper(play, ren, "ありがとうございます。少し代わってもらえますか")
    play.does(sessions.requeue, session_id=play.id, by=mio, summary="席を外します")
    play.says("だれかいますか")
    play.does(notes.add, session_id=play.id, by=mio, client_id=UUID(int=902), words="早めに")
    play.does(sessions.claim, session_id=play.id, by=mio)
    play.replies("お待たせしました", by="mio")
    play.pushes_all()


def offered_around(play: Play) -> None:
    """Offered, declined, offered to another, not answered, taken."""
    haru, ren = play.people["haru"], play.people["ren"]
    Program.objects.filter(pk=play.program.pk).update(routing="both")
    play.does(staff.keep_present, user_ids=[haru.pk])
    play.begin(play.says().pk)
    play.does(offers.offer_waiting, program_id=play.program.pk)
    play.does(offers.decline, session_id=play.id, by=haru)
    play.does(staff.keep_present, user_ids=[ren.pk])
    play.does(offers.offer_everywhere)
    play.clock.forward(seconds=40)
    play.does(offers.lapse)
    play.does(sessions.claim, session_id=play.id, by=ren)


def back_from_its_record(play: Play) -> None:
    """Ended, the visitor writes again, the talk goes on, and ends by itself."""
    haru = play.people["haru"]
    play.begin(play.says().pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.replies()
    play.does(sessions.end, session_id=play.id, by=haru, reason=EndReason.VISITOR_LEFT, farewell=False)
    play.says("もうひとつだけ")
    play.does(sessions.reopen, session_id=play.id, by=haru)
    play.replies("どうぞ")
    play.pushes_all()
    play.does(friends.unfollow, channel_id=play.line.pk, identity="U" + "0a" * 16)
    play.says("やっぱり")
    play.does(records.file, session_id=play.id, by=haru, classification=Classification.NO_REPLY, thankful_end=None)


def on_the_web(play: Play) -> None:
    """From the form to the visitor's leaving, with a note, a risk, a whisper and a hold not the visitor's to see."""
    haru, mio = play.people["haru"], play.people["mio"]
    play.begin(web_start(play, "家に帰りたくない"))
    _web_says(play, "まだ待ちます")
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.replies("お待たせしました")
    play.does(notes.add, session_id=play.id, by=haru, client_id=UUID(int=903), words="内部のこと")
    _web_says(play, "怖いです")
    play.does(assess, session_id=play.id, by=mio, level=Risk.HIGH, word="今夜が心配")
    _whisper(play, mio, "今夜の居場所を確かめてください")
    play.does(sessions.hold, session_id=play.id, by=haru)
    _web_says(play, "いますか")
    play.does(sessions.resume, session_id=play.id, by=haru)
    play.does(sessions.transfer, session_id=play.id, by=haru, to=mio, summary="今夜の居場所")
    play.replies("代わりました", by="mio")
    play.does(visits.leave, channel_id=play.web.pk, identity=COOKIE)
    play.does(records.file, session_id=play.id, by=mio, classification=Classification.VALID, thankful_end=False)


def left_before_anyone_came(play: Play) -> None:
    """A visitor on the web waits, is put back once, and goes."""
    play.begin(web_start(play, "だれか"))
    play.does(sessions.claim, session_id=play.id, by=play.people["haru"])
    play.does(sessions.requeue, session_id=play.id, by=play.people["haru"], summary="急用")
    _web_says(play, "もういいです")
    play.does(visits.leave, channel_id=play.web.pk, identity=COOKIE)


def blocked_while_waiting(play: Play) -> None:
    """The visitor blocks the account before anyone came."""
    play.begin(play.says().pk)
    play.does(friends.follow, channel_id=play.line.pk, identity="U" + "0a" * 16)
    play.does(friends.unfollow, channel_id=play.line.pk, identity="U" + "0a" * 16)


def closed_for_good(play: Play) -> None:
    """The program is paused and closed while somebody waits: they are told farewell."""
    aoi = play.people["aoi"]
    play.begin(play.says().pk)
    play.does(stages.step, program_id=play.program.pk, step=Step.PAUSE, by=aoi)
    play.does(stages.step, program_id=play.program.pk, step=Step.CLOSE, by=aoi)
    play.does(stages.turn_away_waiting)


def a_supervisor_steps_in(play: Play) -> None:
    """Mio writes beside Haru, takes the talk over while it is held, and gives it back."""
    haru, mio = play.people["haru"], play.people["mio"]
    play.begin(web_start(play, "だれにも言えなくて"))
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.replies("ここで聞かせてください")
    for words in ("三浦です。わたしもいっしょに聞かせてください", "いま、ひとりですか"):
        play.words += 1
        play.does(stepping_in.write, session_id=play.id, by=mio, client_id=UUID(int=play.words), words=words)
    _web_says(play, "はい")
    play.does(sessions.hold, session_id=play.id, by=haru)
    play.does(stepping_in.take_over, session_id=play.id, by=mio, because=TakeOver.RISK)
    play.replies("代わってお話をうかがいます", by="mio")
    play.does(stepping_in.hand_back, session_id=play.id, by=mio, summary="今夜はお姉さんの家へ")
    play.replies("ただいま戻りました")
    play.does(sessions.transfer, session_id=play.id, by=mio, to=mio, summary="ここから先は引き取ります")


def a_supervisor_is_called(play: Play) -> None:
    """Haru consults and takes it back, calls urgently, nobody is there; Mio comes at last, and it is over."""
    haru, mio = play.people["haru"], play.people["mio"]
    play.begin(play.says("もう、どうでもよくて").pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.does(staff.keep_present, user_ids=[mio.pk])
    play.does(calls.make, session_id=play.id, by=haru, kind=CallKind.CONSULT)
    play.does(calls.end, session_id=play.id, by=haru)
    play.does(calls.make, session_id=play.id, by=haru, kind=CallKind.URGENT)
    play.clock.forward(seconds=61)
    play.does(calls.escalate)
    play.does(calls.answer, session_id=play.id, by=mio)
    _whisper(play, mio, "ここにいます。いまどこにいるか聞いてみましょう")
    play.does(calls.end, session_id=play.id, by=mio)
    play.does(calls.make, session_id=play.id, by=haru, kind=CallKind.CONSULT)
    play.does(stepping_in.take_over, session_id=play.id, by=mio, because=TakeOver.ASKED)


def a_trainee_is_accompanied(play: Play) -> None:
    """Haru's replies wait: approved as it is, mended, returned and taken back, lost to a take-over."""
    haru, mio = play.people["haru"], play.people["mio"]
    Membership.objects.filter(user=haru).update(role="trainee")
    play.begin(play.says("はじめて相談します").pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.does(staff.keep_present, user_ids=[mio.pk])
    first = _proposes(play, haru, "お話しくださってありがとうございます")
    play.does(calls.answer, session_id=play.id, by=mio)
    play.does(approvals.approve, session_id=play.id, proposal_id=first.pk, by=mio)
    play.pushes_all()
    second = _proposes(play, haru, "なぜですか")
    play.does(
        approvals.approve,
        session_id=play.id,
        proposal_id=second.pk,
        by=mio,
        words="よかったら、もう少し聞かせてください",
    )
    third = _proposes(play, haru, "がんばってください")
    wish = {"session_id": play.id, "proposal_id": third.pk}
    play.does(approvals.give_back, **wish, by=mio, client_id=UUID(int=950), word="気持ちを受けとめてみましょう")
    play.does(approvals.withdraw, **wish, by=haru)
    _proposes(play, haru, "つらかったですね")
    play.does(stepping_in.take_over, session_id=play.id, by=mio, because=TakeOver.ASKED)


def _proposes(play: Play, by: User, words: str) -> Proposal:
    play.words += 1
    proposal, _new = play.does(
        approvals.propose, session_id=play.id, by=by, client_id=UUID(int=play.words), words=words
    )
    return proposal


def _whisper(play: Play, by: User, words: str) -> None:
    play.words += 1
    play.does(whispers.say, session_id=play.id, by=by, client_id=UUID(int=play.words), words=words)


def web_start(play: Play, line: str) -> int:
    session = play.does(
        visits.start, channel_id=play.web.pk, identity=COOKIE, terms_version=1, attributes={"age": "20s"}, line=line
    )
    return session.pk


def _web_says(play: Play, words: str) -> None:
    play.words += 1
    client_id = UUID(int=play.words)
    play.does(messages.receive, channel_id=play.web.pk, identity=COOKIE, text=words, client_id=client_id)
