"""«相談員のケア», «自分のケア» and its self-check, as people see and use them."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.actions import care, duty, sessions
from counseling.lifecycle import EndReason
from counseling.models import Aftercare, Assignment, Break, Program, ReviewSheet, Session
from tests.conftest import Say

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def hard(active: Session, haru: User) -> Session:
    """Haru's talk with Sora, over, which Haru calls hard."""
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    care.mark(session_id=active.pk, hard=True, by=haru)
    return active


@pytest.fixture
def mio_at(signed_in: SignIn, mio: User) -> Client:
    """Mio's browser."""
    return signed_in(mio)


@pytest.fixture
def haru_at(signed_in: SignIn, haru: User) -> Client:
    """Haru's browser."""
    return signed_in(haru)


def read(browser: Client, name: str, *args: object) -> str:
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def tick(browser: Client, session: Session, outcome: str) -> str:
    part = Assignment.objects.get(session=session)
    path = reverse("office:debrief", args=["women", part.pk])
    return browser.post(path, {"outcome": outcome}, follow=True).content.decode()


def test_a_supervisor_sees_whose_shift_was_heavy_in_words(mio_at: Client, hard: Session, ren: User) -> None:
    page = read(mio_at, "office:care", "women")
    assert "この勤務で重い相談 1件" in page
    assert "この勤務で重い相談はありません" in page
    assert "本人がしんどかったとしています" in page


def test_an_empty_shift_says_what_will_stand_here(mio_at: Client) -> None:
    assert "重い相談が終わると、ここに並びます。" in read(mio_at, "office:care", "women")


def test_a_supervisor_ticks_and_takes_back(mio_at: Client, mio: User, hard: Session) -> None:
    assert "24時間のうちに済んだもの" in tick(mio_at, hard, "talked")
    assert Aftercare.objects.get().debriefed_by == mio
    assert "勤務が終わるまでに話したいもの" in tick(mio_at, hard, "")
    assert Aftercare.objects.get().debrief == ""


def test_a_tick_that_means_nothing_is_not_there(mio_at: Client, hard: Session) -> None:
    part = Assignment.objects.get(session=hard)
    for outcome in ("maybe", "TALKED"):
        assert mio_at.post(reverse("office:debrief", args=["women", part.pk]), {"outcome": outcome}).status_code == 404


def test_what_is_left_over_stands_first_for_the_next_supervisor(
    mio_at: Client, hard: Session, haru: User, program: Program
) -> None:
    duty.check_out(program_id=program.pk, by=haru)
    ago = timezone.now() - timedelta(hours=3)
    Session.objects.update(ended_at=ago)
    Assignment.objects.update(since=ago - timedelta(minutes=30))
    haru.duties.update(began_at=ago - timedelta(hours=1), ended_at=ago + timedelta(minutes=5))
    page = read(mio_at, "office:care", "women")
    assert page.index("前の勤務から残っている振り返り") < page.index("勤務が終わるまでに話したいもの")


def test_an_own_talk_has_no_buttons(mio_at: Client, mio: User, waiting: Session) -> None:
    sessions.claim(session_id=waiting.pk, by=mio)
    sessions.end(session_id=waiting.pk, by=mio, reason=EndReason.CONCLUDED, farewell=False)
    care.mark(session_id=waiting.pk, hard=True, by=mio)
    page = read(mio_at, "office:care", "women")
    assert "ほかのSVが話を聞いて、記録します。" in page
    assert "話しました" not in page
    assert "ご自分の相談です。" in tick(mio_at, waiting, "talked")


def test_the_page_says_when_nobody_is_left(mio_at: Client, mio: User, hard: Session, haru: User) -> None:
    mio.duties.all().delete()
    assert "受けられる人がいません" not in read(mio_at, "office:care", "women")
    care.take_pause(session_id=hard.pk, by=haru)
    page = read(mio_at, "office:care", "women")
    assert "ケアの休憩で、いま相談を受けられる人がいません。" in page
    assert "ケアの休憩 " in page


def test_the_page_says_when_the_rule_of_reception_is_broken(mio_at: Client, hard: Session, haru: User) -> None:
    Program.objects.update(least_on_duty=2)
    care.take_pause(session_id=hard.pk, by=haru)
    assert "受付に必要な人数を下回っています" in read(mio_at, "office:care", "women")


def test_a_long_list_costs_no_more_queries(mio_at: Client, hard: Session, haru: User, sora_says: Say) -> None:
    with CaptureQueriesContext(connection) as few:
        read(mio_at, "office:care", "women")
    for number in range(3):
        one = sora_says("聞いてください", "U" + str(number) * 32)
        sessions.claim(session_id=one.pk, by=haru)
        sessions.end(session_id=one.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
        care.mark(session_id=one.pk, hard=True, by=haru)
    with CaptureQueriesContext(connection) as many:
        read(mio_at, "office:care", "women")
    assert len(many) == len(few)


def test_a_counselor_sees_their_own_and_nobody_else_s(
    haru_at: Client, signed_in: SignIn, hard: Session, ren: User
) -> None:
    name = hard.visitor.pseudonym
    assert name in read(haru_at, "care")
    assert name not in read(signed_in(ren), "care")


def test_a_counselor_rests_with_one_press(haru_at: Client, hard: Session) -> None:
    assert "10分休む" in read(haru_at, "care")
    answer = haru_at.post(reverse("care-act", args=[hard.pk]), {"do": "rest"}, follow=True)
    assert "まで休憩です。新しい相談は届きません。" in answer.content.decode()
    assert Break.objects.get().reason == "care"
    assert "10分休む" not in read(haru_at, "care")


def test_a_counselor_goes_on_and_thinks_better_of_it(haru_at: Client, hard: Session) -> None:
    path = reverse("care-act", args=[hard.pk])
    assert "やはり休む" in haru_at.post(path, {"do": "go_on"}, follow=True).content.decode()
    haru_at.post(path, {"do": "rest"})
    assert Break.objects.exists()


def test_the_mark_is_set_and_taken_back_on_the_page(haru_at: Client, hard: Session) -> None:
    path = reverse("care-act", args=[hard.pk])
    assert "しんどかった、とあなたが選びました" in read(haru_at, "care")
    haru_at.post(path, {"do": "not_hard"})
    assert not Aftercare.objects.get().hard
    assert haru_at.post(path, {"do": "dance"}).status_code == 404


@pytest.mark.parametrize(
    ("spoil", "told"),
    [("late", "おすすめの時間を過ぎています"), ("off", "勤務中ではないので"), ("again", "まだ続いている相談です")],
)
def test_what_cannot_be_is_said_kindly(haru_at: Client, hard: Session, haru: User, spoil: str, told: str) -> None:
    if spoil == "late":
        Program.objects.update(care_pause=timedelta(0))
    elif spoil == "off":
        haru.duties.all().delete()
    else:
        sessions.reopen(session_id=hard.pk, by=haru)
    answer = haru_at.post(reverse("care-act", args=[hard.pk]), {"do": "rest"}, follow=True)
    assert told in answer.content.decode()


def test_a_review_sheet_is_begun_from_the_page(mio_at: Client, mio: User, hard: Session, haru: User) -> None:
    path, part = reverse("office:review-begin", args=["women"]), f"{hard.pk}-{haru.pk}"
    assert f'value="{part}"' in read(mio_at, "office:care", "women")
    answer = mio_at.post(path, {"part": part})
    sheet = ReviewSheet.objects.get()
    assert (sheet.counselor, sheet.supervisor) == (haru, mio)
    assert answer["Location"] == reverse("review", args=[sheet.pk])
    assert f'value="{part}"' not in read(mio_at, "office:care", "women")


@pytest.mark.parametrize("part", ["", "1", "-", "a-b", "１-２", "1-" + "9" * 30])
def test_a_part_that_cannot_be_read_is_not_there(mio_at: Client, hard: Session, part: str) -> None:
    assert mio_at.post(reverse("office:review-begin", args=["women"]), {"part": part}).status_code == 404


def test_the_self_check_can_send_nothing(haru_at: Client) -> None:
    """Its boxes have neither a name nor a form around them: there is nothing a browser could send."""
    page = read(haru_at, "care")
    start = page.index('<div class="self-check">')
    check = page[start : page.index("</section>", start)]
    boxes = re.findall(r"<input[^>]*>", check)
    assert len(boxes) == 9
    assert not any(re.search(r"\bname=|\bform=|\bvalue=", box) for box in boxes)
    assert all('autocomplete="off"' in box for box in boxes)
    assert "<form" not in check
    before = page[:start]
    assert before.count("<form") == before.count("</form>")


def test_nothing_tells_that_the_self_check_was_looked_at(haru_at: Client) -> None:
    """The page is the same whether it is used or not: nothing folds, nothing is noted, and no browser keeps it."""
    answer = haru_at.get(reverse("care"))
    assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.count() == 0
    assert b"<details" not in answer.content.partition(b'<div class="self-check">')[2].partition(b"</section>")[0]


def test_the_self_check_prints_no_number_that_nobody_confirmed(haru_at: Client) -> None:
    page = read(haru_at, "care")
    check = page[page.index('<div class="self-check">') :]
    assert not re.search(r"\d{2,4}-\d{2,4}-\d{3,4}", check)
    assert "こころの耳" in check
