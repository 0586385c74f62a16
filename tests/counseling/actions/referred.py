"""A visitor referred to an agency, for the tests."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.models import User
from counseling.actions import referrals
from counseling.actions.referring import Heard, Referring, today
from counseling.models import Referral, Session

CONSENTED = "名前と電話番号なら伝えていいです⟦consent⟧"
TOLD = "明日の午後に電話がほしいこと⟦told⟧"


def day(ahead: int = 0) -> date:
    """So many days from today."""
    return today(timezone.now()) + timedelta(days=ahead)


def told(**changes: Any) -> Referring:
    """Sora was told of an agency that is not in the directory."""
    given: dict[str, Any] = {"level": "told", "kind": "women", "agency": "女性相談センター", "due_on": day(14)}
    return replace(Referring(**given), **changes)


def contacted(by: User, **changes: Any) -> Referring:
    """The agency was telephoned, as Sora had agreed."""
    now = timezone.now()
    given: dict[str, Any] = {
        "level": "contacted",
        "consent": CONSENTED,
        "consented_at": now - timedelta(minutes=20),
        "asked_by": by.pk,
        "items": ("name", "telephone"),
        "contacted_at": now - timedelta(minutes=5),
        "contacted_by": by.pk,
        "person": "受付の佐藤さん",
        "told": TOLD,
    }
    return told(**{**given, **changes})


def refer(session: Session, by: User, referring: Referring | None = None, client_id: UUID | None = None) -> Referral:
    """`by` refers the session's visitor."""
    made, _new = referrals.make(
        session_id=session.pk, by=by, client_id=client_id or uuid4(), referring=referring or contacted(by)
    )
    return made


def note(referral: Referral, by: User, result: str, **more: Any) -> Referral:
    """`by` heard this."""
    referral.refresh_from_db()
    heard = Heard(result, **({"on": day()} if result in {"connected", "declined"} else {}) | more)
    return referrals.note_result(referral_id=referral.pk, by=by, seen=referral.revision, heard=heard)
