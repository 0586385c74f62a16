"""A life in danger, for the tests: contacts with agencies, filings, and what was told of them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.models import AuditEntry
from counseling.actions import agency_contacts, filings
from counseling.actions.contacting import Contacting
from counseling.models import (
    AgencyContact,
    Filing,
    Session,
    SessionEvent,
    SheetReading,
)
from counseling.models.emergency import Ground


def by_life(**changes: Any) -> Contacting:
    """Police are told, to protect a life."""
    given: dict[str, Any] = {
        "contacted_at": timezone.now() - timedelta(minutes=2),
        "ground": Ground.LIFE,
        "agency": "戸部警察署",
        "told": "橋の上にいること",
    }
    return replace(Contacting(**given), **changes)


def log(opened: SheetReading, contacting: Contacting | None = None, **given: Any) -> AgencyContact:
    """A contact that is new."""
    contact, new = agency_contacts.log(
        session_id=opened.session_id, by=given.pop("by", opened.user), client_id=uuid4(),
        contacting=contacting or by_life(**given),
    )  # fmt: skip
    assert new
    return contact


def kinds(session: Session) -> list[str]:
    return list(SessionEvent.objects.filter(session=session).order_by("version").values_list("kind", flat=True))


def told() -> list[tuple[str, dict[str, Any]]]:
    rows = AuditEntry.objects.filter(deed__regex="^(sheet|contact)").order_by("pk")
    return list(rows.values_list("deed", "details"))


def file(opened: SheetReading, contact: AgencyContact, client_id: UUID | None = None) -> tuple[Filing, bool]:
    return filings.file(
        session_id=opened.session_id, by=opened.user, client_id=client_id or uuid4(), contact_id=contact.pk
    )
