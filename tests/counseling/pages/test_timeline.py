"""A visitor's way (経過): what stands there, for whom, in which order; on paper too."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling import histories, lifelines
from counseling.actions import calls, merging, messages, sessions
from counseling.lifecycle import CallKind, EndReason
from counseling.models import Membership, Program, Session, Visitor
from counseling.models.merge import MergeReason
from counseling.triage import Risk
from tests.conftest import Say, assess, confirm
from tests.counseling.actions.recorded import ask, filed
from tests.counseling.actions.referred import refer
from tests.counseling.afterwards import ago, entered
from tests.counseling.arranged import agree, block, write
from tests.permissions.planned import FOLLOWED, VISITED, followed

SignedIn = Callable[[User], Client]
AGAIN = "U" + "1b" * 16


@pytest.fixture
def lived(program: Program, active: Session, haru: User, ren: User, mio: User) -> Session:
    """Sora's talk: urgent, a supervisor called, handed from Haru to Ren, filed; then a call."""
    ask(program)
    messages.reply(session_id=active.pk, by=haru, client_id=uuid4(), words="こんばんは")
    assess(session_id=active.pk, by=haru, level=Risk.HIGH, word="今夜が心配")
    calls.make(session_id=active.pk, by=haru, kind=CallKind.CONSULT)
    sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="要約のことば")
    sessions.end(session_id=active.pk, by=ren, reason=EndReason.CONCLUDED, farewell=False)
    active.refresh_from_db()
    filed(active, ren)
    write(active.visitor, mio, "名前を呼ばない")
    agree(active.visitor, mio)
    block(active.visitor, mio)
    return active


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What is put on paper, instead of drawing it."""
    kept: list[dict[str, object]] = []

    def keep(_template: str, data: dict[str, object]) -> bytes:
        kept.append(data)
        return b"%PDF"

    monkeypatch.setattr("counseling.paper.pdf", keep)
    return kept


def at(visitor: Visitor, more: str = "") -> str:
    return f"/programs/women/visitors/{visitor.pk}/timeline{more or '/'}"


def case(session: Session, more: str = "/") -> str:
    return f"/programs/women/records/{session.pk}/timeline{more}"


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_supervisor_reads_the_whole_way(lived: Session, mio: User, signed_in: SignedIn) -> None:
    shown = said(signed_in(mio), at(lived.visitor))
    for words in (
        "チャット(LINE)の相談", "緊急度が「高」になりました", "今夜が心配", "SVを呼びました", "引き継ぎました",
        "相談記録の第1版を提出しました", "仕事がつらいとのこと", "名前を呼ばない", "1日1回まで", "受付を停止しました",
    ):  # fmt: skip
        assert words in shown, words


def test_it_stands_in_the_order_of_time(lived: Session, mio: User, haru: User) -> None:
    entered(lived.visitor, mio, counselor=haru, began=ago(days=2), ended=ago(days=2, minutes=-30))
    found = histories.opened(mio, lived.visitor_id, lived.program_id)
    moments = lifelines.lifeline(found)
    assert [one.at for one in moments] == sorted(one.at for one in moments)
    assert moments[0].kind == "session"
    assert moments[0].session is not None
    assert moments[0].session.medium == "telephone"


def test_a_counselor_sees_that_something_was_arranged_not_what(lived: Session, ren: User, signed_in: SignedIn) -> None:
    shown = said(signed_in(ren), at(lived.visitor))
    assert "取り決めがありました" in shown
    assert "対応方針を書きました" in shown
    assert "今夜が心配" in shown
    for hidden in ("名前を呼ばない", "1日1回まで", "受付を停止しました", "暴言"):
        assert hidden not in shown


def test_who_had_another_talk_sees_that_there_was_this_one(
    lived: Session, haru: User, mio: User, sora_says: Say, signed_in: SignedIn
) -> None:
    entered(lived.visitor, mio, counselor=haru)
    shown = said(signed_in(haru), at(lived.visitor))
    assert "ほかの人が受けた相談があります" in shown
    for hidden in ("今夜が心配", "仕事がつらい", "緊急度が", "Ren"):
        assert hidden not in shown


def test_a_trainee_sees_nothing_of_it(lived: Session, haru: User, mio: User, signed_in: SignedIn) -> None:
    Membership.objects.filter(user=haru).update(role=Role.TRAINEE)
    entered(lived.visitor, mio, counselor=haru)
    shown = said(signed_in(haru), at(lived.visitor))
    assert "ほかの人が受けた相談" not in shown
    assert "電話の相談" in shown


def test_who_knows_nothing_finds_nothing(lived: Session, haru: User, aoi: User, kei: User, signed_in: SignedIn) -> None:
    """Haru handed the talk on: it is no more his. Administrators and officers have none."""
    for other, status in ((haru, 404), (aoi, 404)):
        for address in (at(lived.visitor), case(lived), at(lived.visitor, ".pdf"), case(lived, ".pdf")):
            assert signed_in(other).get(address).status_code == status
    assert signed_in(kei).get(at(lived.visitor)).status_code in {302, 404}


def test_merged_they_are_one_way(lived: Session, mio: User, sora_says: Say, signed_in: SignedIn) -> None:
    other = sora_says("わたしです", identity=AGAIN)
    made, _new = merging.merge(
        visitor_id=lived.visitor_id, other_id=other.visitor_id, reason=MergeReason.SAID, by=mio
    )  # fmt: skip
    shown = said(signed_in(mio), at(other.visitor))
    assert "仕事がつらいとのこと" in shown
    assert "同じ人としてまとめました" in shown
    merging.undo(merge_id=made.pk, by=mio)
    shown = said(signed_in(mio), at(other.visitor))
    assert "仕事がつらいとのこと" not in shown
    assert "まとめを取り消しました" in shown


def test_a_case_is_its_talk_and_what_followed_until_the_next(
    lived: Session, mio: User, ren: User, sora_says: Say
) -> None:
    Session.objects.filter(pk=lived.pk).update(received_at=ago(days=3))
    lived.refresh_from_db()
    call = entered(lived.visitor, mio, counselor=ren, began=ago(days=2), ended=ago(days=2, minutes=-20))
    later = sora_says("もう一度")
    found = histories.opened(mio, lived.visitor_id, lived.program_id)
    sittings = {one.session.pk for one in lifelines.of_case(found, lived) if one.session and one.kind == "session"}
    assert sittings == {lived.pk, call.pk}
    of_the_next = lifelines.of_case(found, later)
    assert {one.session.pk for one in of_the_next if one.session} == {later.pk}


def test_of_who_was_erased_codes_are_left(lived: Session, mio: User, signed_in: SignedIn) -> None:
    Visitor.objects.update(wrapped_key=b"")
    shown = said(signed_in(mio), at(lived.visitor))
    assert "緊急度が「高」になりました" in shown
    for gone in ("今夜が心配", "仕事がつらい", "名前を呼ばない"):
        assert gone not in shown


def test_before_the_file_one_says_who_one_is(lived: Session, mio: User, signed_in: SignedIn) -> None:
    client = signed_in(mio)
    assert client.get(at(lived.visitor, ".pdf")).status_code == 302
    confirm(client)
    assert client.get(at(lived.visitor, ".pdf")).headers["Content-Type"] == "application/pdf"


def test_the_file_is_told_to_the_audit_with_the_hash_that_stands_on_it(
    lived: Session, mio: User, signed_in: SignedIn, drawn: list[dict[str, object]]
) -> None:
    client = signed_in(mio)
    confirm(client)
    client.get(case(lived, ".pdf"))
    told = AuditEntry.objects.get(deed="timeline.exported")
    assert told.details == {"digest": drawn[0]["digest"], "session": lived.pk}
    assert re.fullmatch("[0-9a-f]{64}", str(drawn[0]["digest"]))
    assert "仕事がつらいとのこと" in json.dumps(drawn, ensure_ascii=False)


def test_what_one_may_not_read_is_in_no_file(
    lived: Session, ren: User, signed_in: SignedIn, drawn: list[dict[str, object]]
) -> None:
    client = signed_in(ren)
    confirm(client)
    client.get(at(lived.visitor, ".pdf"))
    assert "名前を呼ばない" not in json.dumps(drawn, ensure_ascii=False)


def test_after_28_days_it_is_no_more_theirs(lived: Session, ren: User, signed_in: SignedIn) -> None:
    Session.objects.update(closed_at=timezone.now() - timedelta(days=29))
    assert signed_in(ren).get(at(lived.visitor)).status_code == 404


def test_what_was_done_to_follow_up_and_to_connect_stands_there(
    lived: Session, mio: User, ren: User, signed_in: SignedIn
) -> None:
    followed(lived, ren)
    refer(lived, ren)
    shown = said(signed_in(mio), at(lived.visitor))
    assert "要フォロー: 立てた" in shown
    assert "訪問: 訪問を申し出た" in shown
    assert "つなぎ(" in shown
    assert "つなぎがありました" not in shown


def test_of_what_somebody_else_did_one_sees_that_it_is_there(
    lived: Session, haru: User, mio: User, ren: User, program: Program, signed_in: SignedIn
) -> None:
    """Follow-up, visit and referral of Ren's talk; Haru knows Sora from a call of his own."""
    followed(lived, ren)
    refer(lived, ren)
    entered(lived.visitor, mio, counselor=haru)
    shown = said(signed_in(haru), at(lived.visitor))
    for words in ("要フォローになりました", "訪問の申し出がありました", "つなぎがありました"):
        assert words in shown, words
    for hidden in (FOLLOWED, VISITED, "要フォロー: 立てた", "訪問: ", "つなぎ("):
        assert hidden not in shown, hidden
    Membership.objects.filter(user=haru).update(role=Role.TRAINEE)
    shown = said(signed_in(haru), at(lived.visitor))
    for words in ("要フォローになりました", "訪問の申し出がありました", "つなぎがありました"):
        assert words not in shown, words
