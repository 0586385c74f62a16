"""Canned replies (定型文): how a shortcut is spelled, what a reply may hold, and how it is filled. Pure."""

import re
import unicodedata

from counseling.text import is_storable, utf16_length

# UTF-16 units.
LONGEST = {"shortcut": 20, "title": 60, "body": 5_000}
MOST_REPLIES = 500
# No name of a counselor among them: visitors are told none.
VARIABLES = ("program", "hours", "emergency")
VARIABLE = re.compile(r"\{([^{}]*)\}")
COLUMNS = {"shortcut": "ショートカット", "title": "タイトル", "body": "本文"}

Problem = tuple[str, str, str]


def spelled(shortcut: str) -> str:
    """A shortcut as it is kept: in its common width, small, without blanks."""
    typed = "".join(unicodedata.normalize("NFKC", shortcut).split())
    # Again, for what became small may join with what stands beside it.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold())


def problems(shortcut: str, title: str, body: str) -> list[Problem]:
    """What is wrong with a reply: (field, code, what it is about).

    Codes: missing, too_long, bad_character, unknown_variable.
    """
    found: list[Problem] = []
    for field, words in (("shortcut", shortcut), ("title", title), ("body", body)):
        if not words.strip():
            found.append((field, "missing", ""))
        elif not is_storable(words):
            found.append((field, "bad_character", ""))
        elif utf16_length(words) > LONGEST[field]:
            found.append((field, "too_long", str(LONGEST[field])))
    unknown = sorted(set(VARIABLE.findall(body)) - set(VARIABLES))
    return found + [("body", "unknown_variable", name) for name in unknown]


def filled(body: str, values: dict[str, str]) -> str:
    """The body with its variables filled; what a value says is taken as it stands."""
    return VARIABLE.sub(lambda found: values.get(found[1], found[0]), body)
