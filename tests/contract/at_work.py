"""A shift as the board tells it: people come, rest and go; reception follows; the talk goes on."""

from datetime import timedelta

from counseling.actions import callins, care, diversion, duty, messages, reassigning, sessions, shortage, staff, surge
from counseling.lifecycle import EndReason
from counseling.models import Program, Shift
from counseling.models.duty import BreakReason
from tests.contract.play import Play


def a_shift(play: Play) -> None:
    """Out, in for a planned shift, a break, more lines by hand, over time, and forgotten."""
    haru, ren, mio = (play.people[name] for name in ("haru", "ren", "mio"))
    program_id, now = play.program.pk, play.clock.now()
    play.begin(play.says().pk)
    play.does(staff.keep_present, user_ids=[haru.pk, ren.pk])
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.does(duty.check_out, program_id=program_id, by=ren)
    for starts, ends in ((0, 2), (2, 3)):
        times = {"starts_at": now + timedelta(hours=starts), "ends_at": now + timedelta(hours=ends)}
        Shift.objects.create(program=play.program, user=ren, lines=starts + 1, published_at=now, **times)
    play.does(duty.check_in, program_id=program_id, by=ren)
    play.does(duty.take_break, program_id=program_id, reason=BreakReason.MEAL, by=ren)
    play.does(duty.back, program_id=program_id, by=ren)
    Program.objects.filter(pk=program_id).update(surge_lines=1)
    play.does(surge.open_until, program_id=program_id, until=now + timedelta(hours=1), by=mio)
    play.does(surge.end, program_id=program_id, by=mio)
    play.clock.forward(hours=2)
    play.does(staff.keep_present, user_ids=[ren.pk])
    play.does(duty.follow_shifts)
    play.clock.forward(hours=2)
    play.does(duty.close_forgotten)
    play.replies()


def a_pause(play: Play) -> None:
    """Haru's talk was hard: she rests for a while, and is back by herself."""
    haru = play.people["haru"]
    play.begin(play.says().pk)
    play.does(staff.keep_present, user_ids=[haru.pk])
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.does(sessions.end, session_id=play.id, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    play.does(care.mark, session_id=play.id, hard=True, by=haru)
    play.does(care.take_pause, session_id=play.id, by=haru)
    play.clock.forward(minutes=10)
    play.does(staff.keep_present, user_ids=[haru.pk])
    play.does(duty.end_pauses)


def too_few_people(play: Play) -> None:
    """Reception stops for newcomers when the supervisor goes, is told of, and begins again; who waits stays."""
    haru, mio = play.people["haru"], play.people["mio"]
    Program.objects.filter(pk=play.program.pk).update(least_on_duty=2, least_supervisors=1)
    play.begin(play.says().pk)
    play.does(duty.check_out, program_id=play.program.pk, by=mio)
    play.does(
        messages.receive, channel_id=play.line.pk, identity="U" + "1b" * 16, text="だれか", external_id="another"
    )  # fmt: skip
    play.clock.forward(minutes=3)
    for program_id in play.does(shortage.due_programs, now=play.clock.now()):
        play.does(shortage.claim_shortage, program_id=program_id, now=play.clock.now())
        play.does(shortage.record_told, program_id=program_id, now=play.clock.now())
    play.does(sessions.claim, session_id=play.id, by=haru)
    play.does(duty.check_in, program_id=play.program.pk, by=mio)
    play.replies()


def a_storm(play: Play) -> None:
    """Too many at once: the queue goes to supervisors, people at home are called, talks change hands by the dozen."""
    haru, ren, mio = (play.people[name] for name in ("haru", "ren", "mio"))
    program_id = play.program.pk
    play.begin(play.says().pk)
    play.does(diversion.divert, program_id=program_id, by=mio)
    play.does(duty.check_out, program_id=program_id, by=ren)
    play.does(callins.call_in, program_id=program_id, user_ids=[ren.pk], by=mio)
    assert play.does(callins.is_due, now=play.clock.now())
    play.does(callins.send_next, now=play.clock.now())
    play.does(sessions.claim_next, program_id=program_id, by=mio)
    play.replies(by="mio")
    play.does(duty.check_in, program_id=program_id, by=ren)
    given = {"program_id": program_id, "session_ids": [play.id], "by": mio}
    play.does(reassigning.reassign, to=ren, summary="お母さんのこと。ゆっくり聴く", **given)
    play.replies("代わりました", by="ren")
    play.does(reassigning.reassign, to=None, summary="次の方へ", **given)
    play.does(diversion.end, program_id=program_id, by=mio)
    play.does(sessions.claim_next, program_id=program_id, by=haru)
    play.replies("お待たせしました")
