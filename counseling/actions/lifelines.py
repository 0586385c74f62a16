"""A person's way (経過) leaves the house as a file: the audit is told by whom, and of which content."""

from django.db import transaction

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from counseling import histories
from counseling.models import Visitor


@transaction.atomic
def note_export(
    *, visitor_id: int, by: User, digest: str, session_id: int | None = None, address: str | None = None
) -> None:
    """`by` takes it along; `digest` is the SHA-256 of what is in it. Raises permissions.NotVisible."""
    histories.require(by, visitor_id)
    program_id = Visitor.objects.values_list("program_id", flat=True).get(pk=visitor_id)
    case = {} if session_id is None else {"session": session_id}
    audit.note(
        Deed.TIMELINE_EXPORTED,
        by=by,
        subject=f"visitor:{visitor_id}",
        program_id=program_id,
        address=address,
        digest=digest,
        **case,
    )
