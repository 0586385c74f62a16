"""Sessions as machines read them: states, times and counts; no word, no person; pages that skip and repeat nothing."""

import random
import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from counseling.actions import messages, records, sessions
from counseling.feeds.machines import sessions_page
from counseling.lifecycle import Classification, EndReason
from counseling.models import Channel, Program, Session
from counseling.triage import Risk
from tests.conftest import Say, assess
from tests.machines import Machine, machine


@pytest.fixture
def reader(program: Program, aoi: User) -> Machine:
    return machine(program, aoi)


def page(reader: Machine, **query: object) -> Any:
    answer = reader.of("sessions", **query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def many(sora_says: Say, count: int) -> list[Session]:
    return [sora_says(f"{number}人目です", f"U{number:032x}") for number in range(count)]


def test_a_whole_talk_is_told_in_states_and_times(
    reader: Machine, active: Session, haru: User, mio: User, sora_says: Say
) -> None:
    messages.reply(session_id=active.pk, by=haru, client_id=UUID(int=1), words="秘密の返事")
    sora_says("秘密の言葉")
    assess(session_id=active.pk, by=haru, level=Risk.MODERATE, word="秘密のわけ")
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    records.file(session_id=active.pk, by=haru, classification=Classification.VALID, thankful_end=True)
    answer = reader.of("sessions")
    (told,) = answer.json()["sessions"]
    active.refresh_from_db()
    times = {name: told.pop(name) for name in list(told) if name.endswith("_at")}
    assert told == {
        "number": 1,
        "version": active.version,
        "state": "closed",
        "channel": "line",
        "refusal": "",
        "end_reason": "concluded",
        "risk": 2,
        "classification": "valid",
        "thankful_end": True,
        "trial": False,
        "messages": {"visitor": 2, "counselor": 1, "automatic": 1},
    }
    assert list(times) == ["received_at", "queued_at", "claimed_at", "first_response_at", "ended_at", "closed_at"]
    assert sorted(times.values()) == list(times.values())
    assert all(moment.endswith("+09:00") for moment in times.values())
    for secret in ("秘密", active.visitor.pseudonym, "Haru", "Mio", "30代"):
        assert secret not in answer.content.decode()


def test_what_has_not_come_is_null(reader: Machine, waiting: Session) -> None:
    (told,) = page(reader)["sessions"]
    assert (told["state"], told["classification"], told["refusal"]) == ("waiting", "", "")
    empty = ("claimed_at", "first_response_at", "ended_at", "closed_at", "thankful_end")
    assert {told[name] for name in empty} == {None}


def test_another_programs_sessions_are_not_there(reader: Machine, waiting: Session) -> None:
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on=timezone.localdate())
    Session.objects.filter(pk=waiting.pk).update(program=other)
    assert page(reader) == {"sessions": [], "after": 0, "more": False}


def test_pages_follow_one_another(reader: Machine, sora_says: Say) -> None:
    many(sora_says, 5)
    seen, after, pages = [], 0, 0
    while True:
        found = page(reader, after=after, limit=2)
        seen += [told["number"] for told in found["sessions"]]
        after, pages = found["after"], pages + 1
        if not found["more"]:
            break
    assert (seen, pages, after) == ([1, 2, 3, 4, 5], 3, 5)
    assert page(reader, after=after) == {"sessions": [], "after": 5, "more": False}
    sora_says("もうひとり", "U" + "f" * 32)
    assert [told["number"] for told in page(reader, after=after)["sessions"]] == [6]


@pytest.mark.parametrize("seed", range(3))
def test_while_everything_changes_pages_skip_and_repeat_nothing(
    reader: Machine, sora_says: Say, haru: User, seed: int
) -> None:
    dice = random.Random(seed)
    Program.objects.update(capacity=10)
    kept = many(sora_says, 6)
    seen, after, more = [], 0, True
    while more:
        found = page(reader, after=after, limit=dice.randint(1, 3))
        seen += [told["number"] for told in found["sessions"]]
        after, more = found["after"], found["more"]
        session = Session.objects.get(pk=dice.choice(kept).pk)
        if session.state == "waiting":
            sessions.claim(session_id=session.pk, by=haru)
        elif session.state == "active":
            sessions.end(session_id=session.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
        if len(kept) < 10:
            kept += [sora_says("途中から", f"U9{len(kept):031x}")]
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) >= 6


@pytest.mark.django_db(transaction=True)
def test_no_smaller_number_appears_after_a_greater_one(line_channel: Channel, program: Program) -> None:
    """Whoever is numbered second waits for the first to be committed or given up."""
    entered, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            messages.receive(channel_id=line_channel.pk, identity="U1", text="先に来た", external_id="m1")
            entered.set()
            go_on.wait(30)
        connection.close()

    def after_it() -> None:
        messages.receive(channel_id=line_channel.pk, identity="U2", text="後から来た", external_id="m2")
        connection.close()

    first = threading.Thread(target=slowly)
    first.start()
    entered.wait(30)
    second = threading.Thread(target=after_it)
    second.start()
    second.join(0.5)
    assert second.is_alive()
    assert sessions_page(program, after=0, limit=10)["sessions"] == []
    go_on.set()
    first.join(30)
    second.join(30)
    assert [told["number"] for told in sessions_page(program, after=0, limit=10)["sessions"]] == [1, 2]


def test_sessions_of_some_days(reader: Machine, sora_says: Say) -> None:
    for ago, session in enumerate(many(sora_says, 3)):
        Session.objects.filter(pk=session.pk).update(received_at=timezone.now() - timedelta(days=ago))
    today = timezone.localdate()
    one, two = (today - timedelta(days=days) for days in (1, 2))
    assert [told["number"] for told in page(reader, first=one)["sessions"]] == [1, 2]
    assert [told["number"] for told in page(reader, last=one)["sessions"]] == [2, 3]
    assert [told["number"] for told in page(reader, first=two, last=two)["sessions"]] == [3]


BAD = {
    "limit=0": ("limit", "件数(limit)は1から500までの数字にしてください。"),
    "limit=501": ("limit", "件数(limit)は1から500までの数字にしてください。"),
    "after=-1": ("after", "番号(after)は0から2147483647までの数字にしてください。"),
    "after=2147483648": ("after", "番号(after)は0から2147483647までの数字にしてください。"),
    "after=1.0": ("after", "番号(after)は0から2147483647までの数字にしてください。"),
    "after=null": ("after", "番号(after)は0から2147483647までの数字にしてください。"),
    "after=%2B1": ("after", "番号(after)は0から2147483647までの数字にしてください。"),
    "first=2026-02-02&last=2026-02-01": (
        "last",
        "最後の日(last)は、最初の日(first)か、そのあとの日にしてください。",
    ),
    "state=waiting": ("state", "この項目はありません。"),
    "after=1&after=2": ("after", "この項目は1度だけ書いてください。"),
}


@pytest.mark.parametrize(("query", "told"), BAD.items(), ids=BAD)
def test_a_query_that_cannot_be_is_refused(reader: Machine, query: str, told: tuple[str, str]) -> None:
    answer = reader.get(f"programs/women/sessions?{query}")
    assert answer.status_code == 400
    assert answer.json()["fields"] == {told[0]: [told[1]]}


def test_a_page_costs_two_queries(reader: Machine, sora_says: Say, django_assert_num_queries: Any) -> None:
    many(sora_says, 3)
    reader.get("programs")
    with django_assert_num_queries(3):
        reader.of("sessions")
