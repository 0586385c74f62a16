"""A letter of introduction (紹介状): its shape, and how it stands on paper. Pure: no database, no clock.

It holds what the visitor agreed to, and nothing by which LINE knows them. The same letter gives the same bytes.
"""

import json
from datetime import date
from typing import Any, TypedDict

DAYS = "月火水木金土日"
# What is agreed by, as the letter calls it; always in Japanese, as agencies read it.
ITEMS = {
    "name": "お名前", "telephone": "電話番号・連絡先", "area": "お住まいの地域", "age": "年代",
    "family": "ご家族のこと", "content": "ご相談の内容",
}  # fmt: skip
GREETING = (
    "いつもお世話になっております。当窓口にご相談くださった方を、ご紹介いたします。"
    "この紹介状には、ご本人が同意されたことだけを書いています。"
)
CONFIDENTIAL = "ご対応に必要な方だけでお取り扱いいただき、ここに書かれたこと以外は、ご本人にお確かめください。"


class LetterWords(TypedDict):
    """What a person writes: for each agreed item its words, what the agency is asked for, and what to mind."""

    items: dict[str, str]
    request: str
    care: str


class Letter(TypedDict):
    """A whole letter, as it is kept and printed."""

    number: str
    made_on: str
    agency: str
    consented_on: str
    words: LetterWords
    program: str
    commissioner: str
    telephone: str
    writer: str


def day(iso: str) -> str:
    """2026年11月26日(木)."""
    one = date.fromisoformat(iso)
    return f"{one.year}年{one.month}月{one.day}日({DAYS[one.weekday()]})"


def facts(letter: Letter) -> list[tuple[str, str]]:
    """What is told, in the order in which it is read."""
    told = [(label, letter["words"]["items"].get(item, "")) for item, label in ITEMS.items()]
    told += [("お願いしたいこと", letter["words"]["request"]), ("ご連絡のときのお願い", letter["words"]["care"])]
    return [(label, words) for label, words in told if words]


def addressed(letter: Letter) -> str:
    """To whom it goes."""
    return f"{letter['agency']} 御中"


def signed(letter: Letter) -> list[str]:
    """From whom it comes: the program, and a person only where the program says so."""
    by = [letter["commissioner"], letter["program"], letter["writer"]]
    telephone = f"お問い合わせ {letter['telephone']}" if letter["telephone"] else ""
    return [one for one in (*by, telephone) if one]


def on_paper(letter: Letter, digest: str) -> dict[str, Any]:
    """What `templates/paper/letter.typ` draws."""
    return {
        "title": f"紹介状 {letter['number']}",
        "number": letter["number"],
        "made_on": day(letter["made_on"]),
        "to": addressed(letter),
        "signed": signed(letter),
        "greeting": GREETING,
        "consent": f"ご本人の同意: {day(letter['consented_on'])}",
        "facts": [list(one) for one in facts(letter)],
        "confidential": CONFIDENTIAL,
        "digest": digest,
    }


def canonical(random: str, letter: Letter) -> str:
    """What is sealed and hashed. The random part: a hash of few known words could be guessed."""
    return json.dumps({"random": random, "letter": letter}, ensure_ascii=False, sort_keys=True)
