"""The lists of records (相談記録): to be written, returned, to be checked, checked; each with its clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.feeds import records as feed
from counseling.feeds.records import Sessions
from counseling.models import Program, Session
from counseling.models.risk import RISKS
from counseling.pages.office import office, page
from counseling.pages.record_sheet import SECTION
from counseling.pages.record_words import CLASSIFICATIONS, lasting
from counseling.triage import Risk

PAGE_ROWS = 50


@dataclass(frozen=True)
class Shelf:
    """One list: its name, what it holds, and what is said where it is empty."""

    name: object
    rows: Callable[[Sessions], Sessions]
    empty: object
    next: object


SHELVES = {
    "due": Shelf(
        _("記録待ち"),
        feed.due,
        _("書くのを待っている記録はありません。"),
        _("相談が終わると、ここに並びます。"),
    ),
    "returned": Shelf(
        _("差し戻し"),
        feed.returned,
        _("差し戻された記録はありません。"),
        _("SVが差し戻すと、ここに並びます。"),
    ),
    "filed": Shelf(
        _("確認待ち"),
        feed.filed,
        _("確認を待っている記録はありません。"),
        _("記録が提出されると、ここに並びます。"),
    ),
    "checked": Shelf(
        _("確認済み"),
        feed.checked,
        _("確認済みの記録は、まだありません。"),
        _("SVが確認した記録は、ここに並びます。"),
    ),
}


@dataclass(frozen=True)
class Line:
    """A session as it stands in a list."""

    session: Session
    shelf: str
    now: datetime

    @cached_property
    def since(self) -> datetime | None:
        """Since when it stands in this list."""
        return self.session.ended_at if self.shelf == "due" else self.session.record.since

    @property
    def waited(self) -> str:
        """For how long."""
        return lasting(self.now - self.since) if self.since else ""

    @property
    def is_overdue(self) -> bool:
        """Whether its record should have been written by now."""
        return bool(
            self.shelf == "due" and self.since and self.now - self.since >= self.session.program.record_due_after
        )

    @property
    def risk(self) -> object:
        """How urgent it was, where that is worth a word."""
        return RISKS[Risk(self.session.risk)] if self.session.risk >= Risk.MODERATE else ""

    @property
    def is_risky(self) -> bool:
        """Whether somebody's life may have been in danger."""
        return self.session.risk >= Risk.HIGH

    @property
    def classification(self) -> object:
        """What it was; empty until a person said so."""
        return CLASSIFICATIONS.get(self.session.classification, "")


@require_safe
@never_cache
@office(Right.TAKE_SESSIONS)
def records(request: HttpRequest, program: Program) -> HttpResponseBase:
    """One list, and how much is in each."""
    user, now = cast("User", request.user), timezone.now()
    rows, asked = feed.listed(permissions.recorded_sessions(user), program), request.GET.get("show", "")
    shelf = asked if asked in SHELVES else "due"
    one = Paginator(SHELVES[shelf].rows(rows), PAGE_ROWS).get_page(request.GET.get("page"))
    counted = feed.counted(rows, now)
    return page(
        request,
        "office/records.html",
        program,
        SECTION,
        shelf=shelf,
        shelves=[(key, found.name, counted[key]) for key, found in SHELVES.items()],
        empty=SHELVES[shelf],
        overdue=counted["overdue"],
        lines=[Line(session, shelf, now) for session in one],
        page=one,
        steers=permissions.steers(user, program.pk),
        due_after=lasting(program.record_due_after),
    )
