"""Filing the sheet (提出): what an agency was given is frozen, for a contact of the log and on its ground."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils import translation

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from counseling import crypto, permissions
from counseling.actions.agency_contacts import CorrectedAlready, tell
from counseling.actions.asides import sealed
from counseling.actions.sheets import lock_to_write
from counseling.feeds import emergency as feed
from counseling.models import AgencyContact, Filing, Session


@transaction.atomic
def file(
    *, session_id: int, by: User, client_id: UUID, contact_id: int, address: str | None = None
) -> tuple[Filing, bool]:
    """Give the sheet out (提出) for a contact of the log, on its ground: as it stands now, for ever; True when new.

    Raises permissions.NotVisible, CorrectedAlready (the contact is not the one that holds).
    """
    session = lock_to_write(session_id, by)
    if same := Filing.objects.filter(session=session, by=by, client_id=client_id).first():
        return same, False
    contacts = AgencyContact.objects.filter(session=session).select_related("by")
    contact = contacts.filter(pk=contact_id).first()
    if contact is None:
        raise permissions.NotVisible
    if contacts.filter(corrects=contact).exists():
        raise CorrectedAlready
    filing = _frozen(session, by, client_id, contact)
    said = f"緊急対応シートを提出しました: {contact.told(session.visitor.key())['agency']}"
    tell(session, "sheet.filed", filing, said)
    audit.note(
        Deed.SHEET_FILED, by=by, subject=f"session:{session.pk}", program_id=session.program_id, address=address,
        contact=contact.pk, filing=filing.pk, ground=contact.ground,
    )  # fmt: skip
    return filing, True


def _frozen(session: Session, by: User, client_id: UUID, contact: AgencyContact) -> Filing:
    with translation.override("ja"):
        sheet = feed.sheet_of(session)
    filing = Filing(session=session, client_id=client_id)
    door, line_id = session.visitor.door, sheet["sitting"]["line_id"]
    random = uuid4().hex
    filing.digest = crypto.digest(Filing.canonical(random, sheet))
    door_identity = b""
    if door and line_id:
        # Who they are on LINE is erased there: nothing of it may stay under another key.
        door_identity = crypto.seal(door.key(), line_id, filing.door_place)
        sheet["sitting"]["line_id"] = ""
    return sealed(
        Filing, session, by=by, words=Filing.canonical(random, sheet), client_id=client_id, contact=contact,
        digest=filing.digest, door_identity=door_identity,
    )  # fmt: skip
