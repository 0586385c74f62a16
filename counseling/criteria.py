"""What the answers to the risk form (緊急度の確認) suggest: one table of criteria, read from the top. Pure.

A suggestion is explained by the answers that led to it, and is no more than that: a person decides the level. Questions
that the table does not know, because a program thought of them itself, count for nothing here. The criteria are those
of the record (domain.md §2), graded as people are taught to: thoughts alone least, a plan with the means and the
preparations most. What is not known is not a no.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from counseling.triage import Risk

YES, UNSURE = ("yes",), ("unknown",)
POSSIBLE = YES + UNSURE


@dataclass(frozen=True)
class Rule:
    """Where every one of these questions was answered in one of these ways, the level is suggested."""

    level: Risk
    answers: Mapping[str, tuple[str, ...]]

    def holds(self, given: Mapping[str, object]) -> bool:
        """Whether somebody answered so."""
        return all(given.get(key) in wanted for key, wanted in self.answers.items())


RULES: tuple[Rule, ...] = (
    Rule(Risk.IMMINENT, {"plan": YES, "means": YES, "preparation": YES}),
    Rule(Risk.IMMINENT, {"violence_now": YES, "children_danger": YES}),
    Rule(Risk.IMMINENT, {"child_danger": YES, "abuser_near": YES}),
    Rule(Risk.HIGH, {"plan": YES, "means": YES}),
    Rule(Risk.HIGH, {"preparation": YES}),
    Rule(Risk.HIGH, {"plan": YES, "history": YES}),
    Rule(Risk.HIGH, {"violence_now": YES}),
    Rule(Risk.HIGH, {"children_danger": YES}),
    Rule(Risk.HIGH, {"child_danger": YES}),
    Rule(Risk.HIGH, {"safe_place": YES}),
    Rule(Risk.MODERATE, {"plan": YES}),
    Rule(Risk.MODERATE, {"ideation": YES, "means": YES}),
    Rule(Risk.MODERATE, {"ideation": YES, "history": YES}),
    Rule(Risk.MODERATE, {"ideation": YES, "isolation": YES}),
    Rule(Risk.MODERATE, {"ideation": YES, "plan": UNSURE}),
    Rule(Risk.MODERATE, {"abuser_near": YES}),
    Rule(Risk.LOW, {"ideation": POSSIBLE}),
    Rule(Risk.LOW, {"history": YES}),
    Rule(Risk.LOW, {"exhausted": YES}),
    Rule(Risk.LOW, {"violence_now": UNSURE}),
    Rule(Risk.LOW, {"child_danger": UNSURE}),
    Rule(Risk.LOW, {"abuser_near": UNSURE}),
    Rule(Risk.LOW, {"safe_place": UNSURE}),
)
CRITERIA = frozenset(key for rule in RULES for key in rule.answers)


@dataclass(frozen=True)
class Suggestion:
    """A level, and the questions whose answers lead to it."""

    level: Risk
    because: tuple[str, ...]


def suggest(given: Mapping[str, object]) -> Suggestion | None:
    """What the answers suggest; None while no criterion was answered."""
    answered = tuple(key for key in given if key in CRITERIA)
    if not answered:
        return None
    rule = next((rule for rule in RULES if rule.holds(given)), None)
    return Suggestion(rule.level, tuple(rule.answers)) if rule else Suggestion(Risk.NONE, answered)
