"""Hand-over notes: left once, read by those who work the shifts, ticked, and gone from sight after a fortnight."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import permissions
from counseling.actions import handovers
from counseling.actions.messages import ClientIdReused
from counseling.feeds.follow_ups import due_in
from counseling.feeds.handovers import MOST, handover_notes
from counseling.models import FollowUp, HandoverNote, HandoverTick, Program, Session
from counseling.text import UnacceptableText
from tests.conftest import person
from tests.counseling.actions.following import followed, late

Leave = Callable[..., HandoverNote]


@pytest.fixture
def leave(program: Program, haru: User) -> Leave:
    """Haru leaves a note."""

    def leave_one(text: str = "23時に電話の約束があります", **more: Any) -> HandoverNote:
        wish: dict[str, Any] = {"client_id": uuid4(), "by": haru, "program_id": program.pk} | more
        return handovers.leave(text=text, **wish)[0]

    return leave_one


def test_a_note_is_read_by_the_next_shift_word_for_word(leave: Leave, program: Program) -> None:
    leave("一行目\n  二行目")
    (note,) = handover_notes(program.pk)
    assert (note["text"], note["by"]["name"], note["ticks"]) == ("一行目\n  二行目", "Haru", [])


def test_its_words_are_sealed_where_they_stand(leave: Leave) -> None:
    assert "約束".encode() not in bytes(leave().body)


def test_the_same_note_is_left_once(leave: Leave) -> None:
    client_id = uuid4()
    assert leave(client_id=client_id) == leave(client_id=client_id)


def test_other_words_with_the_same_id_are_refused(leave: Leave) -> None:
    client_id = uuid4()
    leave("はじめ", client_id=client_id)
    with pytest.raises(ClientIdReused):
        leave("べつの話", client_id=client_id)


@pytest.mark.parametrize(("text", "code"), [("あ" * 2001, "too_long"), (" \n", "empty"), ("あ\0", "nul")])
def test_what_cannot_be_a_note_is_refused(leave: Leave, text: str, code: str) -> None:
    with pytest.raises(UnacceptableText) as refused:
        leave(text)
    assert refused.value.code == code


def test_two_thousand_characters_are_a_note(leave: Leave) -> None:
    assert len(leave("あ" * 2000).words()) == 2000


@pytest.mark.parametrize("who", ["aoi", "kei", "nao"])
def test_who_works_no_shifts_leaves_no_note(leave: Leave, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(permissions.NotVisible):
        leave(by=request.getfixturevalue(who))


def test_a_tick_says_who_has_read_it_once(leave: Leave, ren: User, program: Program) -> None:
    note = leave()
    for _ in range(2):
        handovers.tick(note_id=note.pk, by=ren)
    (view,) = handover_notes(program.pk)
    assert [tick["by"]["name"] for tick in view["ticks"]] == ["Ren"]


def test_ones_own_note_needs_no_tick(leave: Leave, haru: User) -> None:
    handovers.tick(note_id=leave().pk, by=haru)
    assert not HandoverTick.objects.exists()


def test_a_note_of_another_program_cannot_be_ticked(leave: Leave, program: Program) -> None:
    elsewhere = Program.objects.create(slug="parents", name="親の相談", kind="parents", starts_on=program.starts_on)
    with pytest.raises(permissions.NotVisible):
        handovers.tick(note_id=leave().pk, by=person("Far", elsewhere, Role.COUNSELOR))


def test_a_note_that_is_not_there_cannot_be_ticked(haru: User) -> None:
    with pytest.raises(permissions.NotVisible):
        handovers.tick(note_id=1, by=haru)


def test_after_a_fortnight_a_note_is_out_of_sight(leave: Leave, program: Program) -> None:
    HandoverNote.objects.filter(pk=leave().pk).update(created_at=timezone.now() - timedelta(days=14, seconds=1))
    assert handover_notes(program.pk) == []


def test_at_most_the_newest_are_shown_with_two_queries(leave: Leave, program: Program, ren: User) -> None:
    notes = [leave(str(number)) for number in range(MOST + 1)]
    for note in notes:
        handovers.tick(note_id=note.pk, by=ren)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        shown = handover_notes(program.pk)
    assert len(queries) == 2
    assert [note["id"] for note in shown] == [note.pk for note in reversed(notes[1:])]


def test_the_api_leaves_lists_and_ticks(
    program: Program, haru: User, ren: User, signed_in: Callable[[User], Client]
) -> None:
    mine, theirs = signed_in(haru), signed_in(ren)
    body = json.dumps({"client_id": str(uuid4()), "text": "よろしくお願いします"})
    path = f"/api/programs/{program.pk}/handover-notes"
    answers = [mine.post(path, body, content_type="application/json") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    note = answers[0].json()
    assert (
        theirs.put(f"/api/handover-notes/{note['id']}/tick", "{}", content_type="application/json").status_code == 204
    )
    (seen,) = theirs.get(path).json()["notes"]
    assert (seen["text"], seen["ticks"][0]["by"]["id"]) == ("よろしくお願いします", ren.pk)


def test_what_is_due_is_told_to_those_who_take_sessions_and_to_nobody_else(
    program: Program, active: Session, haru: User, signed_in: Callable[[User], Client]
) -> None:
    late(followed(active, haru))
    followed(active, haru, days=3)
    coordinator = person("Tsuna", program, Role.COORDINATOR)
    path = f"/api/programs/{program.pk}/handover-notes"
    assert signed_in(haru).get(path).json()["follow_ups"] == {"late": 1, "today": 0}
    assert signed_in(coordinator).get(path).json()["follow_ups"] is None


def test_late_and_today_are_counted_in_one_query(
    active: Session, haru: User, program: Program, django_assert_num_queries: Any
) -> None:
    rows = [followed(active, haru, days=days) for days in (1, 1, 1, 2, 1)]
    now = timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    FollowUp.objects.filter(pk__in=[rows[0].pk, rows[4].pk]).update(due_at=now)
    FollowUp.objects.filter(pk__in=[rows[1].pk, rows[2].pk]).update(due_at=midnight)
    FollowUp.objects.filter(pk=rows[4].pk).update(ended_at=now)
    with django_assert_num_queries(1):
        assert due_in(program.pk, now) == {"late": 1, "today": 2}
    elsewhere = Program.objects.create(slug="parents", name="親の相談", kind="parents", starts_on=program.starts_on)
    assert due_in(elsewhere.pk, now) == {"late": 0, "today": 0}
