"""Questions of every kind on the page before a talk: shown, answered, refused at the field, asked after an answer."""

import json
import re

import pytest
from django.test import Client

from counseling import crypto
from counseling.actions import editions
from counseling.forms import Choice, Condition, Form, Kind, Question
from counseling.models import Part, Program, Session
from counseling.models.edition import form_of, number
from tests.counseling.gateways.web.conftest import PAGE, Begin, filled

pytestmark = pytest.mark.django_db
WHO = Question(
    "who", Kind.CHOICE, {"ja": "どなたのこと", "en": "About whom"},
    (Choice("self", {"ja": "自分", "en": "Me"}), Choice("child", {"ja": "子《こ》ども", "en": "My child"})),
)  # fmt: skip
AFTER = Condition("who", ("child",))
MANY = tuple(Choice(f"c{n}", {"ja": f"{n}番"}) for n in range(7))
TOPICS = (Choice("work", {"ja": "仕事"}), Choice("home", {"ja": "家"}))
EVERY_KIND = Form((
    WHO,
    Question("town", Kind.CHOICE, {"ja": "まち"}, MANY),
    Question("topics", Kind.CHOICES, {"ja": "こと", "en": "Topics"}, TOPICS),
    Question("safe", Kind.YES_NO, {"ja": "安全ですか"}, help={"ja": "いまいる場所のことです。"}),
    Question("age", Kind.NUMBER, {"ja": "お子さんの歳"}, shown_if=AFTER),
    Question("school", Kind.TEXT, {"ja": "学校"}, shown_if=AFTER),
    Question("story", Kind.LONG_TEXT, {"ja": "くわしく"}),
    Question("since", Kind.DATE, {"ja": "いつから"}),
))  # fmt: skip
WHOLE = {
    "who": "child", "town": "c6", "topics": ["home", "work"], "safe": "yes", "age": "１２", "school": "〇〇小",
    "story": "一行目\r\n二行目", "since": "2026/11/1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def every_kind(program: Program) -> None:
    """The program asks a question of each kind."""
    publish(program, EVERY_KIND)


def publish(program: Program, form: Form) -> None:
    editions.put_in_force(program, Part.INTAKE, form.to_json(), by=None)
    program.save(update_fields=["editions"])


def typed(**answers: object) -> dict[str, object]:
    return {f"attribute_{key}": answer for key, answer in answers.items()}


def intake_of(session: Session) -> dict[str, object]:
    """Codes and words together, the words opened."""
    sealed = bytes(session.intake_words)
    words = json.loads(crypto.open_text(session.visitor.key(), sealed, session.place_of_intake)) if sealed else {}
    return {**session.attributes, **words}


def page_of(client: Client, language: str = "ja") -> str:
    return client.get(f"{PAGE}?lang={language}").content.decode()


def test_answers_of_every_kind_are_kept(begin: Begin) -> None:
    session = begin(**typed(**WHOLE))
    kept = {**WHOLE, "age": 12, "story": "一行目\n二行目", "since": "2026-11-01"}
    assert intake_of(session) == kept
    assert set(session.attributes) == {"who", "town", "topics", "safe", "age", "since"}


def test_nothing_must_be_answered(begin: Begin) -> None:
    assert intake_of(begin(**typed(who="", topics=[], age="", story=" ", since=""))) == {}


@pytest.mark.parametrize(("given", "told"), [
    ({"age": "三つ", "who": "child"}, "数字だけで書いてください"),
    ({"age": "-1", "who": "child"}, "数字だけで書いてください"),
    ({"age": "10000000", "who": "child"}, "数字だけで書いてください"),
    ({"since": "きのう"}, "日付として読めませんでした"),
    ({"since": "2026-02-30"}, "日付として読めませんでした"),
    ({"story": "あ" * 4_001}, "長すぎます"),
    ({"school": "あ" * 201, "who": "child"}, "長すぎます"),
    ({"town": "c7"}, "一覧から選びなおしてください"),
    ({"topics": ["work", "sky"]}, "一覧から選びなおしてください"),
])  # fmt: skip
def test_what_cannot_be_taken_is_told_at_its_field(
    given: dict[str, object], told: str, sora: Client, program: Program
) -> None:
    response = sora.post(f"{PAGE}start", {**filled(program), **typed(**given)})
    key = next(iter(given))
    place = re.search(rf'id="error-attribute_{key}"[^>]*>([^<]*)<', response.content.decode())
    assert response.status_code == 400
    assert place and told in place[1]
    assert not Session.objects.exists()


def test_a_question_nobody_is_asked_stops_nobody(begin: Begin) -> None:
    assert intake_of(begin(**typed(who="self", age="三つ", school="〇〇小"))) == {"who": "self"}


def test_without_a_script_the_page_says_whom_a_question_is_for(sora: Client) -> None:
    Program.objects.update(languages=["ja", "en"])
    page = page_of(sora)
    assert "どなたのこと: 「子ども」の方だけお答えください。" in page
    assert 'data-after="attribute_who" data-values="child"' in page
    assert "Only if you answered “My child” to: About whom" in page_of(sora, "en")


def test_each_kind_has_its_control(sora: Client) -> None:
    page = page_of(sora)
    for control in (
        '<select name="attribute_town"', 'type="checkbox" name="attribute_topics"',
        'type="radio" name="attribute_safe"',
        '<input type="text" name="attribute_age" inputmode="numeric"', '<textarea name="attribute_story"',
        '<input type="date" name="attribute_since"', "いまいる場所のことです。",
    ):  # fmt: skip
        assert control in page, control


def test_words_that_are_missing_in_a_language_are_marked_as_japanese(sora: Client, program: Program) -> None:
    Program.objects.update(languages=["ja", "en"])
    page = page_of(sora, "en")
    assert '<legend lang="ja">安全ですか</legend>' in page
    assert "<legend>Topics</legend>" in page


def test_readings_are_drawn_or_left_out(sora: Client, program: Program) -> None:
    Program.objects.update(furigana=["ja"])
    assert "<ruby>子<rp>(</rp><rt>こ</rt><rp>)</rp></ruby>ども" in page_of(sora)
    Program.objects.update(furigana=[])
    assert "《" not in page_of(sora)


# A version published while the page stood open


def test_answers_go_with_the_questions_that_were_read(sora: Client, program: Program, begin: Begin) -> None:
    read = re.search(r'name="intake_version" value="(\d+)"', page_of(sora))
    assert read and int(read[1]) == number(program.editions, Part.INTAKE)
    publish(program, Form((Question("who", Kind.TEXT, {"ja": "お名前は"}),)))
    session = begin(intake_version=read[1], **typed(who="child", safe="no"))
    assert intake_of(session) == {"who": "child", "safe": "no"}
    assert form_of(session.editions, Part.INTAKE) == EVERY_KIND
    assert session.editions[Part.TERMS] == program.editions[Part.TERMS]


def test_a_mistake_does_not_change_the_questions_under_the_visitor(sora: Client, program: Program) -> None:
    read = str(number(program.editions, Part.INTAKE))
    publish(program, Form())
    answers = {**filled(program), **typed(safe="no"), "consent": "", "intake_version": read}
    page = sora.post(f"{PAGE}start", answers).content.decode()
    assert "安全ですか" in page
    assert f'name="intake_version" value="{read}"' in page


@pytest.mark.parametrize("version", ["", "-1", "999", "9" * 30, "x", "1' OR 1=1"])
def test_a_version_nobody_published_means_the_present_one(version: str, program: Program, begin: Begin) -> None:
    session = begin(intake_version=version, **typed(safe="no"))
    assert session.editions == program.editions
    assert intake_of(session) == {"safe": "no"}


def test_who_read_no_questions_answered_none(program: Program, begin: Begin) -> None:
    session = begin(intake_version="0", **typed(safe="no"))
    assert (session.attributes, form_of(session.editions, Part.INTAKE)) == ({}, Form())
