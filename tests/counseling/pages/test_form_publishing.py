"""A drafted form on its way: what would be lost, two people at once, its preview, its history."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from counseling.actions import editions
from counseling.forms import Form, Kind, Question, ReportKey
from counseling.models import Edition, Part, Program, Session
from counseling.models.edition import form_of
from tests.conftest import INTAKE
from tests.counseling.pages.building import Builder

pytestmark = pytest.mark.django_db
LIST = "/programs/women/forms/"
AGE, _AREA = INTAKE.questions


@pytest.fixture
def builder(browser: Client) -> Builder:
    """The page of the intake's questions."""
    return Builder(browser)


@pytest.fixture
def browser(program: Program, aoi: User, signed_in: Callable[[User], Client]) -> Client:
    """Aoi's browser; the program speaks Japanese and English."""
    Program.objects.update(languages=["ja", "en"])
    return signed_in(aoi)


def present() -> Form:
    return form_of(Program.objects.get().editions, Part.INTAKE)


def publish(program: Program, by: User, *questions: Question) -> None:
    editions.publish(program_id=program.pk, part=Part.INTAKE, content=Form(questions).to_json(), by=by)


# What would be lost


def test_losses_are_told_before_and_publishing_wants_to_be_asked_again(builder: Builder) -> None:
    page = builder.press("remove:age")
    assert "集計「年代」が、これからの相談では数えられなくなります。" in page
    assert "公開しました" in builder.press("publish")


def test_a_loss_that_was_not_shown_yet_holds_the_first_press(builder: Builder) -> None:
    builder.press("open:age")
    page = builder.press("publish", report="")
    assert "まだ公開していません。失われるものがあります。" in page and "集計「年代」が" in page
    assert present().meant(ReportKey.AGE_BAND)
    assert "公開しました" in builder.press("publish")


def test_answers_that_are_not_asked_for_any_more_are_counted(
    builder: Builder, start_talk: Callable[..., Session]
) -> None:
    for attributes, trial in (({"age": "10s"}, False), ({"age": "20s"}, False), ({"age": "10s"}, True)):
        Session.objects.filter(pk=start_talk(str(len(Session.objects.all())) * 43).pk).update(
            attributes=attributes, trial=trial
        )
    assert "「年代」は、これまでに2件の相談で答えられています。" in builder.press("remove:age")
    builder.press("put-back")
    builder.press("open:age")
    page = builder.press("choice-removal:10s")
    assert "「年代」の「10代」は、これまでに1件の相談で選ばれています。その答えは残りますが" in page
    assert "集計「年代」で、「10代」が数えられなくなります。" in page


def test_a_language_that_is_missing_is_named(builder: Builder) -> None:
    assert "英語がまだないもの: 年代、年代 (10代)" in builder.page


# Two at once


def test_the_second_of_two_is_told_and_loses_nothing(builder: Builder, program: Program, aoi: User) -> None:
    builder.press("add:text")
    builder.press("keep", label_ja="わたしの質問")
    program.refresh_from_db()
    publish(program, aoi, *INTAKE.questions, Question("q1", Kind.NUMBER, {"ja": "ほかの人の質問"}))
    page = builder.press("publish")
    assert "Aoiさんが第2版を公開しました。あなたの下書きはそのまま残っています。" in page
    assert "わたしの質問" in page and "ほかの人の質問" in page  # the one drafted, the other among what would go
    assert present().question("q1") is not None
    assert "公開しました(第3版)" in builder.press("publish")
    assert [one.key for one in present().questions] == ["age", "area", "q2"]


def test_who_is_in_the_middle_is_told_at_the_next_press(builder: Builder, program: Program, aoi: User) -> None:
    publish(program, aoi, AGE)
    assert "第2版を公開しました" in builder.press("down:age")
    assert builder.names == ["お住まい", "年代"]
    assert "第2版を公開しました" not in builder.press("up:age")


def test_a_version_published_in_the_same_moment_is_met_too(
    builder: Builder, program: Program, aoi: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = editions.publish

    def late(**given: Any) -> Edition:
        monkeypatch.setattr(editions, "publish", honest)
        publish(program, aoi, AGE)
        return honest(**given)

    builder.press("down:age")
    monkeypatch.setattr(editions, "publish", late)
    assert "第2版を公開しました" in builder.press("publish")
    assert builder.names == ["お住まい", "年代"]


# Preview


def test_the_preview_draws_the_draft_as_visitors_see_it(builder: Builder) -> None:
    builder.press("add:yes_no")
    builder.press("keep", label_ja="安全《あんぜん》ですか", label_en="Safe?")
    builder.press("look:ja")
    frame = builder.frame
    assert "data-inert" in frame and "安全" in frame and "答えなくても、相談できます。" in frame
    assert 'name="attribute_q1"' in frame and "dist/visitor.js" in frame
    builder.press("look:en")
    assert "Safe?" in builder.frame and "Yes" in builder.frame
    assert "srcdoc" not in builder.press("look:")


def test_staff_are_not_offered_to_decline(browser: Client) -> None:
    record = Builder(browser, "record")
    record.press("add:yes_no")
    record.press("keep", label_ja="同意")
    record.press("look:ja")
    assert "同意" in record.frame
    assert "答えない" not in record.frame and "すぐ離れる" not in record.frame


def test_a_draft_with_everything_wrong_can_be_looked_at(builder: Builder) -> None:
    for kind in Kind:
        builder.press(f"add:{kind.value}")
    assert "srcdoc" in builder.press("look:ja")


# Its history


def test_the_history_tells_questions_apart_and_an_earlier_version_is_used_again(
    builder: Builder, program: Program, browser: Client
) -> None:
    builder.press("open:age")
    builder.press("close", label_ja="おいくつ")
    builder.press("down:age")
    builder.press("publish", note="やわらかく")
    history = reverse("office:editions", args=["women", "intake"])
    page = unescape(browser.get(history).content.decode())
    assert "やわらかく" in page and '<h3 class="change-title">おいくつ</h3>' in page and "順番" in page
    assert f'href="{LIST}intake/"' in page
    browser.post(reverse("office:edition-use", args=["women", "intake", 1]), {"based_on": "2"})
    assert present() == INTAKE
