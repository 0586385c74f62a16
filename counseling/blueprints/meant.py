"""The choices the house's own forms offer, by what their question means to the figures. Pure."""

from functools import lru_cache

from counseling.blueprints import template, templates
from counseling.forms import Choice, ReportKey, read


@lru_cache
def house_choices(part: str, report: ReportKey) -> dict[str, Choice]:
    """By code; the same code is the same answer in all programs' figures."""
    found: dict[str, Choice] = {}
    for kind in templates():
        stored = template(kind).parts.get(part)
        question = read(stored).meant(report) if stored else None
        for one in question.choices if question else ():
            found.setdefault(one.value, one)
    return found
