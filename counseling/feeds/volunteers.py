"""A program's volunteers: where its link stands, and who applied. Reading only."""

from datetime import datetime

from django.db.models import Case, IntegerField, When
from django.db.models.functions import Coalesce

from accounts.invitations import hash_of
from counseling.models import Application, JoinLink, Program
from counseling.models.volunteer import ApplicationState
from counseling.stages import Stage

MOST_SHOWN = 500


def link_of(program: Program, now: datetime) -> JoinLink | None:
    """The link that still opens the door; None where there is none."""
    return JoinLink.objects.filter(program=program, revoked_at=None, expires_at__gt=now).first()


def link_with(key: str) -> JoinLink | None:
    """The link of this key, whether or not it still opens anything."""
    return JoinLink.objects.filter(key_hash=hash_of(key)).select_related("program").first()


def is_open(link: JoinLink, now: datetime) -> bool:
    """Whether somebody may apply by it now."""
    return link.revoked_at is None and link.expires_at > now and link.program.stage != Stage.CLOSED


def applications(program: Program) -> list[Application]:
    """Those nobody decided on first, who waits longest at the head; then the decided ones, the latest first."""
    rows = Application.objects.filter(program=program).select_related("decided_by")
    waits = Case(When(state=ApplicationState.PENDING, then=0), default=1, output_field=IntegerField())
    return list(rows.order_by(waits, Coalesce("decided_at", "applied_at"), "pk")[:MOST_SHOWN])


def pending_count(program: Program) -> int:
    """How many wait for somebody's decision."""
    return Application.objects.filter(program=program, state=ApplicationState.PENDING).count()
