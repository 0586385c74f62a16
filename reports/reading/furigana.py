"""Readings for the fixed words of results: what is in no list of words.py stays as it is. Pure.

A run of kanji is marked as a whole or not at all: half a reading is a wrong one.
"""

import re

from counseling.text.ruby import KANJI, pieces
from reports.reading.words import COUNTERS, DATES, PEOPLE, PUN, READ, WEEKDAYS

RUN = re.compile(f"[{KANJI}]+")
NUMBER = re.compile(r"[0-9,.]+$")
IN_BRACKETS = re.compile(f"([((])([{''.join(WEEKDAYS)}])([))])")
DATE = re.compile(r"(?<=月)(\d{1,2})日(?!間)")
A_DAY = re.compile(r"(?<![0-9,.])1日(?=平均)")
FORM = re.compile(r"(?<![0-9,.])([12])人")


def _entries() -> dict[str, str]:
    """Each word as it is written, to the same with its readings."""
    found: dict[str, str] = {}
    for entry in READ.split():
        found.setdefault("".join(piece.words for piece in pieces(entry)), entry)
    return found


ENTRIES = _entries()
LONGEST = max(map(len, ENTRIES))


def marked(text: str) -> str:
    """The text with the readings of all of its words that are known, as 漢字《かんじ》."""
    text = A_DAY.sub("｜1日《いちにち》", text)
    text = FORM.sub(lambda found: f"｜{found[0]}《{PEOPLE[int(found[1])]}》", text)
    text = DATE.sub(_date, text)
    text = IN_BRACKETS.sub(lambda found: f"{found[1]}{found[2]}《{WEEKDAYS[found[2]]}》{found[3]}", text)
    out, end = [], 0
    for run in RUN.finditer(text):
        if run.start() < end:
            continue
        told, stop = _of_run(text, run.start(), run.end())
        out += [text[end : run.start()], told]
        end = stop
    return "".join([*out, text[end:]])


def _date(found: re.Match[str]) -> str:
    day = int(found[1])
    return f"｜{found[0]}《{DATES[day]}》" if day in DATES else f"{found[1]}日《にち》"


def _of_run(text: str, begins: int, ends: int) -> tuple[str, int]:
    """A run of kanji with its readings, and where it stops: an entry may take the kana behind it."""
    if text[ends : ends + 1] == "《":
        return text[begins:ends], ends
    place, told = begins, ""
    counter = _counter(text, begins, ends)
    if counter:
        told, place = f"{counter[0]}《{counter[1]}》", begins + len(counter[0])
    while place < ends:
        word = _word_at(text, place, ends)
        if not word:
            return text[begins:ends], ends
        told, place = told + ENTRIES[word], place + len(word)
    return told, max(place, ends)


def _counter(text: str, begins: int, ends: int) -> tuple[str, str] | None:
    number = NUMBER.search(text[:begins])
    if not number:
        return None
    for length in range(ends - begins, 0, -1):
        word = text[begins : begins + length]
        if word in COUNTERS:
            return word, COUNTERS[word]
        if word == "分":
            return word, "ぷん" if number[0][-1] in PUN else "ふん"
    return None


def _word_at(text: str, place: int, ends: int) -> str:
    """The longest known word that begins here; one without kana of its own must not end within a word."""
    for length in range(min(LONGEST, len(text) - place), 0, -1):
        word = text[place : place + length]
        if word in ENTRIES and (place + length >= ends or len(word) > 1 or ends - place == 1):
            return word
    return ""
