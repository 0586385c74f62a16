"""Talks on LINE that begin with consent and a few questions, or end before them."""

from datetime import timedelta

from counseling import crypto
from counseling.actions import consents, doorbell, doors, friends, intake, messages, protecting, sessions, taps, visits
from counseling.intake import Tap
from counseling.models import Delivery, Part, Program, Session
from counseling.models.edition import number
from counseling.models.program import ChannelMode
from counseling.rich_menu import Area
from tests.conftest import ALWAYS, NEVER
from tests.contract.play import Play
from tests.counseling.asked import ask_first, buttons, tap_on

SORA = "U" + "0a" * 16
AGREE, REFUSE = "同意して相談する", "同意しない"


def consent_and_questions(play: Play) -> None:
    """Language, words before consent, consent, questions by taps and words, an answer taken back, the talk."""
    ask_first(play.program, languages=["ja", "en"])
    play.begin(play.says("聞いてほしいことがあります").pk)
    play.pushes_all()
    _press(play, "日本語")
    play.says("だれにも言えなくて")
    play.does(taps.take, channel_id=play.line.pk, identity=SORA, area=Area.TERMS)
    agreed = _press(play, AGREE)
    _press(play, "30代")
    _taps(play, agreed)
    for label in ("はい", "2人", "家族", "お金", "これでよい"):
        _press(play, label)
    play.says("夫のことで")
    _taps(play, agreed)
    play.pushes_all()
    play.does(messages.unsend, channel_id=play.line.pk, external_id=f"m{play.words}")
    play.does(sessions.claim, session_id=play.id, by=play.people["haru"])
    play.replies("お話をうかがいます")
    play.pushes_all()


def consent_refused(play: Play) -> None:
    """Asks to talk by the menu, says something, and then does not agree: the words are gone unread."""
    ask_first(play.program)
    play.does(taps.take, channel_id=play.line.pk, identity=SORA, area=Area.TALK)
    play.begin(Session.objects.get().pk)
    play.says("名前は言えません")
    play.does(taps.take, channel_id=play.line.pk, identity=SORA, area=Area.TALK)
    play.pushes_all()
    _press(play, REFUSE)
    play.pushes_all()


def danger_before_consent(play: Play) -> None:
    """Danger at night: contacts at once, no consent; a supervisor goes on without it; in the end it is given."""
    mio = play.people["mio"]
    ask_first(play.program)
    Program.objects.update(hours=NEVER)
    play.says("こんばんは")
    play.begin(play.says("もう死にたい").pk)
    play.pushes_all()
    play.clock.forward(minutes=40)
    play.says("だれもいないの")
    Program.objects.update(hours=ALWAYS)
    play.says("まだいます")
    play.pushes_all()
    _press(play, REFUSE)
    agree = tap_on(buttons(SORA)[AGREE])
    play.does(protecting.protect, session_id=play.id, by=mio, why="今夜の様子が心配なため")
    play.replies("三浦です。いま、安全なところにいますか", by="mio")
    play.pushes_all()
    _taps(play, agree)
    play.says("います")


def never_answered(play: Play) -> None:
    """Asked, and never heard again: let go after a while, and what was said is gone."""
    ask_first(play.program, intake_lapses_after=timedelta(hours=1))
    Program.objects.update(hours=NEVER)
    play.says("よる")
    Program.objects.update(hours=ALWAYS)
    play.clock.forward(minutes=45)
    play.begin(play.says("こんにちは").pk)
    play.says("あの")
    play.clock.forward(minutes=61)
    play.does(intake.lapse)
    play.does(consents.forget_unread)
    play.pushes_all()


def _press(play: Play, label: str) -> Tap:
    tap = tap_on(buttons(SORA)[label])
    _taps(play, tap)
    return tap


def _taps(play: Play, tap: Tap) -> None:
    play.does(taps.choose, channel_id=play.line.pk, identity=SORA, tap=tap)


def through_the_door(play: Play) -> None:
    """LINE is only the door: danger there, a link, consent on the page, and a reply while nobody looks."""
    Program.objects.update(channel_mode=ChannelMode.LINE_ENTRY_WEBCHAT)
    play.does(friends.point_elsewhere, channel_id=play.line.pk, identity=SORA, words="もう死にたい")
    session = Session.objects.get()
    play.begin(session.pk)
    owed = Delivery.objects.select_related("visitor").get(auto_key="entry")
    words = crypto.open_text(owed.visitor.key(), owed.text, owed.place)
    link = {"token": words.split("/in/")[1].split()[0]}
    play.does(doors.is_good, program_id=play.program.pk, **link)
    identity = play.does(doors.use, channel_id=play.web.pk, identity=None, **link)
    here = {"channel_id": play.web.pk, "identity": identity, "language": "ja"}
    version = number(play.program.editions, Part.TERMS)
    play.does(visits.start, **here, terms_version=version, attributes={}, line="ここにいます")
    play.does(sessions.claim, session_id=play.id, by=play.people["haru"])
    play.does(doorbell.keep_looking, visitor_ids=[session.visitor_id])
    play.clock.forward(minutes=2)
    play.replies("お話をうかがいます")
    play.does(doorbell.ring)
    play.does(doors.call_to_letter, visitor=owed.visitor)
    play.does(doors.forget)
