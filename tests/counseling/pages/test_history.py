"""The page of a visitor's history, and the forms that lead into it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import merging, sessions
from counseling.lifecycle import EndReason
from counseling.models import Channel, Membership, Merge, PhoneCall, Program, Session, Visitor
from counseling.models.merge import MergeReason
from counseling.triage import Risk
from tests.conftest import Say
from tests.counseling.actions.calling import agreed, with_telephone
from tests.counseling.actions.recorded import ask, filed
from tests.counseling.afterwards import ago, entered
from tests.counseling.arranged import day, write

SignedIn = Callable[[User], Client]
AGAIN = "U" + "1b" * 16
TOLD = {"medium": "visit", "begins": "14:00", "ends": "15:10", "level": "0", "client_id": str(UUID(int=5))}


@pytest.fixture
def over(program: Program, active: Session, haru: User) -> Session:
    """Haru's talk with Sora is over, and its record filed."""
    ask(program)
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    active.refresh_from_db()
    filed(active, haru)
    return active


def at(visitor: Visitor, more: str = "") -> str:
    return f"/programs/women/visitors/{visitor.pk}/history/{more}"


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_talks_stand_there_with_what_was_written(over: Session, haru: User, signed_in: SignedIn) -> None:
    entered(over.visitor, haru, medium="visit", level=Risk.HIGH, word="今夜が心配")
    shown = said(signed_in(haru), at(over.visitor))
    assert "チャット(LINE)" in shown
    assert "訪問" in shown
    assert "仕事がつらいとのこと" in shown
    assert "緊急度: 高" in shown


def test_who_has_had_no_talk_finds_no_history(over: Session, ren: User, signed_in: SignedIn) -> None:
    assert signed_in(ren).get(at(over.visitor)).status_code == 404


def test_after_28_days_it_is_no_more_theirs(over: Session, haru: User, signed_in: SignedIn) -> None:
    Session.objects.update(closed_at=timezone.now() - timedelta(days=29))
    assert signed_in(haru).get(at(over.visitor)).status_code == 404


def test_of_somebody_else_s_talk_one_sees_that_it_was(
    over: Session, ren: User, haru: User, sora_says: Say, signed_in: SignedIn
) -> None:
    again = sora_says("もう一度")
    sessions.claim(session_id=again.pk, by=ren)
    sessions.end(session_id=again.pk, by=ren, reason=EndReason.CONCLUDED, farewell=False)
    shown = said(signed_in(ren), at(over.visitor))
    assert "ほかの人が受けた相談があります" in shown
    assert "仕事がつらいとのこと" not in shown
    assert "Haru" not in shown


def test_a_trainee_sees_nothing_but_their_own(over: Session, ren: User, sora_says: Say, signed_in: SignedIn) -> None:
    Membership.objects.filter(user=ren).update(role=Role.TRAINEE)
    again = sora_says("もう一度")
    sessions.claim(session_id=again.pk, by=ren)
    shown = said(signed_in(ren), at(over.visitor))
    assert f"{again.number}番" in shown
    assert "ほかの人が受けた相談" not in shown
    assert "仕事がつらいとのこと" not in shown


def test_who_has_the_talk_now_knows_of_the_earlier_ones_without_their_records(
    over: Session, ren: User, sora_says: Say, signed_in: SignedIn
) -> None:
    sessions.claim(session_id=sora_says("もう一度").pk, by=ren)
    shown = said(signed_in(ren), at(over.visitor))
    assert "担当 Haru" in shown
    assert "読めるのは、担当した人とSVです" in shown
    assert "仕事がつらいとのこと" not in shown


def test_each_opening_by_a_supervisor_is_in_the_audit(over: Session, mio: User, signed_in: SignedIn) -> None:
    client = signed_in(mio)
    for _time in range(2):
        said(client, at(over.visitor))
    told = AuditEntry.objects.filter(actor_id=mio.pk)
    assert told.filter(deed="visitor.read", subject=f"visitor:{over.visitor_id}").count() == 2
    assert told.filter(deed="record.read", subject=f"session:{over.pk}").count() == 2


def test_how_to_answer_is_read_in_a_talk_and_by_supervisors(
    over: Session, haru: User, mio: User, sora_says: Say, signed_in: SignedIn
) -> None:
    write(over.visitor, mio, "名前を呼ばない")
    assert "名前を呼ばない" not in said(signed_in(haru), at(over.visitor))
    assert "名前を呼ばない" in said(signed_in(mio), at(over.visitor))
    sessions.claim(session_id=sora_says("もう一度").pk, by=haru)
    assert "名前を呼ばない" in said(signed_in(haru), at(over.visitor))


def test_of_who_was_erased_times_are_left(over: Session, mio: User, signed_in: SignedIn) -> None:
    write(over.visitor, mio, "名前を呼ばない")
    Visitor.objects.update(wrapped_key=b"")
    shown = said(signed_in(mio), at(over.visitor))
    assert "消去されました" in shown
    assert f"{over.number}番" in shown
    assert "名前を呼ばない" not in shown
    assert signed_in(mio).get(at(over.visitor, "enter/")).status_code == 404
    assert signed_in(mio).get(at(over.visitor, "merge/")).status_code == 404


def test_more_talks_cost_no_more_questions(over: Session, mio: User, haru: User, signed_in: SignedIn) -> None:
    client = signed_in(mio)
    said(client, at(over.visitor))
    counts = []
    for hours in (3, 6):
        for more in (0, 1):
            filed(entered(over.visitor, haru, began=ago(hours=hours + more), ended=ago(hours=hours + more - 1)), haru)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            said(client, at(over.visitor))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_visit_is_entered_and_leads_to_its_record(over: Session, haru: User, signed_in: SignedIn) -> None:
    answer = signed_in(haru).post(at(over.visitor, "enter/"), TOLD | {"day": day(-1).isoformat()})
    session = Session.objects.exclude(medium="chat").get()
    assert answer.headers["Location"] == f"/programs/women/records/{session.pk}/"
    began, ended = (timezone.localtime(one) for one in (session.received_at, session.ended_at) if one)
    assert (f"{began:%H:%M}", f"{ended:%H:%M}", began.date()) == ("14:00", "15:10", day(-1))
    assert "話し方" in said(signed_in(haru), answer.headers["Location"])


def test_a_night_s_talk_ends_on_the_next_day(over: Session, haru: User, signed_in: SignedIn) -> None:
    night = TOLD | {"day": day(-2).isoformat(), "begins": "23:30", "ends": "00:20"}
    signed_in(haru).post(at(over.visitor, "enter/"), night)
    session = Session.objects.exclude(medium="chat").get()
    assert session.ended_at is not None
    assert session.ended_at - session.received_at == timedelta(minutes=50)


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"medium": ""}, "電話か訪問かを選んでください"),
    ({"day": ""}, "日付を選んでください"),
    ({"day": day(2).isoformat()}, "これからの時刻です"),
    ({"day": day(-100).isoformat()}, "90日より前の相談は記録できません"),
    ({"ends": "13:00"}, "12時間をこえています"),
    ({"ends": "14:00"}, "始まりより後の時刻"),
    ({"ends": "25:99"}, "時刻を選んでください"),
    ({"level": "3"}, "ひとこと書いてください"),
    ({"level": "9"}, "緊急度を選んでください"),
    ({"counselor": "999999"}, "相談を受ける人を選んでください"),
]


@pytest.mark.parametrize(("wrong", "told"), REFUSED)
def test_what_is_wrong_is_said_beside_its_field_with_all_that_was_typed(
    over: Session, mio: User, signed_in: SignedIn, wrong: dict[str, str], told: str
) -> None:
    typed = TOLD | {"day": day(-3).isoformat(), "word": "気がかり"} | wrong
    if wrong.get("level") == "3":
        typed["word"] = ""
    answer = signed_in(mio).post(at(over.visitor, "enter/"), typed)
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert told in shown
    assert (typed["word"] in shown) or not typed["word"]
    assert not Session.objects.exclude(medium="chat").exists()


def test_a_call_from_the_list_fills_the_form(
    program: Program, active: Session, haru: User, signed_in: SignedIn
) -> None:
    with_telephone(program)
    transfer = agreed(active, haru)
    call = PhoneCall.objects.create(
        transfer=transfer, by=haru, started_at=ago(minutes=30), ended_at=ago(minutes=5), result="talked"
    )  # fmt: skip
    shown = said(signed_in(haru), at(active.visitor, f"enter/?call={call.pk}"))
    assert f'value="{timezone.localtime(call.started_at):%H:%M}"' in shown
    assert "この電話を相談として記録する" in said(signed_in(haru), at(active.visitor))


def test_a_call_of_somebody_else_fills_nothing(active: Session, haru: User, signed_in: SignedIn) -> None:
    for asked in ("1", "x", "９", "1" * 30):
        said(signed_in(haru), at(active.visitor, f"enter/?call={asked}"))


def test_somebody_new_is_entered_from_the_lists(
    program: Program, web_channel: Channel, ren: User, signed_in: SignedIn
) -> None:
    client = signed_in(ren)
    assert "はじめての方の電話・訪問を記録する" in said(client, "/programs/women/records/")
    for _press in range(2):
        answer = client.post("/programs/women/visitors/enter/", TOLD | {"day": day(-1).isoformat()})
        assert answer.status_code == 302
    assert Visitor.objects.count() == 1


def test_two_are_looked_at_side_by_side_before_they_are_merged(
    over: Session, mio: User, sora_says: Say, signed_in: SignedIn
) -> None:
    other, client = sora_says("わたしです", identity=AGAIN).visitor, signed_in(mio)
    wish: dict[str, Any] = {"pseudonym": f" {other.pseudonym.lower()} ", "reason": "said"}
    looked = client.post(at(over.visitor, "merge/"), wish)
    assert "この2人をまとめます" in looked.content.decode()
    assert not Merge.objects.exists()
    assert client.post(at(over.visitor, "merge/"), wish | {"sure": str(other.pk)}).status_code == 302
    shown = said(client, at(over.visitor))
    assert f"<strong>{over.visitor.pseudonym} = {other.pseudonym}</strong>" in shown or (
        f"<strong>{other.pseudonym} = {over.visitor.pseudonym}</strong>" in shown
    )
    made = Merge.objects.get()
    for told in ("まとめを取り消しました", "もう取り消されています"):
        answer = client.post(at(over.visitor, f"merges/{made.pk}/undo/"), follow=True)
        assert told in answer.content.decode()


WRONG_NAMES = [
    ("ZZZZ", "この仮の名前の方はいません"),
    ("", "仮の名前を書いてください"),
    ("own", "この方自身の仮の名前"),
]


@pytest.mark.parametrize(("pseudonym", "told"), WRONG_NAMES)
def test_who_cannot_be_the_same_is_said(
    over: Session, mio: User, signed_in: SignedIn, pseudonym: str, told: str
) -> None:
    named = over.visitor.pseudonym if pseudonym == "own" else pseudonym
    answer = signed_in(mio).post(at(over.visitor, "merge/"), {"pseudonym": named, "reason": "said"})
    assert (answer.status_code, told in answer.content.decode()) == (400, True)


def test_who_is_merged_already_is_said(over: Session, mio: User, sora_says: Say, signed_in: SignedIn) -> None:
    other = sora_says("わたしです", identity=AGAIN).visitor
    merging.merge(visitor_id=over.visitor_id, other_id=other.pk, reason=MergeReason.STORY, by=mio)
    wish = {"pseudonym": other.pseudonym, "reason": "said", "sure": str(other.pk)}
    answer = signed_in(mio).post(at(over.visitor, "merge/"), wish)
    assert "もう同じ人としてまとまっています" in answer.content.decode()


def test_a_merge_shows_a_counselor_that_more_is_there_and_nothing_else(
    over: Session, haru: User, ren: User, mio: User, sora_says: Say, signed_in: SignedIn
) -> None:
    other = sora_says("わたしです", identity=AGAIN)
    sessions.claim(session_id=other.pk, by=ren)
    merging.merge(visitor_id=over.visitor_id, other_id=other.visitor_id, reason=MergeReason.SAID, by=mio)
    shown = said(signed_in(haru), at(over.visitor))
    assert "ほかの人が受けた相談があります" in shown
    assert "Ren" not in shown
    assert signed_in(haru).get(at(other.visitor)).status_code == 404


def test_the_record_leads_there(over: Session, haru: User, signed_in: SignedIn) -> None:
    assert at(over.visitor) in said(signed_in(haru), f"/programs/women/records/{over.pk}/")


def test_nobody_knows_a_visitor_of_another_program(over: Session, mio: User, signed_in: SignedIn) -> None:
    assert signed_in(mio).get(f"/programs/child/visitors/{over.visitor_id}/history/").status_code == 404
    assert signed_in(mio).get("/programs/women/visitors/2000000000/history/").status_code == 404


def test_an_id_is_used_once(active: Session, haru: User, signed_in: SignedIn) -> None:
    typed = TOLD | {"day": day(-1).isoformat(), "client_id": str(uuid4())}
    for _press in range(2):
        assert signed_in(haru).post(at(active.visitor, "enter/"), typed).status_code == 302
    assert Session.objects.exclude(medium="chat").count() == 1
