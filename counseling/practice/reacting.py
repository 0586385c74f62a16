"""How a character takes what a counselor says, and what they say next: the whole rule. Pure.

Trust moves by what was heard. At nothing the character leaves. What moves them well lets them tell the next thing they
can tell by now; where there is none they answer in the way of this character. Whoever has told everything, or is let go
when they are ready, says thanks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from counseling.practice.character import MOST_TRUST, Character, Ending, Pace
from counseling.practice.hearing import Heard, Hearing

# Answers after everything was told, before thanks are said.
STAYS_FOR = 2


@dataclass(frozen=True)
class Mood:
    """Where a character stands: its trust, the chapters told, and how often each way of speaking was answered.

    `stays`: answers since everything was told.
    """

    trust: int
    told: tuple[int, ...] = ()
    answered: Mapping[str, int] = field(default_factory=dict)
    stays: int = 0


@dataclass(frozen=True)
class Turn:
    """What a way of speaking did: what was heard, the mood after it, and the part they say next (empty: nothing)."""

    heard: Heard
    because: tuple[str, ...]
    mood: Mood
    part: str
    ending: Ending | None = None


def react(character: Character, mood: Mood, hearing: Hearing) -> Turn:
    """What these words do to the character."""
    heard = _as_heard(character, mood, hearing.heard)
    move = character.moves[heard]
    trust = min(max(mood.trust + move, 0), MOST_TRUST)
    count = mood.answered.get(heard, 0)
    after = replace(mood, trust=trust, answered={**mood.answered, heard.value: count + 1})
    ending = _ending(character, after, heard)
    if ending:
        return Turn(heard, hearing.because, after, f"ending.{ending}", ending)
    if move >= 0 and heard != Heard.SILENCE and (number := _next(character, after, heard)) is not None:
        return Turn(heard, hearing.because, replace(after, told=(*after.told, number)), f"story.{number}")
    if len(after.told) == len(character.story) and move >= 0:
        after = replace(after, stays=after.stays + 1)
    ways = character.answers[heard]
    return Turn(heard, hearing.because, after, f"answer.{heard}.{min(count, len(ways) - 1)}")


def _as_heard(character: Character, mood: Mood, heard: Heard) -> Heard:
    """Advice and partings before their time are something else."""
    if heard == Heard.ADVICE and mood.trust < character.ready_at:
        return Heard.EARLY_ADVICE
    if heard == Heard.PARTING and (mood.trust < character.thanks_at or character.heart not in mood.told):
        return Heard.EARLY_PARTING
    return heard


def _ending(character: Character, mood: Mood, heard: Heard) -> Ending | None:
    if mood.trust == 0:
        return Ending.LEAVES
    if heard == Heard.SILENCE and mood.answered[heard] >= character.waits:
        return Ending.SILENCE
    has_stayed = mood.stays >= STAYS_FOR and mood.trust >= character.thanks_at and heard != Heard.SILENCE
    return Ending.THANKS if heard == Heard.PARTING or has_stayed else None


def _next(character: Character, mood: Mood, heard: Heard) -> int | None:
    """The first chapter that is not told and can be told now."""
    for number, chapter in enumerate(character.story):
        waits = chapter.after is not None and chapter.after not in mood.told
        is_brought_out = not chapter.on or heard in chapter.on
        if number not in mood.told and not waits and mood.trust >= chapter.at and is_brought_out:
            return number
    return None


def pause_before(line: str, pace: Pace, *, first: bool = False) -> float:
    """Seconds somebody takes before this line is there."""
    return pace.first if first else min(pace.least + pace.per_letter * len(line), pace.most)
