"""A talk that ends while nobody has it: whose record it is to write."""

from datetime import datetime

from counseling.models import Assignment, Message, Session
from counseling.models.message import Author


def leave_to_last(session: Session, now: datetime) -> tuple[str, ...]:
    """Give a locked session that waits again to who talked with the visitor last; the columns this changed.

    They need no room and no duty: only the record is left. Where they are no longer here, supervisors write it.
    """
    had_it = Assignment.objects.filter(session=session).select_related("user").order_by("-pk")
    wrote = Message.objects.filter(session=session, author=Author.COUNSELOR).values("by")
    last = had_it.filter(user__in=wrote).first() or had_it.first()
    if last is None:
        return ()
    session.counselor = last.user
    Assignment.objects.create(session=session, user=last.user, role=last.role, since=now, began_because="record")
    return ("counselor",)
