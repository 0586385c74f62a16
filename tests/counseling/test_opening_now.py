"""Whether one can write now, as a visitor reads it."""

from datetime import datetime

import pytest

from counseling.lifecycle import Refusal
from counseling.opening import Hours, describe_now, status_at
from counseling.opening.now import SENTENCES

EVENINGS = Hours.from_json({"weekly": dict.fromkeys(("mon", "tue"), ["18:00-22:00"]), "intake_close": 30})
ALWAYS = Hours.from_json({"weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ["00:00-24:00"])})
NEVER = Hours.from_json({"weekly": {}})


def at(clock: str) -> datetime:
    """A moment of Monday, 2026-11-23."""
    return datetime.fromisoformat(f"2026-11-23T{clock}:00+09:00")


@pytest.mark.parametrize(
    ("hours", "clock", "why", "said"),
    [
        (EVENINGS, "19:00", "", "いま受け付けています(11月23日(月) 21:30まで)。"),
        (ALWAYS, "19:00", "", "いま受け付けています。"),
        (EVENINGS, "12:00", "off_hours", "いまは受付時間外です。次の受付は、11月23日(月) 18:00からです。"),
        (EVENINGS, "21:40", "after_intake_close", "今日の受付は終わりました。次の受付は、11月24日(火) 18:00からです。"),
        (NEVER, "12:00", "off_hours", "いまは受付時間外です。"),
        (EVENINGS, "19:00", "unstaffed", SENTENCES["ja"]["unstaffed"]),
        (EVENINGS, "12:00", "barred", SENTENCES["ja"]["barred"]),
    ],
)
def test_it_says_whether_and_when(hours: Hours, clock: str, why: str, said: str) -> None:
    assert describe_now(status_at(hours, at(clock)), why, at(clock), "ja") == said


def test_english_says_the_same() -> None:
    said = describe_now(status_at(EVENINGS, at("12:00")), "off_hours", at("12:00"), "en")
    assert said == "We are closed now. We open next on Mon 23 Nov, 18:00 (JST)."


def test_easy_japanese_has_its_own_words() -> None:
    assert describe_now(status_at(ALWAYS, at("12:00")), "", at("12:00"), "ja-easy") == "いま　話《はな》せます。"


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_every_reason_there_is_is_said(language: str) -> None:
    assert set(Refusal) <= set(SENTENCES[language])
    assert set(SENTENCES[language]) == set(SENTENCES["ja"])
