"""A person decides on words to a visitor that were refused, or of which nobody knows whether they arrived."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from counseling import later, permissions, timeline
from counseling.models import Delivery, Message
from counseling.models.delivery import DeliveryState


class CannotDecide(Exception):
    """The delivery is not (or no longer) one that waits for this decision."""


RESEND, DISMISS, ARRIVED = "resend", "dismiss", "arrived"
_DECIDABLE = {
    RESEND: frozenset({DeliveryState.REFUSED, DeliveryState.UNKNOWN}),
    DISMISS: frozenset({DeliveryState.REFUSED, DeliveryState.UNKNOWN}),
    ARRIVED: frozenset({DeliveryState.UNKNOWN}),
}


@transaction.atomic
def decide(*, delivery_id: int, by: User, decision: str) -> Delivery:
    """A person decides on words that were refused or may not have arrived; returns the delivery that counts now.

    "resend" owes them again under a new key, "dismiss" gives them up, "arrived" says the visitor has them.
    Raises permissions.NotVisible, CannotDecide.
    """
    known = Delivery.objects.filter(pk=delivery_id, message__isnull=False).select_related("message").first()
    if known is None or known.message is None:
        raise permissions.NotVisible
    message = known.message
    session = permissions.lock(message.session_id, by)
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if delivery.state not in _DECIDABLE.get(decision, ()):
        raise CannotDecide(decision)
    now = timezone.now()
    delivery.state = DeliveryState.SENT if decision == ARRIVED else DeliveryState.DISMISSED
    delivery.reason, delivery.done_at = decision, now
    delivery.save(update_fields=["state", "reason", "done_at"])
    if decision == RESEND:
        delivery = Delivery.objects.create(
            visitor=session.visitor, channel_id=delivery.channel_id, message=message, parts=delivery.parts
        )
        later.deliver(session.visitor_id)
    version = timeline.next_version(session)
    Message.objects.filter(pk=message.pk).update(version=version)
    timeline.record(session, "delivery.changed", at=now, by=by, message=message, version=version, decision=decision)
    return delivery
