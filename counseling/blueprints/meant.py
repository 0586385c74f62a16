"""The choices the house's own forms offer, by what their question means to the figures. Pure."""

from functools import lru_cache

from counseling.blueprints import template, templates
from counseling.forms import Choice, Form, ReportKey, read


@lru_cache
def house_choices(part: str, report: ReportKey) -> dict[str, Choice]:
    """By code; the same code is the same answer in all programs' figures."""
    found: dict[str, Choice] = {}
    for form in _forms(part):
        question = form.meant(report)
        for one in question.choices if question else ():
            found.setdefault(one.value, one)
    return found


@lru_cache
def _forms(part: str) -> tuple[Form, ...]:
    parts = (template(kind).parts for kind in templates())
    return tuple(read(one[part]) for one in parts if part in one)
