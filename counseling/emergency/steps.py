"""The step list (緊急時の手順): what is done when a life is in danger, in order, and by whom. Pure.

A program may keep its own (an edition); HOUSE is the house's. Staff read it, so it is in one language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counseling.text import in_one_way, is_storable, utf16_length

MOST_STEPS = 20
# UTF-16 units.
LONGEST_TEXT, LONGEST_WHO = 200, 40


@dataclass(frozen=True)
class Step:
    """One step: what is done, and who does it."""

    text: str
    who: str = ""


@dataclass(frozen=True)
class Steps:
    """The steps in the order in which they are taken."""

    lines: tuple[Step, ...]

    def to_json(self) -> dict[str, Any]:
        """The stored form."""
        return {"steps": [{"text": one.text, "who": one.who} for one in self.lines]}


SUPERVISOR, COUNSELOR = "SV", "相談員"
HOUSE = Steps(
    (
        Step("相談を続け、いまどこにいるか、ひとりか、けがや服薬がないかを聞く", COUNSELOR),
        Step("緊急度を「緊急」にし、SVを緊急で呼ぶ", COUNSELOR),
        Step("名前・居場所・電話番号を、理由を伝えたうえでたずねる", COUNSELOR),
        Step("警察や救急に伝えてよいか、本人にたずねる(命の危険があるときは、同意がなくても伝える)", SUPERVISOR),
        Step("110番(けが・服薬があれば119番)に電話し、このシートの内容を伝える", SUPERVISOR),
        Step("連絡した相手・時刻・伝えたこと・返事を、連絡記録に書く", SUPERVISOR),
        Step("責任者に知らせる", SUPERVISOR),
        Step("警察や救急の到着まで、やりとりを続ける", COUNSELOR),
        Step("終わったあと、相談員と振り返り、休みをとる", SUPERVISOR),
    )
)


class InvalidSteps(ValueError):
    """Steps that cannot be kept; `problems` lists (path, code).

    Codes: not_a_list, none, too_many, no_text, bad_character, too_long.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code in problems))
        self.problems = problems


def read(stored: object) -> Steps:
    """The steps of a stored form; None stands for the house's own. Raises InvalidSteps."""
    if stored is None:
        return HOUSE
    if not isinstance(stored, dict) or not isinstance(stored.get("steps"), list):
        raise InvalidSteps([("steps", "not_a_list")])
    problems: list[tuple[str, str]] = []
    lines = tuple(_step(one, f"steps.{place}", problems) for place, one in enumerate(stored["steps"]))
    if not lines or len(lines) > MOST_STEPS:
        problems.append(("steps", "too_many" if lines else "none"))
    if problems:
        raise InvalidSteps(problems)
    return Steps(lines)


def _step(stored: object, path: str, problems: list[tuple[str, str]]) -> Step:
    given = stored if isinstance(stored, dict) else {}
    text, who = (in_one_way(str(given.get(member, ""))) for member in ("text", "who"))
    if not text:
        problems.append((f"{path}.text", "no_text"))
    for member, words, most in (("text", text, LONGEST_TEXT), ("who", who, LONGEST_WHO)):
        if not is_storable(words):
            problems.append((f"{path}.{member}", "bad_character"))
        elif utf16_length(words) > most:
            problems.append((f"{path}.{member}", "too_long"))
    return Step(text, who)
