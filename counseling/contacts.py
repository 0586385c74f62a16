"""Where to turn at once: the emergency contacts every refusal, page and text carries, in one place and dated. Pure.

A program may keep contacts of its own (an edition); these are the house's. Sources: the lines' own public pages
(厚生労働省, 文部科学省, こども家庭庁, 内閣府), looked at on `CHECKED_ON`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

Labels = dict[str, str]
CHECKED_ON = date(2026, 11, 1)
MOST_CONTACTS = 20


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

    def to_json(self) -> dict[str, Any]:
        """The stored form."""
        lines = [
            {"name": one.name, "number": one.number, "what": one.what, "for_life": one.for_life} for one in self.lines
        ]
        return {"checked_on": self.checked_on.isoformat(), "contacts": lines}


def said(labels: Labels, language: str) -> str:
    """The words in a language, or in the language it stems from ("ja-easy" → "ja"), or in Japanese."""
    return labels.get(language) or labels.get(language.split("-", maxsplit=1)[0]) or labels.get("ja", "")


def _line(number: str, ja: tuple[str, str], en: tuple[str, str], *, for_life: bool = False) -> Contact:
    return Contact({"ja": ja[0], "en": en[0]}, number, {"ja": ja[1], "en": en[1]}, for_life)


POLICE = _line(
    "110", ("警察", "いま、危ない目にあっているとき"), ("Police", "when you are in danger now"), for_life=True
)
AMBULANCE = _line(
    "119",
    ("救急", "けがや、体の命があぶないとき"),
    ("Ambulance", "when somebody is hurt or may die"),
    for_life=True,
)
INOCHI = _line(
    "0120-061-338",
    ("#いのちSOS", "死にたい、消えたいと思うとき"),
    ("#Inochi SOS", "when you want to die or disappear"),
)
YORISOI = _line(
    "0120-279-338",
    ("よりそいホットライン", "どんな悩みでも(24時間)"),
    ("Yorisoi Hotline", "whatever troubles you (24 hours)"),
)
CHILDREN = _line(
    "0120-0-78310",
    ("24時間子供SOSダイヤル", "いじめや、子どもの悩み(24時間)"),
    ("24-hour SOS dial for children", "bullying and children's worries (24 hours)"),
)
CHILD_GUIDANCE = _line(
    "189",
    ("児童相談所 虐待対応ダイヤル", "子どもが傷つけられていると思うとき(24時間)"),
    ("Child guidance centre", "when a child may be hurt (24 hours)"),
)
DV = _line(
    "0120-279-889",
    ("DV相談＋(プラス)", "配偶者や恋人からの暴力(24時間)"),
    ("DV Hotline Plus", "violence by a partner (24 hours)"),
)
HOUSE = Contacts((POLICE, AMBULANCE, INOCHI, YORISOI, CHILDREN, CHILD_GUIDANCE, DV), CHECKED_ON)

HEADS = {"ja": "お急ぎのときは、こちらへご連絡ください。", "en": "If it is urgent, please contact:"}
MARKS = {"ja": "・", "en": "- "}


class InvalidContacts(ValueError):
    """Contacts that cannot be kept; `problems` lists (path, code).

    Codes: not_an_object, not_a_list, bad_date, no_name, bad_number, none, too_many.
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
    if not contact.digits or len(contact.number) > 40:
        problems.append((f"{path}.number", "bad_number"))
    return contact


def _labels(value: object) -> Labels:
    given = value if isinstance(value, dict) else {}
    return {str(language): str(words).strip() for language, words in given.items() if str(words).strip()}


def block(contacts: Contacts, language: str) -> str:
    """The contacts as a piece of a text: a line each, those for life together on one."""
    stem = language if language in MARKS else language.split("-", maxsplit=1)[0]
    mark, head = MARKS.get(stem, MARKS["en"]), said(HEADS, stem if stem in HEADS else "en")
    life = "/".join(f"{one.named(language)} {one.number}" for one in contacts.life)
    others = [f"{one.named(language)} {one.number}" for one in contacts.others]
    return "\n".join([head, *(mark + line for line in ([life] if life else []) + others)])
