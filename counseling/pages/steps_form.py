"""The form of a program's step list: a line for each step; rows are added, moved and taken off without saving."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from counseling import emergency
from counseling.emergency.steps import LONGEST_TEXT, LONGEST_WHO, MOST_STEPS
from counseling.models import Part, Program
from counseling.models.edition import number, steps_of

TOLD = {
    "no_text": lambda: _("することを書いてください。いらない行は「外す」で外せます。"),
    "bad_character": lambda: _("保存できない文字が入っています。書きなおしてください。"),
    "too_long": lambda: (
        _("長すぎます。することは%(text)s文字、だれがは%(who)s文字までです。")
        % {"text": LONGEST_TEXT, "who": LONGEST_WHO}
    ),
}


class StepsForm:
    """The rows as (text, who), with what is wrong with each; a draft that lives in its page."""

    def __init__(self, program: Program, data: QueryDict | None = None) -> None:
        self.program = program
        self.based_on = number(program.editions, Part.STEPS)
        self.rows = [(one.text, one.who) for one in steps_of(program.editions).lines]
        self.problems: dict[int, str] = {}
        self.problem = ""
        if data is not None:
            texts, people = data.getlist("text")[: MOST_STEPS + 1], data.getlist("who")
            self.rows = [(text, people[place] if place < len(people) else "") for place, text in enumerate(texts)]
            asked = data.get("based_on", "")
            self.based_on = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else -1

    def change(self, act: str) -> None:
        """`add`, `up:2`, `down:2` or `remove:2`; what makes no sense changes nothing."""
        verb, _sep, asked = act.partition(":")
        place = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 3 else -1
        if verb == "add" and not self.is_full:
            self.rows.append(("", ""))
        elif 0 <= place < len(self.rows):
            row = self.rows.pop(place)
            if verb != "remove":
                target = place + {"up": -1, "down": 1}.get(verb, 0)
                self.rows.insert(max(target, 0), row)

    @property
    def is_full(self) -> bool:
        """Whether no step can be added."""
        return len(self.rows) >= MOST_STEPS

    def content(self) -> dict[str, Any]:
        """What the next version holds; rows left wholly empty are no steps."""
        return {"steps": [{"text": text, "who": who} for text, who in self.rows if text.strip() or who.strip()]}

    def is_valid(self) -> bool:
        """Whether it can be kept; else what is wrong stands beside its row."""
        self.rows = [row for row in self.rows if row[0].strip() or row[1].strip()]
        try:
            emergency.read(self.content())
        except emergency.InvalidSteps as wrong:
            for path, code in wrong.problems:
                self._tell(path, code)
        return not (self.problems or self.problem)

    def _tell(self, path: str, code: str) -> None:
        if code in TOLD:
            self.problems.setdefault(int(path.split(".")[1]), TOLD[code]())
        elif code == "none":
            self.problem = _("手順を1つ以上書いてください。")
        else:
            self.problem = _("手順は%(most)s個までです。") % {"most": MOST_STEPS}

    def lines(self) -> list[dict[str, Any]]:
        """The rows as the page draws them."""
        return [
            {"place": place, "text": text, "who": who, "problem": self.problems.get(place, "")}
            for place, (text, who) in enumerate(self.rows)
        ]
