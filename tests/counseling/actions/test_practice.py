"""Practice: characters come, listen, answer and go through the real actions; refusals; nothing is said twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from counseling import permissions
from counseling.actions import calls, characters, practice, sessions, stepping_in
from counseling.lifecycle import CallKind, EndReason, State, TakeOver
from counseling.models import CallMail, Channel, Message, Practice, Program, Reaction, Session
from counseling.practice import CAST, Ending, Heard
from counseling.stages import Stage
from tests.conftest import Say
from tests.counseling.actions.practising import Pass, learning, lines_of, reply, seconds_pass, taken

__all__ = ["learning", "seconds_pass"]
pytestmark = pytest.mark.django_db
STUDENT = CAST["student"]
LONG = 60.0


def test_a_character_waits_in_the_queue_like_anybody(learning: Program, haru: User) -> None:
    begun = practice.begin(program_id=learning.pk, by=haru, character="student")
    session = begun.session
    assert (session.state, session.trial, session.visitor.channel.kind) == (State.WAITING, True, "web")
    assert sessions.claim_next(program_id=learning.pk, by=haru).pk == session.pk


def test_it_writes_its_opening_line_by_line_with_pauses(learning: Program, haru: User, seconds_pass: Pass) -> None:
    begun = practice.begin(program_id=learning.pk, by=haru, character="student")
    assert seconds_pass(0) == 0
    assert lines_of(begun) == []
    assert seconds_pass(LONG) == 1
    assert lines_of(begun) == ["あの"]
    assert seconds_pass(1) == 0
    seconds_pass(LONG)
    assert lines_of(begun) == list(STUDENT.opening)
    assert seconds_pass(1) == 0, "whoever waits in the queue is not answered, and goes on waiting"


def test_it_hears_a_reply_and_answers_with_what_it_can_tell_by_now(
    learning: Program, haru: User, seconds_pass: Pass
) -> None:
    begun = taken(learning.pk, haru)
    for _line in STUDENT.opening:
        seconds_pass(LONG)
    said = reply(begun, haru, "書いてくださってありがとうございます。")
    seconds_pass(1)
    felt = Reaction.objects.get(practice=begun)
    assert (felt.message, felt.heard, felt.before, felt.after) == (said, Heard.EMPATHY, 3, 4)
    assert lines_of(begun) == list(STUDENT.opening)
    seconds_pass(LONG)
    assert lines_of(begun)[-1] == "学校のこと"
    session = Session.objects.get(pk=begun.session_id)
    assert session.waiting_since is not None, "its words move the clocks as anybody's do"


def test_two_replies_at_once_are_both_heard_and_answered_once(
    learning: Program, haru: User, seconds_pass: Pass
) -> None:
    begun = taken(learning.pk, haru)
    for _line in STUDENT.opening:
        seconds_pass(LONG)
    reply(begun, haru, "そうだったんですね。")
    reply(begun, haru, "いつごろからですか?")
    seconds_pass(1)
    assert Reaction.objects.filter(practice=begun).count() == 2
    seconds_pass(LONG)
    begun.refresh_from_db()
    assert begun.told == [0]
    assert lines_of(begun)[len(STUDENT.opening) :] == ["学校のこと"]


def test_our_silence_is_felt_and_in_the_end_it_goes(learning: Program, haru: User, seconds_pass: Pass) -> None:
    begun = taken(learning.pk, haru)
    for _line in STUDENT.opening:
        seconds_pass(LONG)
    for _wait in range(40):
        seconds_pass(LONG)
    begun.refresh_from_db()
    assert begun.ending in {Ending.SILENCE, Ending.LEAVES}
    assert {(one.heard, one.message_id) for one in begun.reactions.all()} == {("silence", None)}
    session = Session.objects.get(pk=begun.session_id)
    assert (session.state, session.end_reason) == (State.WRAP_UP, EndReason.VISITOR_LEFT)


def test_who_is_judged_says_so_and_leaves(learning: Program, haru: User, seconds_pass: Pass) -> None:
    begun = taken(learning.pk, haru)
    for _line in STUDENT.opening:
        seconds_pass(LONG)
    reply(begun, haru, "甘えないで、頑張ってください。")
    for _step in range(4):
        seconds_pass(LONG)
    begun.refresh_from_db()
    assert (begun.ending, lines_of(begun)[-1]) == (Ending.LEAVES, "もういいです")
    assert begun.ended_at is not None
    assert seconds_pass(LONG) == 0


def test_a_talk_that_our_side_ends_ends_the_practice(learning: Program, haru: User, seconds_pass: Pass) -> None:
    begun = taken(learning.pk, haru)
    sessions.end(session_id=begun.session_id, by=haru, reason=EndReason.CONCLUDED, farewell=True)
    assert seconds_pass(LONG) == 1
    begun.refresh_from_db()
    assert (begun.ending, lines_of(begun)) == (Ending.ELSEWHERE, [])


def test_a_supervisors_words_are_heard_as_the_counselors_are(
    learning: Program, haru: User, mio: User, seconds_pass: Pass
) -> None:
    begun = taken(learning.pk, haru)
    for _line in STUDENT.opening:
        seconds_pass(LONG)
    stepping_in.take_over(session_id=begun.session_id, by=mio, because=TakeOver.OTHER)
    reply(begun, mio, "おつらかったですね。")
    seconds_pass(1)
    assert Reaction.objects.get(practice=begun).heard == Heard.EMPATHY


def test_a_worker_that_comes_back_later_goes_on_where_it_was(learning: Program, haru: User, seconds_pass: Pass) -> None:
    begun = practice.begin(program_id=learning.pk, by=haru, character="student")
    seconds_pass(LONG)
    seconds_pass(3600)
    assert lines_of(begun) == list(STUDENT.opening)


def test_the_same_step_taken_again_says_nothing_twice(learning: Program, haru: User, seconds_pass: Pass) -> None:
    begun = practice.begin(program_id=learning.pk, by=haru, character="student")
    before = Practice.objects.filter(pk=begun.pk).values("line", "spoken", "due_at", "part")[0]
    seconds_pass(LONG)
    # As if the worker had died after its message and before its place was kept, which one transaction forbids.
    Practice.objects.filter(pk=begun.pk).update(**before)
    seconds_pass(LONG)
    assert lines_of(begun) == ["あの"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_say_a_word_twice(learning: Program, haru: User) -> None:
    begun = practice.begin(program_id=learning.pk, by=haru, character="student")
    Practice.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    def work(_worker: int) -> int:
        try:
            return characters.walk()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        done = list(workers.map(work, range(8)))
    assert sum(done) == 1
    assert lines_of(begun) == ["あの"]


def test_two_at_once_and_no_third(learning: Program, haru: User, ren: User) -> None:
    first = practice.begin(program_id=learning.pk, by=haru)
    second = practice.begin(program_id=learning.pk, by=haru)
    assert first.character != second.character
    with pytest.raises(practice.EnoughAtOnce):
        practice.begin(program_id=learning.pk, by=haru)
    practice.begin(program_id=learning.pk, by=ren)
    practice.stop(practice_id=first.pk, by=haru)
    practice.begin(program_id=learning.pk, by=haru)


def test_stopping_takes_the_character_out_of_the_queue_and_is_done_once(
    learning: Program, haru: User, seconds_pass: Pass
) -> None:
    begun = practice.begin(program_id=learning.pk, by=haru)
    for _twice in range(2):
        practice.stop(practice_id=begun.pk, by=haru)
    begun.refresh_from_db()
    assert (begun.ending, begun.session.state) == (Ending.STOPPED, State.ABANDONED)
    assert seconds_pass(LONG) == 0


def test_only_who_began_it_or_leads_the_program_stops_it(
    learning: Program, haru: User, ren: User, mio: User, kei: User, nao: User
) -> None:
    begun = practice.begin(program_id=learning.pk, by=haru)
    for stranger in (ren, kei, nao):
        with pytest.raises(permissions.NotVisible):
            practice.stop(practice_id=begun.pk, by=stranger)
    practice.stop(practice_id=begun.pk, by=mio)


def test_who_has_no_part_in_talks_begins_none(learning: Program, kei: User, nao: User) -> None:
    for stranger in (kei, nao):
        with pytest.raises(permissions.NotVisible):
            practice.begin(program_id=learning.pk, by=stranger)
    assert not Session.objects.exists()


def test_no_character_comes_where_visitors_do(program: Program, web_channel: Channel, haru: User, mio: User) -> None:
    with pytest.raises(permissions.NotVisible):
        practice.begin(program_id=program.pk, by=haru)
    with pytest.raises(practice.NotForPractice):
        practice.begin(program_id=program.pk, by=mio)
    assert not Session.objects.exists()


def test_a_character_nobody_knows_and_a_program_that_is_over(learning: Program, haru: User) -> None:
    with pytest.raises(practice.UnknownCharacter):
        practice.begin(program_id=learning.pk, by=haru, character="nobody")
    Program.objects.update(stage=Stage.CLOSED)
    with pytest.raises(practice.NotForPractice):
        practice.begin(program_id=learning.pk, by=haru)


def test_what_comes_over_the_simulated_line_is_a_trial_too(learning: Program, sora_says: Say) -> None:
    session = sora_says()
    assert (session.trial, session.state) == (True, State.WAITING)


def test_a_call_in_a_practice_mails_nobody(learning: Program, haru: User, mio: User, aoi: User) -> None:
    begun = taken(learning.pk, haru)
    calls.make(session_id=begun.session_id, by=haru, kind=CallKind.URGENT)
    assert Session.objects.get(pk=begun.session_id).call_kind == CallKind.URGENT
    assert not CallMail.objects.exists()


def test_the_words_are_sealed_and_stand_nowhere_else(learning: Program, haru: User, seconds_pass: Pass) -> None:
    begun = practice.begin(program_id=learning.pk, by=haru, character="student")
    seconds_pass(LONG)
    kept = Practice.objects.filter(pk=begun.pk).values()[0]
    assert "あの" not in str(kept)
    assert "あの".encode() not in bytes(Message.objects.get(session=begun.session_id, author="visitor").body)
