"""The queue diverted to supervisors (SV対応): while it is, nobody else takes or is offered who waits."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import events, later, permissions
from counseling.models import Program


@transaction.atomic
def divert(*, program_id: int, by: User) -> None:
    """From now on the queue is for supervisors. Who did it first did it. Raises permissions.NotVisible."""
    program = _locked(program_id, by)
    if program.diverted_since is None:
        _keep(program, by, Deed.QUEUE_DIVERTED, diverted=True)


@transaction.atomic
def end(*, program_id: int, by: User) -> None:
    """The queue is everybody's again; twice is the same. Raises permissions.NotVisible."""
    program = _locked(program_id, by)
    if program.diverted_since is not None:
        _keep(program, by, Deed.QUEUE_RETURNED, diverted=False)


def _locked(program_id: int, by: User) -> Program:
    permissions.require(by, Right.STEER, program_id)
    return Program.objects.select_for_update(no_key=True).get(pk=program_id)


def _keep(program: Program, by: User, deed: Deed, *, diverted: bool) -> None:
    program.diverted_since, program.diverted_by = (timezone.now(), by) if diverted else (None, None)
    program.save(update_fields=["diverted_since", "diverted_by"])
    events.ring(events.board_group(program.pk))
    # What lies before others is taken back, or they are offered again.
    later.offer(program.pk)
    audit.note(deed, by=by, subject=f"program:{program.pk}", program_id=program.pk)
