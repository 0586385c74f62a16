"""Visitors for whom supervisors arranged something (配慮が必要な方): the list, and one visitor's page."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import Right
from counseling.arrangements import SOON
from counseling.feeds import arrangements as feed
from counseling.models import Limit, Program
from counseling.pages.arrangement_words import REASONS, agreed_words, left_words
from counseling.pages.arranging import SECTION, opened
from counseling.pages.office import office, page


@require_safe
@never_cache
@office(Right.STEER)
def arrangements(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Everybody for whom something holds today; what runs out soonest first, and without words."""
    today = timezone.localdate()
    lines = [
        {
            "one": one,
            "limit": one.limit and agreed_words(one.limit.agreed),
            "reason": one.block and REASONS[one.block.code],
            "limit_left": one.limit and left_words(one.limit.ends_on, today),
            "block_left": one.block and left_words(one.block.ends_on, today),
            "soon": one.ends_on is not None and one.ends_on - today <= SOON,
        }
        for one in feed.arranged(program, today)
    ]
    soon = sum(bool(line["soon"]) for line in lines)
    return page(request, "office/arrangements.html", program, SECTION, lines=lines, soon=soon, days=SOON.days)


@require_safe
@never_cache
@office(Right.STEER)
def arrangement(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """All that is and was arranged for one visitor, words and all: the audit knows who opened it."""
    visitor = opened(request, program, visitor_id)
    found, today = feed.history(visitor), timezone.localdate()
    approach = next((one for one in found.approaches[:1] if one.words), None)
    return page(
        request,
        "office/arrangement.html",
        program,
        SECTION,
        visitor=visitor,
        approach=approach,
        earlier=[one for one in found.approaches if one is not approach],
        agreed=_now(found.limits, today),
        limits=[_line(one, today) for one in found.limits if not one.row.holds_on(today)],
        blocked=_now(found.blocks, today),
        blocks=[_line(one, today) for one in found.blocks if not one.row.holds_on(today)],
    )


def _now(rows: list[feed.Decided], today: date) -> dict[str, Any] | None:
    return next((_line(one, today) for one in rows if one.row.holds_on(today)), None)


def _line(one: feed.Decided, today: date) -> dict[str, Any]:
    """One decision, with what it says in words."""
    row = one.row
    says = agreed_words(row.agreed) if isinstance(row, Limit) else REASONS[row.code]
    return {"row": row, "words": one.words, "told": one.told, "says": says, "left": left_words(row.ends_on, today)}
