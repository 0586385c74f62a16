"""Results that leave the house leave a line in the audit; nothing else is written from here."""

from django.db import transaction

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.models import Program
from reports.periods import Period


@transaction.atomic
def note_export(*, program: Program, period: Period, kind: str, right: Right, by: User) -> None:
    """Write down that `by` took the results of a period out of the house as `kind`. Raises NotVisible."""
    permissions.require(by, right, program.pk)
    audit.note(
        Deed.RESULTS_EXPORTED,
        by=by,
        subject=f"program:{program.pk}",
        program_id=program.pk,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        kind=kind,
        public=right == Right.SEE_PUBLIC_RESULTS,
    )
