"""Conversations in which something goes wrong: silence, words that do not get through, pictures, the end of hours."""

import io
from datetime import timedelta

from PIL import Image

from accounts.models import User
from counseling.actions import attachments, delivery_decisions, idle, inbox, lost, messages, sessions, staff
from counseling.actions.inbox import Arrival, Said
from counseling.models import Attachment, Delivery, InboundEvent, Program, Session
from counseling.outcomes import Content, Fetched, Verdict
from tests.conftest import NEVER
from tests.contract.play import Play

SORA = "U" + "0a" * 16


def silence(play: Play) -> None:
    """Nudged, given notice, closed by the program."""
    play.begin(play.says().pk)
    play.does(sessions.claim, session_id=play.id, by=play.people["haru"])
    play.replies()
    play.pushes_all()
    for minutes in (11, 5, 6):
        play.clock.forward(minutes=minutes)
        play.does(idle.walk)
        play.pushes_all()


def danger(play: Play) -> None:
    """Words of danger raise the risk; silence does not end this talk."""
    play.begin(play.says("こんばんは").pk)
    play.says("もう死にたい")
    play.does(sessions.claim, session_id=play.id, by=play.people["haru"])
    play.replies()
    play.pushes_all()
    for minutes in (11, 5, 60):
        play.clock.forward(minutes=minutes)
        play.does(idle.walk)
    play.pushes_all()


def hours_over(play: Play) -> None:
    """Who still waits when the hours are over is told where to turn."""
    play.begin(play.says().pk)
    Program.objects.filter(pk=play.program.pk).update(hours=NEVER)
    play.does(idle.walk)
    play.pushes_all()


def off_hours(play: Play) -> None:
    """Turned away; a second word belongs to the same access."""
    Program.objects.filter(pk=play.program.pk).update(hours=NEVER)
    play.begin(play.says("こんばんは").pk)
    play.says("だれもいませんか")
    play.pushes_all()


def words_that_do_not_arrive(play: Play) -> None:
    """Refused and sent again, given up, delayed, unknown and found to have arrived."""
    haru = play.people["haru"]
    play.begin(play.says().pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.pushes_all()
    play.replies("ひとつめ")
    play.pushes(Verdict.REFUSED, "400")
    play.does(delivery_decisions.decide, delivery_id=last_delivery(), by=haru, decision="resend")
    play.pushes(Verdict.REFUSED, "400")
    play.does(delivery_decisions.decide, delivery_id=last_delivery(), by=haru, decision="dismiss")
    play.replies("ふたつめ")
    for _try in range(2):
        play.pushes(Verdict.UNCERTAIN)
        play.clock.forward(minutes=2)
    play.pushes(now=play.clock.now() + timedelta(hours=23))
    play.does(delivery_decisions.decide, delivery_id=last_delivery(), by=haru, decision="arrived")
    play.replies("みっつめ")
    play.pushes(Verdict.RATE)
    play.clock.forward(minutes=2)
    play.pushes_all()


def last_delivery() -> int:
    """The newest of what was owed."""
    return Delivery.objects.latest("pk").pk


def pictures_and_unsent_words(play: Play) -> None:
    """A picture that comes, one that does not, and words taken back."""
    play.begin(play.says("写真を送ります").pk)
    play.does(sessions.claim, session_id=play.id, by=play.people["haru"])
    play.says(kind="image")
    play.clock.forward(seconds=5)
    _fetched(play, Content(Fetched.NOT_READY))
    play.clock.forward(minutes=5)
    _fetched(play, Content(Fetched.READY, a_picture(), "image/jpeg"))
    attachment = Attachment.objects.latest("pk")
    play.does(attachments.read, attachment_id=attachment.pk, by=play.people["haru"])
    play.says(kind="file")
    play.clock.forward(seconds=5)
    _fetched(play, Content(Fetched.GONE))
    play.does(messages.unsend, channel_id=play.line.pk, external_id="m2")
    play.does(messages.unsend, channel_id=play.line.pk, external_id="m1")


def _fetched(play: Play, content: Content) -> None:
    (message_id,) = play.does(attachments.due_messages, now=play.clock.now())
    fetching = play.does(attachments.claim_fetch, message_id=message_id, now=play.clock.now())
    assert fetching is not None
    assert fetching.most_bytes > 0
    play.does(attachments.record_content, fetching=fetching, content=content, now=play.clock.now())


def a_picture() -> bytes:
    """A small photograph."""
    file = io.BytesIO()
    Image.new("RGB", (32, 20), "pink").save(file, "JPEG")
    return file.getvalue()


def through_the_inbox(play: Play) -> None:
    """Events from the platform: one at first unreadable, taken up later."""
    broken = {"e2"}

    def read(body: bytes, event_id: str) -> Said:
        if event_id in broken:
            raise inbox.Unreadable
        return Said(SORA, f"i{event_id}", "text", body.decode())

    arrivals = [Arrival(f"e{n}", "sora", "message", words.encode()) for n, words in enumerate(("一", "二", "三"), 1)]
    play.does(inbox.store, channel_id=play.line.pk, arrivals=arrivals[:1])
    play.does(inbox.take_in, channel_id=play.line.pk, source="sora", read=read)
    play.begin(Session.objects.latest("pk").pk)
    play.does(inbox.store, channel_id=play.line.pk, arrivals=arrivals)
    assert play.does(inbox.due_sources, now=play.clock.now()) == [(play.line.pk, "sora")]
    play.does(inbox.take_in, channel_id=play.line.pk, source="sora", read=read)
    broken.clear()
    failed = InboundEvent.objects.get(event_id="e2")
    assert play.does(inbox.try_again, event_id=failed.pk)
    play.does(inbox.take_in, channel_id=play.line.pk, source="sora", read=read)
    play.pushes_all()


def a_console_that_dies(play: Play) -> None:
    """The counselor's line breaks and comes back; it breaks again, and the talk goes on with somebody else."""
    haru, ren = play.people["haru"], play.people["ren"]
    play.does(staff.keep_present, user_ids=[haru.pk, ren.pk])
    play.begin(play.says("聞いてほしいことがあります").pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.replies()
    play.pushes_all()
    _only_there(play, ren, minutes=1.5)
    play.does(lost.watch)
    play.says("聞こえていますか")
    play.does(staff.keep_present, user_ids=[haru.pk])
    play.replies("失礼しました。聞いています")
    play.does(sessions.hold, session_id=play.id, by=haru)
    _only_there(play, ren, minutes=1.5)
    play.does(lost.watch)
    _only_there(play, ren, minutes=2.5)
    play.does(lost.watch)
    play.does(sessions.claim_next, program_id=play.program.pk, by=ren)
    play.replies("代わりました", by="ren")
    play.pushes_all()


def _only_there(play: Play, person: User, *, minutes: float) -> None:
    for _round in range(int(minutes * 2)):
        play.clock.forward(seconds=30)
        play.does(staff.keep_present, user_ids=[person.pk])
