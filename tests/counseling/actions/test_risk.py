"""How urgent a session is, as a person judges it: by answers, explained, sealed; and what follows from it at once."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from counseling import blueprints, feeds, forms
from counseling.actions import editions, risk, sessions
from counseling.actions.messages import ClientIdReused
from counseling.actions.risk import FormChanged, NeedsWord
from counseling.forms import Form, InvalidAnswers
from counseling.models import Assessment, Note, Part, Program, Session, SessionEvent
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from counseling.triage import Risk
from tests.conftest import Say, assess

pytestmark = pytest.mark.django_db
GRAVE = {"ideation": "yes", "plan": "yes", "means": "yes"}
Judge = Callable[..., tuple[Assessment, bool]]


def put_form(program: Program, form: Form) -> None:
    """From now on the program asks this."""
    editions.put_in_force(program, Part.RISK, form.to_json(), by=None)
    program.save(update_fields=["editions"])


@pytest.fixture
def asking(program: Program) -> Program:
    """The program asks what the house's template asks."""
    put_form(program, forms.read(blueprints.template("general").parts["risk"]))
    return program


@pytest.fixture
def judge(asking: Program, active: Session, haru: User) -> Judge:
    """Haru judges his session with Sora."""

    def say(
        answers: forms.Answers,
        level: Risk,
        word: str = "",
        by: User = haru,
        form: int = 1,
        client_id: UUID | None = None,
    ) -> tuple[Assessment, bool]:
        return risk.assess(
            session_id=active.pk, by=by, client_id=client_id or uuid4(), form=form, answers=answers, level=level,
            word=word,
        )  # fmt: skip

    return say


def test_who_takes_the_suggested_level_needs_no_word(judge: Judge, active: Session) -> None:
    made, new = judge(GRAVE, Risk.HIGH)
    active.refresh_from_db()
    assert (new, active.risk) == (True, Risk.HIGH)
    assert (made.before, made.level, made.suggested, made.form) == (0, 3, 3, 1)
    assert made.said(active.visitor.key()) == (GRAVE, "")
    event = SessionEvent.objects.get(session=active, kind="risk.changed")
    assert (event.version, event.details) == (made.version, {"level": 3})


def test_another_level_than_suggested_needs_a_word(judge: Judge, active: Session) -> None:
    for level in set(Risk) - {Risk.HIGH}:
        with pytest.raises(NeedsWord):
            judge(GRAVE, level)
        with pytest.raises(NeedsWord):
            judge(GRAVE, level, " \u3000")
    made, _new = judge(GRAVE, Risk.IMMINENT, "いま薬を手に持っている")
    assert (made.level, made.suggested) == (4, 3)


def test_without_answers_a_word_says_why(judge: Judge, active: Session) -> None:
    with pytest.raises(NeedsWord):
        judge({}, Risk.HIGH)
    assert judge({}, Risk.HIGH, "電話の声がふるえている")[0].suggested is None
    assert judge({"words": "もういいです"}, Risk.LOW, "落ち着いてきた")[0].suggested is None


def test_only_a_person_lowers(judge: Judge, active: Session, sora_says: Say) -> None:
    assert sora_says("もう死にたい").risk == Risk.HIGH
    judge({"ideation": "yes"}, Risk.LOW)
    assert sora_says("消えたい").risk == Risk.MODERATE
    judge({"ideation": "no"}, Risk.NONE)
    assert sora_says("いえ、大丈夫です").risk == Risk.NONE


def test_a_machine_never_raises_above_high_nor_touches_what_is_higher(judge: Judge, sora_says: Say) -> None:
    assert sora_says("死にたい、殺される、首を吊る").risk == Risk.HIGH
    judge(GRAVE | {"preparation": "yes"}, Risk.IMMINENT)
    assert sora_says("死にたい").risk == Risk.IMMINENT


def test_the_same_judgement_is_taken_once(judge: Judge, active: Session) -> None:
    again = uuid4()
    first, new = judge(GRAVE, Risk.HIGH, client_id=again)
    assert new
    assert judge(GRAVE, Risk.HIGH, client_id=again) == (first, False)
    for answers, level, word in (({}, Risk.HIGH, "別のわけ"), (GRAVE, Risk.LOW, "")):
        with pytest.raises(ClientIdReused):
            judge(answers, level, word, client_id=again)
    assert Assessment.objects.count() == 1


def test_a_form_that_changed_meanwhile_is_looked_at_first(judge: Judge, asking: Program, active: Session) -> None:
    once = uuid4()
    judge(GRAVE, Risk.HIGH, client_id=once)
    form = forms.read(blueprints.template("women").parts["risk"])
    put_form(asking, form)
    with pytest.raises(FormChanged):
        judge(GRAVE, Risk.HIGH)
    assert judge(GRAVE, Risk.HIGH, client_id=once)[1] is False
    assert judge(GRAVE | {"violence_now": "yes"}, Risk.HIGH, form=2)[0].form == 2


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"ideation": "perhaps"}, {"ideation": "unknown_choice"}),
        ({"ideation": ["yes"]}, {"ideation": "unknown_choice"}),
        ({"made_up": "yes"}, {"made_up": "unknown_question"}),
        ({"words": "あ" * 4_001}, {"words": "too_long"}),
    ],
)
def test_answers_the_form_does_not_know_are_refused(judge: Judge, answers: forms.Answers, problem: object) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        judge(answers, Risk.LOW, "わけ")
    assert refused.value.problems == problem


def test_what_is_not_asked_any_more_is_not_kept(judge: Judge, active: Session) -> None:
    made, _new = judge({"ideation": "no", "plan": "yes", "words": " "}, Risk.NONE)
    assert made.said(active.visitor.key()) == ({"ideation": "no"}, "")


def test_required_answers_hold_nobody_up_who_raises(judge: Judge, asking: Program) -> None:
    stored = blueprints.template("general").parts["risk"] | {"required": ["history"]}
    put_form(asking, forms.read(stored))
    judge({}, Risk.IMMINENT, "いま線路にいる", form=2)
    with pytest.raises(InvalidAnswers):
        judge({"ideation": "no"}, Risk.NONE, form=2)
    judge({"ideation": "no", "history": "no"}, Risk.NONE, form=2)


@pytest.mark.parametrize("words", ["x" * 2_001, "a\0b", "\ud83d"])
def test_a_word_that_cannot_be_kept_is_refused(judge: Judge, words: str) -> None:
    with pytest.raises(UnacceptableText):
        judge(GRAVE, Risk.HIGH, words)


@pytest.mark.parametrize("words", ["a\0b", "\ud83d"])
def test_an_answer_that_cannot_be_kept_is_refused(judge: Judge, words: str) -> None:
    with pytest.raises(UnacceptableText):
        judge(GRAVE | {"words": words}, Risk.HIGH)


def test_who_neither_has_the_talk_nor_steers_judges_nothing(
    judge: Judge, ren: User, kei: User, aoi: User, nao: User, mio: User
) -> None:
    for person in (ren, kei, aoi, nao):
        with pytest.raises(NotVisible):
            judge(GRAVE, Risk.HIGH, by=person)
    assert judge(GRAVE, Risk.HIGH, by=mio)[1]


def test_nothing_of_it_is_a_note_and_nothing_stands_in_the_clear(judge: Judge, active: Session) -> None:
    judge(GRAVE | {"words": "ひみつのことば"}, Risk.IMMINENT, "ひみつのわけ")
    assert not Note.objects.exists()
    stored = str(list(Assessment.objects.values())) + str(list(SessionEvent.objects.values("header", "details")))
    for secret in ("ひみつ", "ideation", "\\u3072", "yes"):
        assert secret not in stored


# What follows at once.


def test_raising_moves_a_session_to_the_head_of_the_queue_at_once(
    sora_says: Say, program: Program, haru: User, mio: User
) -> None:
    first, second, third = (sora_says("はじめまして", f"U{number:032x}") for number in (1, 2, 3))
    assert [feeds.place_in_queue(program.pk, one.pk)[0] for one in (first, second, third)] == [1, 2, 3]
    assess(session_id=third.pk, by=mio, level=Risk.MODERATE, word="様子が心配")
    sora_says("もう死にたい", f"U{2:032x}")
    assert [feeds.place_in_queue(program.pk, one.pk)[0] for one in (first, second, third)] == [3, 1, 2]
    assert sessions.claim_next(program_id=program.pk, by=haru).pk == second.pk


@pytest.mark.parametrize("by_words", [True, False])
def test_raising_rings_the_board_and_shows_on_it(
    by_words: bool, active: Session, haru: User, program: Program, sora_says: Say,
    django_capture_on_commit_callbacks: Callable[..., object], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    rung: list[tuple[str, ...]] = []
    monkeypatch.setattr("counseling.events.bell.ring_now", rung.append)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        if by_words:
            sora_says("もう死にたい")
        else:
            assess(session_id=active.pk, by=haru, level=Risk.HIGH, word="計画がある")
    assert (f"session.{active.pk}", f"board.{program.pk}") in rung
    assert [one["risk"] for one in feeds.board(program.pk)["sessions"]] == [Risk.HIGH]


def test_what_the_machine_found_is_told_with_the_message_it_was_found_in(
    active: Session, line_channel: object, sora_says: Say
) -> None:
    sora_says("つらいです")
    sora_says("もう死にたい")
    event = SessionEvent.objects.get(session=active, kind="risk.changed")
    last = active.messages.order_by("seq").last()
    assert last is not None
    assert (event.by, event.details) == (None, {"level": 3, "why": "suicide", "seq": last.seq})
