"""Practice (練習): characters that write like visitors, and how they take what a counselor says.

Pure: no Django, no clock, no database. What a character hears is decided by words that stand in a table
(`hearing`), how it moves them by numbers and sentences in their file (`character`), and what they say next by one
small rule (`reacting`). Nothing is guessed, so that everything can be explained to who learns by it.
"""

from counseling.practice.cast import CAST
from counseling.practice.character import Character, Ending, InvalidCharacter, read
from counseling.practice.hearing import Heard, Hearing, hear
from counseling.practice.reacting import Mood, Turn, pause_before, react

__all__ = [
    "CAST", "Character", "Ending", "Heard", "Hearing", "InvalidCharacter", "Mood", "Turn", "hear", "pause_before",
    "react", "read",
]  # fmt: skip
