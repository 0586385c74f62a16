"""The forms' pages: four listed, one built from post to post, refused beside the field."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from counseling.actions import editions
from counseling.forms import Choice, Condition, Form, Kind, Question
from counseling.models import Edition, Part, Program
from counseling.models.edition import form_of
from counseling.pages import form_words
from tests.conftest import INTAKE
from tests.counseling.pages.building import Builder

pytestmark = pytest.mark.django_db
LIST = "/programs/women/forms/"
SignedIn = Callable[[User], Client]
AGE, AREA = INTAKE.questions


@pytest.fixture
def browser(program: Program, aoi: User, signed_in: SignedIn) -> Client:
    """Aoi's browser; the program speaks Japanese and English."""
    Program.objects.update(languages=["ja", "en"])
    return signed_in(aoi)


@pytest.fixture
def builder(browser: Client) -> Builder:
    """The page of the intake's questions."""
    return Builder(browser)


def present(part: Part = Part.INTAKE) -> Form:
    return form_of(Program.objects.get().editions, part)


def publish(program: Program, by: User, *questions: Question) -> None:
    editions.publish(program_id=program.pk, part=Part.INTAKE, content=Form(questions).to_json(), by=by)


# The list


def test_the_list_says_what_each_form_is_for_and_since_when(browser: Client, program: Program, aoi: User) -> None:
    publish(program, aoi, AGE)
    page = unescape(browser.get(LIST).content.decode())
    for part in form_words.FORMS:
        assert f'href="{LIST}{part.value}/"' in page and str(form_words.PURPOSES[part]) in page
    assert "第2版" in page and "Aoi" in page
    assert page.count("まだ質問がありません") == 3
    assert "訳の足りない言語: 英語" in page


def test_the_list_asks_no_more_for_many_versions(browser: Client, program: Program, aoi: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(LIST)
        return len(asked)

    queries()
    few = queries()
    for n in range(5):
        publish(program, aoi, AGE, *(AREA,) * (n % 2))
    queries()
    assert queries() == few


@pytest.mark.parametrize("part", ["texts", "nonsense"])
def test_what_is_no_form_has_no_page(browser: Client, part: str) -> None:
    assert browser.get(f"{LIST}{part}/").status_code == 404


# Building


def test_a_question_is_added_written_and_published(builder: Builder, aoi: User) -> None:
    builder.press("add:choice")
    builder.press(
        "keep", label_ja="学校は", label_en="School", help_ja="いまの", more="小学校\r\n\r\n 中学校 \r\n", personal="on"
    )
    page = builder.press("close", choices_en="Primary\r\nSecondary")
    assert builder.names == ["年代", "お住まい", "学校は"]
    assert "1つ選ぶ ・ 個人情報" in page
    page = builder.press("publish", note="学校をたずねることにした")
    assert "公開しました(第2版)" in page
    added = present().questions[-1]
    assert added == Question(
        "q1", Kind.CHOICE, {"ja": "学校は", "en": "School"},
        (Choice("c1", {"ja": "小学校", "en": "Primary"}), Choice("c2", {"ja": "中学校", "en": "Secondary"})),
        {"ja": "いまの"}, personal=True,
    )  # fmt: skip
    edition = Edition.objects.get(part=Part.INTAKE, number=2)
    assert (edition.note, edition.made_by) == ("学校をたずねることにした", aoi)
    assert AuditEntry.objects.get(deed="program.changed").actor_id == aoi.pk


def test_a_condition_is_chosen_from_the_answers_of_an_earlier_question(builder: Builder) -> None:
    builder.press("add:text")
    page = builder.press("keep", label_ja="学校は", after="age")
    assert 'name="after_values" value="10s"' in page
    builder.press("close", after_values=["10s"])
    assert "「年代」で「10代」のときだけ" in builder.page
    builder.press("publish")
    assert present().questions[-1].shown_if == Condition("age", ("10s",))


def test_questions_move_by_buttons_and_come_back_when_taken_out(builder: Builder) -> None:
    builder.press("down:age")
    assert builder.names == ["お住まい", "年代"]
    builder.press("up:age")
    page = builder.press("remove:age")
    assert builder.names == ["お住まい"] and "「年代」を外しました。" in page
    builder.press("put-back")
    assert builder.names == ["年代", "お住まい"]


def test_choices_move_and_keep_their_meaning_when_renamed(builder: Builder) -> None:
    builder.press("open:age")
    builder.press("choice-down:10s", choice_10s="十代")
    builder.press("choice-removal:30s")
    builder.press("close")
    builder.press("publish")
    builder.press("publish")
    assert [(one.value, one.label["ja"]) for one in present().questions[0].choices] == [
        ("20s", "20代"),
        ("10s", "十代"),
    ]


def test_a_choice_of_the_house_comes_with_its_meaning_and_its_words(builder: Builder) -> None:
    page = builder.press("open:age")
    assert "集計: この窓口だけの項目" in page  # 10s is nobody else's
    assert 'value="standard:40s"' in page and 'value="standard:20s"' not in page
    builder.press("standard:40s")
    assert "集計: 「40代」" in builder.page
    builder.press("publish")
    assert present().questions[0].choices[-1] == Choice(
        "40s", {"ja": "40代", "ja-easy": "40歳《さい》から　49歳《さい》", "en": "40s"}
    )


def test_what_must_be_answered_is_asked_only_where_somebody_finishes_the_form(browser: Client) -> None:
    intake, record = Builder(browser), Builder(browser, "record")
    assert 'name="required"' not in intake.press("open:age")
    assert 'name="required"' in record.press("add:text")
    record.press("close", label_ja="概要", required="on")
    assert "短い文 ・ 必須" in record.page
    record.press("publish")
    assert present(Part.RECORD).questions[0].required


def test_a_form_without_questions_says_what_to_do_next(browser: Client) -> None:
    assert "下から答え方を選んで、最初の質問を足してください。" in Builder(browser, "survey").page


def test_publishing_what_is_there_already_makes_no_version(builder: Builder) -> None:
    assert "変わったところはありません。" in builder.press("publish")
    assert Edition.objects.filter(part=Part.INTAKE).count() == 1


# Refused


WRONG = [
    ({"label_ja": ""}, "日本語の質問文を書いてください。", "label_ja"),
    ({"label_en": "x" * 201}, "長すぎます。200文字までにしてください。", "label_en"),
    ({"help_ja": "長" * 401}, "長すぎます。400文字までにしてください。", "help_ja"),
    ({"choice_10s": " "}, "日本語のことばを書いてください。使わないときは「外す」を押します。", "choice_10s"),
    ({"choice_20s": "10代"}, "上と同じことばです。見分けられるようにしてください。", "choice_20s"),
    ({"report": "topics"}, "この集計項目は、この答え方では数えられません。", "report"),
    ({"report": "consent"}, "この集計項目は、このフォームでは使えません。", "report"),
    ({"report": "area"}, None, "report"),
    ({"choices_en": "Teens\nTwenties"}, "選択肢は3個ですが、2行あります。", "choices_en"),
]  # fmt: skip


@pytest.mark.parametrize("act", ["close", "publish"])
@pytest.mark.parametrize(("written", "said", "field"), WRONG)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    builder: Builder, act: str, written: dict[str, str], said: str | None, field: str
) -> None:
    builder.press("open:age")
    typed = {"label_ja": "ご年齢", "label_en": "Your age"} | written
    page = builder.press(act, **typed)
    if said is None:  # two questions for one figure: said at the second
        assert "同じ集計項目の質問が、上にもあります。" in page
    else:
        assert said in page
        assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', page)
        for name, words in typed.items():
            if name != "report":
                assert words.strip() in page, name
    assert Edition.objects.filter(part=Part.INTAKE).count() == 1


def test_lines_that_do_not_fit_hold_every_act_until_they_are_seen_to(builder: Builder) -> None:
    builder.press("open:age")
    builder.press("open:area", choices_en="Teens", label_ja="ご年齢")
    assert 'value="ご年齢"' in builder.page and "Teens</textarea>" in builder.page
    builder.press("open:area", choices_en="")
    assert builder.names == ["ご年齢"]


def test_a_condition_that_lost_its_question_is_said_at_once(builder: Builder, program: Program, aoi: User) -> None:
    publish(program, aoi, AGE, Question("school", Kind.TEXT, {"ja": "学校"}, shown_if=Condition("age", ("10s",))))
    builder = Builder(builder.browser)
    assert "条件にした質問が、この質問より後にあります。" in builder.press("down:age")
    assert "条件にした質問が、なくなっています。" in builder.press("remove:age")
    page = builder.press("publish")
    assert "まだ公開していません。直すところがあります。" in page and 'name="after"' in page


def test_a_note_too_long_keeps_the_draft(builder: Builder) -> None:
    builder.press("down:age")
    page = builder.press("publish", note="長" * 201)
    assert "長すぎます。200文字までにしてください。" in page
    assert builder.names == ["お住まい", "年代"] and "長" * 201 in page
    assert Edition.objects.filter(part=Part.INTAKE).count() == 1


@pytest.mark.parametrize("sketch", ["", "{}", "[[1], null]"])
def test_a_draft_we_did_not_write_is_a_bad_request(browser: Client, sketch: str) -> None:
    assert browser.post(f"{LIST}intake/", {"sketch": sketch, "act": "publish"}).status_code == 400


@pytest.mark.parametrize(
    "act", ["", "drop", "up:nobody", "open:nobody", "add:song", "choice-up:c9", "standard:x", "look:xx", "put-back"]
)
def test_an_act_nobody_knows_changes_nothing(builder: Builder, act: str) -> None:
    builder.press(act)
    assert builder.names == ["年代", "お住まい"]


def test_markup_in_a_question_stays_words(builder: Builder) -> None:
    builder.press("add:yes_no")
    builder.press("keep", label_ja="<script>x</script>\"'")
    builder.press("look:ja")
    assert "<script>x" not in builder.raw and "<script>x" not in builder.frame
