"""What the emergency sheet needs in its templates: Japan's clock to the second, and words for codes."""

from datetime import datetime

from django import template
from django.utils.translation import get_language

from counseling.emergency import moment
from counseling.models.risk import RISKS
from counseling.opening import TOKYO
from counseling.triage import Risk

register = template.Library()


@register.filter
def jst(at: str | datetime | None) -> str:
    """A moment by Japan's clock, to the second: where somebody was is a question of seconds."""
    told = at.isoformat() if isinstance(at, datetime) else at
    if not told or get_language() == "ja":
        return moment(told)
    return f"{datetime.fromisoformat(told).astimezone(TOKYO):%Y-%m-%d %H:%M:%S} JST"


@register.filter
def named(names: dict[str, str], code: str) -> str:
    """The word for a code."""
    return names.get(code, code)


@register.filter
def risk(level: int) -> str:
    """The word for a level of urgency."""
    return str(RISKS[Risk(level)])
