"""A visitor's history (これまで): all their talks in the program, what was written of them, and who they are."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import histories, permissions
from counseling.actions import reading
from counseling.crypto import CannotOpen
from counseling.feeds import history as feed
from counseling.feeds import keeping
from counseling.feeds.records import Opened as OpenedRecord
from counseling.histories import Opened
from counseling.models import PhoneTransfer, Program, Session
from counseling.models.risk import RISKS
from counseling.pages.history_words import STATES, span
from counseling.pages.office import office, page
from counseling.pages.record_words import CLASSIFICATIONS, answers, medium
from counseling.pages.record_words import STATES as RECORD_STATES
from counseling.recording import RecordState
from counseling.triage import Risk

SECTION = "records"


@dataclass(frozen=True)
class Line:
    """A session in a history; where its reader may not know it, only that it is there."""

    session: Session
    is_known: bool
    has_record_page: bool = False
    record_state: object = ""
    record_number: int = 0
    record: list[tuple[str, str]] = field(default_factory=list)
    phones: list[PhoneTransfer] = field(default_factory=list)
    contacts: int = 0

    @property
    def medium(self) -> str:
        """By which medium it was."""
        return medium(self.session)

    @property
    def span(self) -> str:
        """From when to when."""
        return span(self.session)

    @property
    def state(self) -> object:
        """Where it stands."""
        return STATES[self.session.state]

    @property
    def risk(self) -> object:
        """How urgent it was, where somebody or something judged it."""
        return RISKS[Risk(self.session.risk)] if self.session.risk > Risk.NONE else ""

    @property
    def is_risky(self) -> bool:
        """Whether somebody's life may have been in danger."""
        return self.session.risk >= Risk.HIGH

    @property
    def classification(self) -> object:
        """What it was; empty until a person said so."""
        return CLASSIFICATIONS.get(self.session.classification, "")


def person(request: HttpRequest) -> User:
    """Who asks."""
    return cast("User", request.user)


@require_safe
@never_cache
@office(Right.TAKE_SESSIONS)
def history(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """All of a visitor's talks, the latest first; the audit knows who opened it."""
    found = histories.opened(person(request), visitor_id, program.pk)
    tell(request, found)
    return page(request, "office/history.html", program, SECTION, **shown(found))


def tell(request: HttpRequest, found: Opened) -> None:
    """The audit is told of each visitor; and, of each record that is shown, as at the record's own page."""
    by, address, program_id = found.user, audit.address_of(request), found.visitor.program_id
    visitors = [(f"visitor:{one.pk}", program_id) for one in found.visitors]
    reading.tell(Deed.VISITOR_READ, by=by, about=visitors, every_time=found.steers, address=address)
    shown_here = [one for one in found.sessions if one.pk in found.recorded and one.closed_at]
    own = [one for one in shown_here if one.counselor_id == by.pk]
    for rows, every_time in ((own, False), ([one for one in shown_here if one not in own], True)):
        about = [(f"session:{one.pk}", program_id) for one in rows]
        reading.tell(Deed.RECORD_READ, by=by, about=about, every_time=every_time, address=address)


def shown(found: Opened) -> dict[str, Any]:
    """The context of the page."""
    ids = [one.pk for one in found.sessions if one.pk in found.known]
    belong = feed.belongings(found.visitor.program, ids)
    language = get_language() or "ja"
    return {
        "visitor": found.visitor,
        "others": found.visitors[1:],
        "erased": not found.visitor.wrapped_key,
        "steers": found.steers,
        "held": keeping.holds_on(found.visitor.program_id, [one.pk for one in found.visitors], timezone.now()),
        "erases": found.visitor.program in permissions.programs(found.user, Right.CONFIGURE),
        "approaches": feed.approaches_of(found.visitors) if found.reads_approach else [],
        "merges": feed.merges_of(one.pk for one in found.visitors) if found.steers else [],
        "lines": [_line(one, found, belong, language) for one in reversed(found.sessions)],
        "hidden": sum(one.pk not in found.known for one in found.sessions),
    }


def _line(session: Session, found: Opened, belong: feed.Belongings, language: str) -> Line:
    if session.pk not in found.known:
        return Line(session, is_known=False)
    filed = belong.records.get(session.pk)
    may_read = session.pk in found.recorded
    return Line(
        session,
        is_known=True,
        has_record_page=may_read,
        record_state=RECORD_STATES[RecordState(filed.record.state)] if filed else "",
        record_number=filed.version.number if filed else 0,
        record=record_words(session, filed, language) if filed and may_read else [],
        phones=belong.phones.get(session.pk, []),
        contacts=belong.contacts.get(session.pk, 0),
    )


def record_words(
    session: Session, filed: feed.Filed, language: str, wanted: Collection[str] = ()
) -> list[tuple[str, str]]:
    """A record's answers, each with its question (only the `wanted` ones); none where the visitor's key is gone."""
    try:
        given, left = filed.version.opened(session.visitor.key())
    except CannotOpen:
        return []
    told = answers(OpenedRecord(filed.version, filed.form, given, left), language)
    return [said for key, said in told.items() if not wanted or key in wanted]
