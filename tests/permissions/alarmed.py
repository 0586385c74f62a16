"""What stands on the stage when a life is in danger: Mio's sheet of Sora's sitting, a clue, a contact, a filing."""

from uuid import UUID

from django.utils import timezone

from accounts.models import User
from counseling.actions import agency_contacts, filings, sheets
from counseling.actions.contacting import Contacting
from counseling.models.emergency import ClueKind, Ground, SheetReason

CLUE, CONTACTED = "手がかりの言葉⟦clue⟧", "機関に伝えた言葉⟦police⟧"


def emergency(session_id: int, mio: User) -> dict[str, object]:
    """The ids that addresses are made with."""
    opened = sheets.open_sheet(session_id=session_id, by=mio, reason=SheetReason.DANGER)
    clue, _new = sheets.note_clue(
        session_id=session_id, by=mio, client_id=UUID(int=31), kind=ClueKind.PLACE, words=CLUE
    )
    told = Contacting(timezone.now(), Ground.LIFE, CONTACTED, agency="戸部警察署")
    contact, _new = agency_contacts.log(session_id=session_id, by=mio, client_id=UUID(int=32), contacting=told)
    filing, _new = filings.file(session_id=session_id, by=mio, client_id=UUID(int=33), contact_id=contact.pk)
    return {"opened_id": opened.pk, "clue_id": clue.pk, "contact_id": contact.pk, "filing_id": filing.pk}
