"""The pages of what is arranged: the list, one visitor's page, and the forms, which keep what was typed."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import arrangements
from counseling.models import Block, Limit, Program, Session, Visitor
from tests.conftest import Say, person
from tests.counseling.arranged import HOW, SAID, WHY, agree, block, day, write

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
LIST = "/programs/women/visitors/"


@pytest.fixture
def sora(waiting: Session) -> Visitor:
    return waiting.visitor


@pytest.fixture
def desk(signed_in: SignedIn, mio: User) -> Client:
    """Mio's browser."""
    return signed_in(mio)


def home(visitor: Visitor, rest: str = "") -> str:
    return f"{LIST}{visitor.pk}/{rest}"


def typed(seen: int = 0, **more: str) -> dict[str, str]:
    return {"seen": str(seen), "client_id": str(uuid4()), "ends_on": day(9).isoformat(), "reason": WHY} | more


def text_of(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


def test_an_empty_list_says_where_to_begin(desk: Client, sora: Visitor) -> None:
    assert "相談の画面で" in text_of(desk, LIST)


def test_the_list_tells_no_words_and_what_ends_soon(desk: Client, sora: Visitor, mio: User) -> None:
    write(sora, mio)
    agree(sora, mio, ends=3)
    page = text_of(desk, LIST)
    assert sora.pseudonym in page
    assert "あと3日" in page
    assert "もうすぐ終わり" in page
    assert not [words for words in (HOW, WHY, SAID) if words in page]


def test_the_list_costs_the_same_however_long_it_is(
    desk: Client, mio: User, sora_says: Say, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        visitor = sora_says("はい", f"U{number:032x}").visitor
        for arrange in (write, agree, block):
            arrange(visitor, mio)
    with django_assert_max_num_queries(16):
        desk.get(LIST)


def test_a_visitor_s_page_has_it_all_and_the_audit_knows(desk: Client, sora: Visitor, mio: User) -> None:
    first = block(sora, mio)
    block(sora, mio, first.pk, ends=30)
    write(sora, mio)
    agree(sora, mio, minutes=50)
    page = text_of(desk, home(sora))
    assert all(words in page for words in (HOW, WHY, SAID, "1回50分まで", "相談員への暴言"))
    assert AuditEntry.objects.filter(deed="arrangement.read", subject=f"visitor:{sora.pk}").count() == 1


def test_writing_and_taking_back_how_to_answer(desk: Client, sora: Visitor) -> None:
    path = home(sora, "approach/")
    assert desk.post(path, typed(words=HOW)).status_code == 302
    assert HOW in text_of(desk, path)
    assert desk.post(path, typed(1, words="")).status_code == 302
    assert "まだありません" in text_of(desk, home(sora))


def test_agreeing_and_ending(desk: Client, sora: Visitor) -> None:
    desk.post(home(sora, "limit/"), typed(per_day="1", minutes="40", told=SAID))
    limit = Limit.objects.get()
    assert (limit.per_day, limit.per_week, limit.minutes, limit.ends_on) == (1, None, 40, day(9))
    for message in ("終わりにしました", "もう終わっています"):
        answer = desk.post(home(sora, "limit/end/"), {"row": str(limit.pk)}, follow=True)
        assert message in answer.content.decode()


def test_blocking_renewing_and_lifting(desk: Client, sora: Visitor) -> None:
    path = home(sora, "block/")
    desk.post(path, typed(code="threat"))
    first = Block.objects.get()
    assert "受付停止を続ける" in text_of(desk, path)
    desk.post(path, typed(first.pk, code="threat", ends_on=day(60).isoformat()))
    second = Block.objects.get(ended_at=None)
    assert second.ends_on == day(60)
    answer = desk.post(home(sora, "block/lift/"), {"row": str(second.pk)}, follow=True)
    assert "受付停止を解除しました" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": " "}, "書いてください"),
        ({"code": ""}, "理由を選んでください"),
        ({"code": "because"}, "理由を選んでください"),
        ({"ends_on": day(0).isoformat()}, "あす以降の日を選んでください"),
        ({"ends_on": day(91).isoformat()}, "90日以内"),
        ({"ends_on": "2026-02-31"}, "日付を選んでください"),
        ({"reason": "あ" * 1_001}, "長すぎます"),
        ({"reason": "壊れた\0"}, "<"),
    ],
)
def test_a_refused_block_keeps_what_was_typed(wrong: dict[str, str], said: str, desk: Client, sora: Visitor) -> None:
    answer = desk.post(home(sora, "block/"), typed(code="threat") | wrong)
    page = answer.content.decode()
    assert (answer.status_code, Block.objects.count()) == (200, 0)
    assert said in page
    if "reason" not in wrong:
        assert WHY in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"per_day": ""}, "少なくともひとつ"),
        ({"per_day": "11"}, "1から10まで"),
        ({"per_day": "三"}, "数字で書いてください"),
        ({"per_day": "3", "per_week": "2"}, "1週間の回数より多くはできません"),
        ({"told": ""}, "書いてください"),
        ({"ends_on": day(181).isoformat()}, "180日以内"),
    ],
)
def test_a_refused_agreement_keeps_what_was_typed(
    wrong: dict[str, str], said: str, desk: Client, sora: Visitor
) -> None:
    answer = desk.post(home(sora, "limit/"), typed(per_day="1", told=SAID) | wrong)
    assert (answer.status_code, Limit.objects.count()) == (200, 0)
    assert said in answer.content.decode()
    assert WHY in answer.content.decode()


def test_a_form_sent_twice_decides_once(desk: Client, sora: Visitor) -> None:
    form = typed(code="sexual")
    for _time in range(2):
        assert desk.post(home(sora, "block/"), form).status_code == 302
    assert Block.objects.count() == 1


def test_the_later_supervisor_reads_who_was_first_and_may_press_again(
    desk: Client, sora: Visitor, program: Program
) -> None:
    jun = person("Jun", program, Role.SUPERVISOR)
    first = block(sora, jun)
    answer = desk.post(home(sora, "block/"), typed(code="threat"))
    page = answer.content.decode()
    assert "Junさんが" in page
    assert WHY in page
    assert f'name="seen" value="{first.pk}"' in page
    assert desk.post(home(sora, "block/"), typed(first.pk, code="threat")).status_code == 302
    assert Block.objects.get(ended_at=None).code == "threat"


def test_who_decides_on_what_was_lifted_meanwhile_is_told(desk: Client, sora: Visitor, mio: User) -> None:
    first = block(sora, mio)
    arrangements.lift(visitor_id=sora.pk, row_id=first.pk, by=mio)
    page = desk.post(home(sora, "block/"), typed(first.pk, code="threat")).content.decode()
    assert "前の決定が終わりました" in page


@pytest.mark.parametrize("row", ["", "x", "-1", "9" * 30, "²"])
def test_ending_nothing_is_nowhere(row: str, desk: Client, sora: Visitor) -> None:
    assert desk.post(home(sora, "block/lift/"), {"row": row}).status_code == 404


def test_of_another_program_s_visitor_there_is_no_page(signed_in: SignedIn, sora: Visitor) -> None:
    other = Program.objects.create(slug="other", name="他", kind="women", starts_on=day(-9))
    farmio = signed_in(person("Farmio", other, Role.SUPERVISOR))
    for rest in ("", "approach/", "limit/", "block/"):
        assert farmio.get(home(sora, rest)).status_code == 404
        assert farmio.get(f"/programs/other/visitors/{sora.pk}/{rest}").status_code == 404


def test_who_was_erased_has_no_page(desk: Client, sora: Visitor, mio: User) -> None:
    write(sora, mio)
    Visitor.objects.update(wrapped_key=b"")
    assert desk.get(home(sora)).status_code == 404
    assert sora.pseudonym not in text_of(desk, LIST)
