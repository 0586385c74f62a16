"""Where to turn at once: the emergency contacts every refusal, page and text carries, in one place and dated. Pure.

A program may keep contacts of its own (an edition); these are the house's. Sources: the lines' own public pages
(厚生労働省, 文部科学省, こども家庭庁, 内閣府), looked at on `CHECKED_ON`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from counseling.languages import Labels, said, stem
from counseling.text import is_storable, utf16_length

CHECKED_ON = date(2026, 11, 1)
MOST_CONTACTS = 20
# Telephone lines change their numbers and hours: after this somebody should look again.
CHECKED_FOR = timedelta(days=180)
# UTF-16 units: twenty of them and an automatic text fit into one push to LINE.
LONGEST_NAME, LONGEST_WHAT, LONGEST_NUMBER = 60, 120, 40


@dataclass(frozen=True)
class Contact:
    """One telephone line: `number` as people know it; `for_life` where a life is in danger now."""

    name: Labels
    number: str
    what: Labels
    for_life: bool = False

    @property
    def digits(self) -> str:
        """The number as a telephone dials it."""
        return "".join(sign for sign in self.number if sign in "0123456789+#*")

    def named(self, language: str) -> str:
        """Its name in a language, in Japanese where it was not translated."""
        return said(self.name, language)

    def told(self, language: str) -> str:
        """What it is for."""
        return said(self.what, language)


@dataclass(frozen=True)
class Contacts:
    """The lines in the order in which they are shown, and when somebody last looked whether they hold."""

    lines: tuple[Contact, ...]
    checked_on: date

    @property
    def life(self) -> tuple[Contact, ...]:
        """Where a life is in danger now."""
        return tuple(one for one in self.lines if one.for_life)

    @property
    def others(self) -> tuple[Contact, ...]:
        """All the others."""
        return tuple(one for one in self.lines if not one.for_life)

    def is_stale(self, today: date) -> bool:
        """Whether somebody should look again whether they hold."""
        return today - self.checked_on > CHECKED_FOR

    def with_line(self, place: int, line: Contact) -> Contacts:
        """With this one at its place; at the end where there is none."""
        return replace(self, lines=(*self.lines[:place], line, *self.lines[place + 1 :]))

    def without(self, place: int) -> Contacts:
        """Without the one at its place."""
        return replace(self, lines=(*self.lines[:place], *self.lines[place + 1 :]))

    def moved(self, place: int, target: int) -> Contacts:
        """With the one at its place moved to another."""
        others = self.without(place).lines
        return replace(self, lines=(*others[:target], self.lines[place], *others[target:]))

    def to_json(self) -> dict[str, Any]:
        """The stored form."""
        lines = [
            {"name": one.name, "number": one.number, "what": one.what, "for_life": one.for_life} for one in self.lines
        ]
        return {"checked_on": self.checked_on.isoformat(), "contacts": lines}


def _line(
    number: str, ja: tuple[str, str], easy: tuple[str, str], en: tuple[str, str], *, for_life: bool = False
) -> Contact:
    names, whats = ({"ja": ja[n], "ja-easy": easy[n], "en": en[n]} for n in (0, 1))
    return Contact(names, number, whats, for_life)


POLICE = _line(
    "110",
    ("警察", "いま、危ない目にあっているとき"),
    ("警察《けいさつ》", "いま、あぶない　とき"),
    ("Police", "when you are in danger now"),
    for_life=True,
)
AMBULANCE = _line(
    "119",
    ("救急", "けがや、体の命があぶないとき"),
    ("救急車《きゅうきゅうしゃ》", "けがを　した　とき、命《いのち》が　あぶない　とき"),
    ("Ambulance", "when somebody is hurt or may die"),
    for_life=True,
)
INOCHI = _line(
    "0120-061-338",
    ("#いのちSOS", "死にたい、消えたいと思うとき"),
    ("#いのちSOS", "死《し》にたい、消《き》えたいと　思《おも》う　とき"),
    ("#Inochi SOS", "when you want to die or disappear"),
)
YORISOI = _line(
    "0120-279-338",
    ("よりそいホットライン", "どんな悩みでも(24時間)"),
    ("よりそいホットライン", "困《こま》った　とき(いつでも)"),
    ("Yorisoi Hotline", "whatever troubles you (24 hours)"),
)
CHILDREN = _line(
    "0120-0-78310",
    ("24時間子供SOSダイヤル", "いじめや、子どもの悩み(24時間)"),
    ("24時間《じかん》子供《こども》SOSダイヤル", "いじめ、子《こ》どもが　困《こま》った　とき(いつでも)"),
    ("24-hour SOS dial for children", "bullying and children's worries (24 hours)"),
)
CHILD_GUIDANCE = _line(
    "189",
    ("児童相談所 虐待対応ダイヤル", "子どもが傷つけられていると思うとき(24時間)"),
    (
        "児童相談所《じどうそうだんじょ》",
        "子《こ》どもが　たたかれたり、ひどい　ことを　されて　いる　とき(いつでも)",
    ),
    ("Child guidance centre", "when a child may be hurt (24 hours)"),
)
DV = _line(
    "0120-279-889",
    ("DV相談＋(プラス)", "配偶者や恋人からの暴力(24時間)"),
    (
        "DV相談《そうだん》＋(プラス)",
        "夫《おっと》、妻《つま》、恋人《こいびと》が　たたく　とき、こわい　とき(いつでも)",
    ),
    ("DV Hotline Plus", "violence by a partner (24 hours)"),
)
HOUSE = Contacts((POLICE, AMBULANCE, INOCHI, YORISOI, CHILDREN, CHILD_GUIDANCE, DV), CHECKED_ON)

HEADS = {
    "ja": "お急ぎのときは、こちらへご連絡ください。",
    "ja-easy": "急《いそ》いで　いる　ときは、ここに　電話《でんわ》して　ください。",
    "en": "If it is urgent, please contact:",
}
MARKS = {"ja": "・", "en": "- "}


class InvalidContacts(ValueError):
    """Contacts that cannot be kept; `problems` lists (path, code).

    Codes: not_a_list, bad_date, no_name, bad_number, bad_character, too_long, none, too_many.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code in problems))
        self.problems = problems


def read(stored: object) -> Contacts:
    """The contacts of a stored form; None stands for the house's own. Raises InvalidContacts."""
    if stored is None:
        return HOUSE
    if not isinstance(stored, dict) or not isinstance(stored.get("contacts"), list):
        raise InvalidContacts([("contacts", "not_a_list")])
    problems: list[tuple[str, str]] = []
    lines = tuple(_contact(one, f"contacts.{place}", problems) for place, one in enumerate(stored["contacts"]))
    if not lines or len(lines) > MOST_CONTACTS:
        problems.append(("contacts", "too_many" if lines else "none"))
    try:
        checked_on = date.fromisoformat(str(stored.get("checked_on")))
    except ValueError:
        problems.append(("checked_on", "bad_date"))
        checked_on = CHECKED_ON
    if problems:
        raise InvalidContacts(problems)
    return Contacts(lines, checked_on)


def _contact(stored: object, path: str, problems: list[tuple[str, str]]) -> Contact:
    told = stored if isinstance(stored, dict) else {}
    name, what = (_labels(told.get(member)) for member in ("name", "what"))
    contact = Contact(name, str(told.get("number", "")).strip(), what, told.get("for_life") is True)
    if not name.get("ja"):
        problems.append((f"{path}.name", "no_name"))
    if not contact.digits or len(contact.number) > LONGEST_NUMBER or not is_storable(contact.number):
        problems.append((f"{path}.number", "bad_number"))
    for member, labels, most in (("name", name, LONGEST_NAME), ("what", what, LONGEST_WHAT)):
        for language, words in labels.items():
            if not is_storable(words):
                problems.append((f"{path}.{member}.{language}", "bad_character"))
            elif utf16_length(words) > most:
                problems.append((f"{path}.{member}.{language}", "too_long"))
    return contact


def _labels(value: object) -> Labels:
    given = value if isinstance(value, dict) else {}
    return {str(language): str(words).strip() for language, words in given.items() if str(words).strip()}


def block(contacts: Contacts, language: str) -> str:
    """The contacts as a piece of a text: a line each, those for life together on one."""
    mark, head = MARKS.get(stem(language), MARKS["en"]), said(HEADS, language)
    life = "/".join(f"{one.named(language)} {one.number}" for one in contacts.life)
    others = [f"{one.named(language)} {one.number}" for one in contacts.others]
    return "\n".join([head, *(mark + line for line in ([life] if life else []) + others)])
