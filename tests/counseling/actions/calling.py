"""What the tests of the telephone share: a program that calls back, and a call that is agreed."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from counseling.actions import editions, phoning, taps, telephone
from counseling.actions.phoning import Typed
from counseling.models import Channel, Part, PhoneTransfer, Program, Session
from counseling.telephone import slots, tap_of
from tests.conftest import ALWAYS, SORA
from tests.counseling.asked import buttons

NUMBER, MASKED = "090-5311-2478", "090-****-**78"
PLAN: dict[str, Any] = {"line": "045-000-1234", "calls_back": True, "hours": ALWAYS}


def with_telephone(program: Program, **other: Any) -> Program:
    """The program has a telephone, and calls back at any hour."""
    editions.put_in_force(program, Part.TELEPHONE, PLAN | other, by=None)
    program.save(update_fields=["editions"])
    return program


def typed(number: str = NUMBER, slot: str = "now", voice: str = "surname", wishes: str = "") -> Typed:
    """An answer, as it is typed."""
    return Typed(number, slot, voice, wishes)


def agreed(session: Session, by: User, **answer: str) -> PhoneTransfer:
    """A call that the counselor has put on the list for the visitor."""
    return telephone.enter(session_id=session.pk, by=by, typed=typed(**answer))


def press(channel: Channel, label: str) -> None:
    """Sora taps the button that says so; it must be there."""
    tap = tap_of(buttons()[label].data)
    assert tap is not None
    taps.choose(channel_id=channel.pk, identity=SORA, tap=tap)


def next_slot(session: Session) -> str:
    """The code of the first slot that is not now."""
    hours = phoning.plan_of(session.program).hours
    return next(one.code for one in slots(hours, timezone.now()) if not one.is_now)


def aged(transfer: PhoneTransfer, by: timedelta) -> datetime:
    """Time passes for the call: as if it had been promised earlier."""
    transfer.refresh_from_db()
    times = {name: getattr(transfer, name) for name in ("slot_from", "slot_until", "forget_at", "overdue_at")}
    changed = {name: at - by for name, at in times.items() if at}
    PhoneTransfer.objects.filter(pk=transfer.pk).update(**changed)
    transfer.refresh_from_db()
    return timezone.now()
