"""A character (登場人物) of a practice: who they are, what they tell, and how each way of speaking moves them. Pure.

A character is a file (`characters/*.json`) that people write and read; `read` refuses what the rule could not play,
all at once. Numbers move trust between 0 and MOST_TRUST; they are never shown: what a learner reads are the sentences.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from counseling.practice.hearing import Heard

MOST_TRUST = 10
LONGEST_LINE, LONGEST_SENTENCE = 300, 200
# How a way of speaking moves somebody, unless their file says otherwise.
USUAL_MOVES = {
    Heard.DYING: 1, Heard.BLAME: -3, Heard.CROWD: -1, Heard.EARLY_ADVICE: -2, Heard.ADVICE: 1, Heard.EARLY_PARTING: -1,
    Heard.PARTING: 0, Heard.EMPATHY: 1, Heard.QUESTION: 0, Heard.PLAIN: 0, Heard.SILENCE: -1,
}  # fmt: skip
FIELDS = frozenset({
    "key", "name", "about", "lesson", "trust", "ready_at", "thanks_at", "heart", "patience", "waits", "pace", "moves",
    "opening", "story", "answers", "felt", "endings",
})  # fmt: skip


class Ending(StrEnum):
    """How a practice ends."""

    THANKS = "thanks"  # the character has said what it came for
    LEAVES = "leaves"  # it has lost its trust
    SILENCE = "silence"  # nobody wrote to it for too long
    STOPPED = "stopped"  # somebody pressed 「練習をやめる」
    ELSEWHERE = "elsewhere"  # the talk was ended from our side


# A character says something at these.
SPOKEN = (Ending.THANKS, Ending.LEAVES, Ending.SILENCE)
Lines = tuple[str, ...]


@dataclass(frozen=True)
class Pace:
    """Seconds before the first word, and before any other: `least`, and more by its letters, up to `most`."""

    first: float
    least: float
    per_letter: float
    most: float


@dataclass(frozen=True)
class Chapter:
    """Something to tell, once: as soon as trust has reached `at`, and the chapter `after` was told (None: any time).

    It takes one of the ways of speaking `on` to bring it out; none: any.
    """

    at: int
    on: frozenset[Heard]
    after: int | None
    says: Lines


@dataclass(frozen=True)
class Character:
    """A made-up visitor. From the trust `ready_at` on advice helps.

    A parting is early before `thanks_at`, and before the chapter `heart` is told: what they came to say.
    `patience`: seconds of our silence that are felt; `waits`: how many times, before they go.
    """

    key: str
    name: str
    about: str
    lesson: str
    trust: int
    ready_at: int
    thanks_at: int
    heart: int
    patience: int
    waits: int
    pace: Pace
    moves: Mapping[Heard, int]
    opening: Lines
    story: tuple[Chapter, ...]
    answers: Mapping[Heard, tuple[Lines, ...]]
    felt: Mapping[Heard, str]
    endings: Mapping[Ending, Lines]

    def lines(self, part: str) -> Lines:
        """The lines of a part, by its name: opening, story.N, answer.HEARD.N, ending.ENDING; none where it is gone."""
        kind, _, rest = part.partition(".")
        try:
            if kind == "story":
                return self.story[int(rest)].says
            if kind == "answer":
                heard, _, number = rest.partition(".")
                return self.answers[Heard(heard)][int(number)]
            if kind == "ending":
                return self.endings[Ending(rest)]
        except (ValueError, IndexError, KeyError):
            return ()
        return self.opening if kind == "opening" else ()


class InvalidCharacter(Exception):
    """A file nobody can play; `problems` say what is wrong, each with where."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read(raw: Any) -> Character:
    """A character of its file. Raises InvalidCharacter with all that is wrong."""
    if problems := list(wrong(raw)):
        raise InvalidCharacter(problems)
    return Character(
        **{name: raw[name] for name in (*TEXTS, *NUMBERS)},
        pace=Pace(**raw["pace"]),
        moves=USUAL_MOVES | {Heard(name): move for name, move in raw["moves"].items()},
        opening=tuple(raw["opening"]),
        story=tuple(
            Chapter(one["at"], frozenset(map(Heard, one.get("on", ()))), one.get("after"), tuple(one["says"]))
            for one in raw["story"]
        ),
        answers={Heard(name): tuple(map(tuple, ways)) for name, ways in raw["answers"].items()},
        felt={Heard(name): sentence for name, sentence in raw["felt"].items()},
        endings={Ending(name): tuple(says) for name, says in raw["endings"].items()},
    )


TEXTS = ("key", "name", "about", "lesson")
NUMBERS = {
    "trust": (1, MOST_TRUST - 1), "ready_at": (1, MOST_TRUST), "thanks_at": (1, MOST_TRUST), "heart": (0, 50),
    "patience": (30, 1800), "waits": (1, 20),
}  # fmt: skip
PACE = {"first": (0, 120), "least": (1, 120), "per_letter": (0, 5), "most": (1, 300)}


def wrong(raw: Any) -> Iterator[str]:
    """What of a file cannot be played, as «where: what»."""
    if not isinstance(raw, dict) or set(raw) != FIELDS:
        found = set(raw) if isinstance(raw, dict) else set()
        yield f"fields: {', '.join(sorted(found ^ FIELDS))}"
        return
    for name in TEXTS:
        yield from _sentence(name, raw[name])
    yield from _numbers("", raw, NUMBERS)
    yield from _numbers("pace.", raw["pace"], PACE)
    yield from _moves(raw["moves"])
    yield from _lines("opening", raw["opening"])
    yield from _story(raw["story"])
    if isinstance(raw["story"], list) and raw["heart"] not in range(len(raw["story"])):
        yield "heart: no chapter"
    yield from _answers(raw["answers"])
    yield from _by_name("felt", raw["felt"], set(Heard), _sentence)
    yield from _by_name("endings", raw["endings"], set(SPOKEN), _lines, may_be_empty=True)


def _sentence(where: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_SENTENCE:
        yield f"{where}: no sentence of at most {LONGEST_SENTENCE} letters"


def _lines(where: str, value: Any, *, may_be_empty: bool = False) -> Iterator[str]:
    is_list = isinstance(value, list) and (value or may_be_empty)
    if not is_list or not all(isinstance(one, str) and 0 < len(one.strip()) <= LONGEST_LINE for one in value):
        yield f"{where}: no list of lines of at most {LONGEST_LINE} letters"


def _numbers(where: str, raw: Any, bounds: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    if not isinstance(raw, dict):
        yield f"{where}: no object"
        return
    for name, (least, most) in bounds.items():
        value: Any = raw.get(name)
        whole = type(value) is int or (where and type(value) is float)
        if not whole or not least <= value <= most:
            yield f"{where}{name}: no number from {least} to {most}"
    if where and set(raw) != set(bounds):
        yield f"{where}: fields {', '.join(sorted(set(raw) ^ set(bounds)))}"


def _moves(raw: Any) -> Iterator[str]:
    if not isinstance(raw, dict) or not set(raw) <= set(Heard):
        yield "moves: not by ways of speaking"
    elif not all(type(move) is int and abs(move) <= MOST_TRUST for move in raw.values()):
        yield f"moves: no whole numbers of at most {MOST_TRUST}"


def _story(raw: Any) -> Iterator[str]:
    if not isinstance(raw, list) or not raw:
        yield "story: no chapters"
        return
    for number, chapter in enumerate(raw):
        where = f"story[{number}]"
        if not isinstance(chapter, dict) or not {"at", "says"} <= set(chapter) <= {"at", "on", "after", "says"}:
            yield f"{where}: not at, says and perhaps on, after"
            continue
        if chapter.get("after") is not None and chapter["after"] not in range(number):
            yield f"{where}.after: no earlier chapter"
        if type(chapter["at"]) is not int or not 0 <= chapter["at"] <= MOST_TRUST:
            yield f"{where}.at: no number from 0 to {MOST_TRUST}"
        if not isinstance(chapter.get("on", []), list) or not set(chapter.get("on", [])) <= set(Heard):
            yield f"{where}.on: not ways of speaking"
        yield from _lines(f"{where}.says", chapter["says"])


def _answers(raw: Any) -> Iterator[str]:
    # An answer may be silence: a way without lines.
    yield from _by_name("answers", raw, set(Heard) - {Heard.PARTING}, _ways)


def _ways(where: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not value:
        yield f"{where}: no list of ways to answer"
        return
    for number, lines in enumerate(value):
        yield from _lines(f"{where}[{number}]", lines, may_be_empty=True)


def _by_name(where: str, raw: Any, names: set[Any], each: Any, **more: bool) -> Iterator[str]:
    if not isinstance(raw, dict) or set(raw) != names:
        found = set(raw) if isinstance(raw, dict) else set()
        yield f"{where}: {', '.join(sorted(found ^ names))} missing or unknown"
        return
    for name, value in raw.items():
        yield from each(f"{where}.{name}", value, **more)
