"""The contact log (連絡記録): which agency was told what, on which ground, and what it answered.

Nothing is written without a ground, and nothing written is changed: a correction follows it.
"""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from counseling import permissions, timeline
from counseling.actions.asides import sealed, taken_before
from counseling.actions.contacting import Contacting, checked
from counseling.actions.sheets import lock_to_write
from counseling.emergency import GROUNDS, ContactWords
from counseling.events import EventKind
from counseling.models import AgencyContact, Filing, Note, Session
from counseling.models.emergency import Ground


class CorrectedAlready(Exception):
    """Somebody has corrected the entry meanwhile: the newer one is to be corrected."""


@transaction.atomic
def log(
    *, session_id: int, by: User, client_id: UUID, contacting: Contacting, address: str | None = None
) -> tuple[AgencyContact, bool]:
    """An agency was told; True when new. Told in the talk as a note among staff, and to the audit log.

    Raises permissions.NotVisible, InvalidContact, messages.ClientIdReused.
    """
    session = lock_to_write(session_id, by)
    return _write(session, by, client_id, contacting, None, address)


@transaction.atomic
def correct(
    *,
    session_id: int,
    contact_id: int,
    by: User,
    client_id: UUID,
    contacting: Contacting,
    address: str | None = None,
) -> tuple[AgencyContact, bool]:
    """An entry follows the one it corrects, which stays. Raises as `log`, and CorrectedAlready."""
    session = lock_to_write(session_id, by)
    before = AgencyContact.objects.filter(session=session, pk=contact_id).first()
    if before is None:
        raise permissions.NotVisible
    return _write(session, by, client_id, contacting, before, address)


def _write(
    session: Session,
    by: User,
    client_id: UUID,
    contacting: Contacting,
    corrects: AgencyContact | None,
    address: str | None,
) -> tuple[AgencyContact, bool]:
    agency, told = checked(session.program_id, contacting, timezone.now())
    words = json.dumps(
        {**told, "at": contacting.contacted_at.isoformat(), "ground": contacting.ground}, ensure_ascii=False
    )
    if same := taken_before(AgencyContact, session, by=by, client_id=client_id, words=words):
        return same, False
    if corrects and AgencyContact.objects.filter(corrects=corrects).exists():
        raise CorrectedAlready
    contact = sealed(
        AgencyContact, session, by=by, words=words, client_id=client_id, agency=agency, corrects=corrects,
        contacted_at=contacting.contacted_at, ground=contacting.ground, next_due_at=contacting.next_due_at,
        consented_at=contacting.consented_at if contacting.ground == Ground.CONSENT else None,
    )  # fmt: skip
    session.reported_at = _first_report(session)
    said = _in_words(contact, told, corrects=corrects is not None)
    tell(session, "agency.corrected" if corrects else "agency.contacted", contact, said)
    deed = Deed.CONTACT_CORRECTED if corrects else Deed.CONTACT_LOGGED
    audit.note(
        deed, by=by, subject=f"session:{session.pk}", program_id=session.program_id, address=address,
        contact=contact.pk, ground=contacting.ground,
    )  # fmt: skip
    return contact, True


def _first_report(session: Session) -> datetime | None:
    held = AgencyContact.objects.filter(session=session, corrected_by=None)
    first: datetime | None = held.aggregate(first=Min("contacted_at"))["first"]
    return first


def _in_words(contact: AgencyContact, told: ContactWords, *, corrects: bool) -> str:
    """How the talk's staff read of it: a note, always in Japanese, as it is kept."""
    at = timezone.localtime(contact.contacted_at)
    lines = [
        "連絡記録の訂正" if corrects else "連絡記録",
        f"{at.month}月{at.day}日 {at:%H:%M} {told['agency']} {told['person']}".rstrip(),
        f"根拠: {GROUNDS[contact.ground]}",
        f"伝えたこと: {told['told']}",
        f"返事: {told['answer']}" if told["answer"] else "",
        f"次にすること: {told['next_step']}" if told["next_step"] else "",
    ]
    return "\n".join(line for line in lines if line)


def tell(session: Session, kind: EventKind, row: AgencyContact | Filing, said: str) -> None:
    """Record it in the session's log, with a note from which all who may read the talk know of it."""
    note = sealed(Note, session, by=row.by, words=said, version=row.version)
    at, version = row.created_at, row.version
    timeline.record(session, kind, at=at, by=row.by, note=note, version=version, fields=("reported_at",))
