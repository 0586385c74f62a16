"""The questions before a talk: their order, their buttons, and what counts as an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.forms import Answer, Choice, Condition, Form, Kind, Question
from counseling.intake import (
    CONSENT,
    LANGUAGE,
    Answered,
    Code,
    Progress,
    Tap,
    answer_of,
    asked,
    chosen,
    first_step,
    following,
    said_plainly,
    tap_of,
    with_answer,
)
from counseling.intake.taps import data_of
from counseling.quick_replies import LONGEST_DATA, MOST, QuickReply
from counseling.text import utf16_length


def choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{n}", {"ja": f"{n}番め", "en": f"no {n}"}) for n in range(count))


AGE = Question("age", Kind.CHOICE, {"ja": "年代", "en": "Age"}, choices(3))
CHILDREN = Question("children", Kind.YES_NO, {"ja": "お子さんはいますか"})
HOW_MANY = Question("how_many", Kind.NUMBER, {"ja": "何人"}, shown_if=Condition("children", ("yes",)))
TOPICS = Question("topics", Kind.CHOICES, {"ja": "話したいこと"}, choices(4))
LINE = Question("line", Kind.TEXT, {"ja": "ひとこと"})
SINCE = Question("since", Kind.DATE, {"ja": "いつから"})
FORM = Form((AGE, CHILDREN, HOW_MANY, TOPICS, LINE, SINCE))
MANY = Form((Question("area", Kind.CHOICE, {"ja": "お住まい"}, choices(47)),))


def buttons(progress: Progress, form: Form = FORM, language: str = "ja", **answers: Answer) -> tuple[QuickReply, ...]:
    return asked(progress, session_id=7, form=form, answers=answers, languages=["ja", "en"], language=language).replies


def codes(replies: tuple[QuickReply, ...]) -> list[str]:
    return [tap.code for reply in replies if (tap := tap_of(reply.data))]


def test_who_has_no_choice_of_languages_is_asked_for_consent_first() -> None:
    assert first_step(["ja"], chosen_before=False) == CONSENT
    assert first_step(["ja", "en"], chosen_before=False) == LANGUAGE
    assert first_step(["ja", "en"], chosen_before=True) == CONSENT


def test_questions_come_in_order_and_only_those_that_apply() -> None:
    assert following(FORM, CONSENT, {}) == AGE
    assert following(FORM, "children", {"children": "yes"}) == HOW_MANY
    assert following(FORM, "children", {"children": "no"}) == TOPICS
    assert following(FORM, "children", {}) == TOPICS
    assert following(FORM, "since", {}) is None
    assert following(Form(), CONSENT, {}) is None


def test_a_step_is_stored_and_read_again() -> None:
    progress = Progress(said={"line": 12}).at("age").again()
    assert Progress.of(progress.to_json()) == progress
    assert Progress.of({}) == Progress()
    assert (progress.turn, progress.repeats) == (1, 1)
    assert progress.at("topics").repeats == 0
    assert progress.over().step == ""
    assert progress.over().turn > progress.turn


def test_consent_is_asked_with_two_buttons_and_a_way_to_other_languages() -> None:
    agree, refuse, language = buttons(Progress(CONSENT, 1))
    assert (agree.label, refuse.label, language.label) == ("同意して相談する", "同意しない", "ことば/Language")
    assert agree.shown == "同意して相談する"
    assert codes((agree, refuse, language)) == [Code.AGREE, Code.REFUSE, Code.LANGUAGE]


def test_languages_are_offered_in_their_own_words() -> None:
    assert [reply.label for reply in buttons(Progress(LANGUAGE, 1))] == ["日本語", "English"]


def test_every_question_can_be_left_unanswered() -> None:
    for question in FORM.questions:
        assert Code.NONE in codes(buttons(Progress(question.key, 1)))


def test_choices_that_fit_stand_on_one_page() -> None:
    assert codes(buttons(Progress("age", 1))) == ["c0", "c1", "c2", Code.NONE]
    twelve = Form((Question("area", Kind.CHOICE, {"ja": "お住まい"}, choices(12)),))
    assert len(buttons(Progress("area", 1), twelve)) == MOST


def test_forty_seven_prefectures_are_paged_round_and_round() -> None:
    pages = [codes(buttons(Progress("area", 1, page), MANY)) for page in range(6)]
    assert [len(page) for page in pages] == [13, 13, 13, 13, 5, 13]
    assert {code for page in pages for code in page} == {f"c{n}" for n in range(47)} | {Code.MORE, Code.NONE}
    assert pages[5] == pages[0]


def test_several_are_chosen_one_after_another() -> None:
    assert chosen(TOPICS, None, "c2") == Answered(["c2"], done=False)
    assert chosen(TOPICS, ["c2"], "c0") == Answered(["c0", "c2"], done=False)
    assert chosen(TOPICS, ["c0", "c2"], "c2") == Answered(["c0", "c2"], done=False)
    assert chosen(TOPICS, ["c0", "c2"], Code.DONE) == Answered(["c0", "c2"], done=True)
    assert chosen(TOPICS, ["c0", "c1", "c2"], "c3") == Answered(["c0", "c1", "c2", "c3"], done=True)


def test_what_was_chosen_is_told_and_not_offered_again() -> None:
    told = asked(
        Progress("topics", 2), session_id=7, form=FORM, answers={"topics": ["c1"]}, languages=["ja"], language="ja"
    )
    assert "選んだもの:1番め" in told.words
    assert codes(told.replies) == ["c0", "c2", "c3", Code.DONE]


def test_choices_too_long_for_a_button_are_read_above_it() -> None:
    long = "政令指定都市・中核市のほかの市町村にお住まいの方"
    form = Form((Question("area", Kind.CHOICE, {"ja": "お住まい"}, (Choice("rest", {"ja": long}), *choices(1))),))
    told = asked(Progress("area", 1), session_id=7, form=form, answers={}, languages=["ja"], language="ja")
    assert f"・{long}" in told.words
    assert told.replies[0].label.endswith("…")
    assert told.replies[0].shown == long


def test_readings_stay_above_words_and_off_buttons() -> None:
    easy = Form((Question("age", Kind.CHOICE, {"ja": "年代"}, (Choice("a", {"ja": "歳", "ja-easy": "歳《さい》"}),)),))
    told = asked(Progress("age", 1), session_id=7, form=easy, answers={}, languages=["ja"], language="ja-easy")
    assert [reply.label for reply in told.replies] == ["歳", "答えない"]
    assert "《" in told.words


@pytest.mark.parametrize(
    ("question", "said", "answer"),
    [
        (LINE, "夫のことで", "夫のことで"),
        (LINE, " \n", None),
        (LINE, "あ" * 500, "あ" * 200),
        (HOW_MANY, "3人です", 3),
        (HOW_MANY, "３", 3),
        (HOW_MANY, "たくさん", None),
        (HOW_MANY, "2と3", None),
        (HOW_MANY, "9999999", None),
        (SINCE, "2026年11月6日", "2026-11-06"),
        (SINCE, "２０２６/１１/6", "2026-11-06"),
        (SINCE, "2026-02-30", None),
        (SINCE, "きのう", None),
        (AGE, "きのう", None),
    ],
)
def test_written_answers_are_read_as_people_write_them(question: Question, said: str, answer: Answer | None) -> None:
    assert answer_of(question, said) == answer


@pytest.mark.parametrize(
    ("step", "said", "code"),
    [
        (CONSENT, "同意します。", Code.AGREE),
        (CONSENT, "同意して相談する", Code.AGREE),
        (CONSENT, "同意しません", Code.REFUSE),
        (CONSENT, "はい", None),
        (CONSENT, "いいえ", None),
        (CONSENT, "同意したくても親がいます", None),
        (LANGUAGE, "english", "en"),
        (LANGUAGE, "やさしい日本語", None),
        ("age", "１番め", "c1"),
        ("age", "No 2", "c2"),
        ("age", "答えない", Code.NONE),
        ("children", "はい", "yes"),
        ("topics", "これでよい", Code.DONE),
        ("age", "", None),
    ],
)
def test_who_writes_what_a_button_says_has_pressed_it(step: str, said: str, code: str | None) -> None:
    assert said_plainly(step, FORM.question(step), ["ja", "en"], said) == code


@pytest.mark.parametrize("code", ["yes", "c9", Code.DONE, Code.AGREE, Code.DAY])
def test_a_button_of_another_question_answers_nothing(code: str) -> None:
    assert chosen(AGE, None, code) is None


def test_a_day_is_picked_in_a_calendar() -> None:
    assert chosen(SINCE, None, Code.DAY, "2026-11-26") == Answered("2026-11-26", done=True)
    assert chosen(SINCE, None, Code.DAY, "2026-13-26") is None
    assert [reply.picks_date for reply in buttons(Progress("since", 1))] == [True, False]


def test_no_answer_leaves_no_trace() -> None:
    assert with_answer({"age": "c1"}, "age", None) == {}
    assert with_answer({}, "age", "c2") == {"age": "c2"}


@pytest.mark.parametrize("data", ["menu=talk", "intake=7.1", "intake=7.1=", "intake=x.1=c0", "intake=7.1=c0 ", ""])
def test_other_postbacks_are_not_ours(data: str) -> None:
    assert tap_of(data) is None


@given(st.integers(1, 2**59), st.integers(0, 999_999), st.from_regex(r"[a-z0-9][a-z0-9_]{0,39}", fullmatch=True))
def test_a_tap_says_what_its_button_was_made_with(session_id: int, turn: int, code: str) -> None:
    data = data_of(session_id, turn, code)
    assert tap_of(data, "2026-11-26") == Tap(session_id, turn, code, "2026-11-26")
    assert utf16_length(data) <= LONGEST_DATA
