"""Which number a session has within its program: in order of access, without a gap."""

from typing import Any

from django.db.models import F

from counseling.models import Program


def numbered(program_id: int) -> dict[str, Any]:
    """The program of a new session and its number there, which nobody else gets: for its columns."""
    Program.objects.filter(pk=program_id).update(last_number=F("last_number") + 1)
    program = Program.objects.get(pk=program_id)
    return {"program": program, "number": program.last_number}
