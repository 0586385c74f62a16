"""The pure rules of a record: what a talk was, what is needed, who may change it, and moving a draft."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling import recording
from counseling.forms import Answers, Choice, Condition, Form, Kind, Question, ReportKey
from counseling.lifecycle import Classification, EndReason
from counseling.recording import Left, RecordState, Refused
from counseling.triage import Risk

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAY = timedelta(hours=24)


def choice(key: str, *values: str, kind: Kind = Kind.CHOICE, report: ReportKey | None = None) -> Question:
    choices = tuple(Choice(value, {"ja": f"{value}のこと"}) for value in values)
    return Question(key, kind, {"ja": f"質問{key}"}, choices, report=report)


@pytest.mark.parametrize(
    ("told", "proposed"),
    [
        ({"answered": True, "replied": True}, Classification.VALID),
        ({"answered": True}, Classification.NO_REPLY),
        ({}, Classification.NO_REPLY),
        ({"answered": True, "replied": True, "end_reason": EndReason.PRANK}, Classification.PRANK),
        ({"answered": True, "end_reason": EndReason.OUT_OF_SCOPE}, Classification.OUT_OF_SCOPE),
        ({"answered": True, "replied": True, "trial": True}, Classification.TEST),
    ],
)
def test_what_a_talk_was_is_proposed_by_what_its_log_tells(
    told: dict[str, bool | str], proposed: Classification
) -> None:
    asked: dict[str, object] = {"trial": False, "end_reason": "", "answered": False, "replied": False}
    assert recording.propose(**asked | told) == proposed  # type: ignore[arg-type]


@pytest.mark.parametrize("classification", Classification)
def test_a_talk_at_high_risk_always_needs_the_whole_record(classification: Classification) -> None:
    assert not recording.is_short(classification, risk=Risk.HIGH, trial=False)
    assert recording.is_short(classification, risk=Risk.NONE, trial=False) == (classification in recording.SHORT)
    assert recording.is_short(classification, risk=Risk.IMMINENT, trial=True)


@pytest.mark.parametrize(
    ("state", "hours", "refusal"),
    [
        (RecordState.DRAFT, 500, None),
        (RecordState.FILED, 23, None),
        (RecordState.FILED, 24, Refused.TOO_LATE),
        (RecordState.RETURNED, 500, None),
        (RecordState.CHECKED, 1, Refused.CHECKED),
    ],
)
def test_a_counselor_changes_a_record_while_the_program_lets_them(
    state: RecordState, hours: int, refusal: Refused | None
) -> None:
    told = {"closed_at": NOW - timedelta(hours=hours), "now": NOW, "edit_for": DAY}
    assert recording.refusal(state, steers=False, **told) == refusal  # type: ignore[arg-type]
    assert recording.refusal(state, steers=True, **told) is None  # type: ignore[arg-type]


def test_answers_move_to_the_questions_that_are_still_asked() -> None:
    before = Form(
        (
            choice("who", "self", "family"),
            choice("topics", "money", "work", kind=Kind.CHOICES),
            Question("summary", Kind.LONG_TEXT, {"ja": "概要《がいよう》"}),
            Question("count", Kind.NUMBER, {"ja": "人数"}),
            Question("again", Kind.YES_NO, {"ja": "またあるか"}),
        )
    )
    after = Form(
        (
            choice("who", "self", "friend"),
            choice("topics", "money", kind=Kind.CHOICES),
            Question("summary", Kind.TEXT, {"ja": "まとめ"}),
            Question("count", Kind.DATE, {"ja": "日"}),
        )
    )
    typed = {"who": ["family"], "topics": ["money", "work"], "summary": ["眠れない"], "count": ["三"], "again": ["yes"]}
    kept, left = recording.carried(before, after, typed)
    assert kept == {"topics": ["money"], "summary": ["眠れない"]}
    assert left == (
        Left("質問who", "familyのこと"),
        Left("質問topics", "workのこと"),
        Left("人数", "三"),
        Left("またあるか", "はい"),
    )


KINDS = st.sampled_from(Kind)
KEYS = st.sampled_from(["a", "b", "c"])
ANSWERS = st.lists(
    st.sampled_from(["x", "y", "yes", "2026-11-26", "12", "ことば"]), min_size=1, max_size=3, unique=True
)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    keys = draw(st.lists(KEYS, unique=True))
    return Form(tuple(choice(key, *draw(st.sampled_from([("x",), ("x", "y")])), kind=draw(KINDS)) for key in keys))


@given(forms(), forms(), st.dictionaries(KEYS, ANSWERS))
def test_nothing_that_was_typed_is_lost_by_another_form(before: Form, after: Form, typed: dict[str, list[str]]) -> None:
    kept, left = recording.carried(before, after, typed)
    told = "".join(one.answer for one in left)
    for key, answers in typed.items():
        for answer in answers:
            asked = before.question(key)
            words = {one.value: one.label["ja"] for one in asked.choices} if asked else {}
            said = {answer, words.get(answer, answer), "はい" if answer == "yes" else answer}
            assert answer in kept.get(key, []) or any(one in told for one in said)
    assert set(kept) <= {one.key for one in after.questions}


@given(forms(), st.dictionaries(KEYS, ANSWERS))
def test_a_draft_moved_to_its_own_form_stays_as_it_is(form: Form, typed: dict[str, list[str]]) -> None:
    kept, _left = recording.carried(form, form, typed)
    again, left = recording.carried(form, form, kept)
    assert (again, left) == (kept, ())


def test_what_was_told_before_the_talk_fills_what_means_the_same() -> None:
    intake = Form(
        (
            choice("years", "20s", "30s", report=ReportKey.AGE_BAND),
            choice("place", "town", report=ReportKey.AREA),
            choice("same", "x"),
            Question("called", Kind.TEXT, {"ja": "呼び名"}),
        )
    )
    record = Form(
        (
            choice("age", "30s", report=ReportKey.AGE_BAND),
            choice("area", "city", report=ReportKey.AREA),
            choice("same", "x"),
            Question("called", Kind.TEXT, {"ja": "呼び名"}, shown_if=Condition("same", ("x",))),
        )
    )
    told: Answers = {"years": "30s", "place": "town", "same": "x", "called": "そら"}
    assert recording.known_before(intake, record, told) == {"age": ["30s"], "same": ["x"]}
