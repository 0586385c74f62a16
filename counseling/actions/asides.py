"""How words among staff come to stand in a session, of whatever table: sealed, in the log, taken once.

The caller holds the session's row lock. Nothing here reaches a visitor.
"""

from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.models import User
from counseling import crypto, timeline
from counseling.actions.messages import ClientIdReused
from counseling.models import Aside, Session

A = TypeVar("A", bound=Aside)


def taken_before(kind: type[A], session: Session, *, by: User, client_id: UUID, words: str) -> A | None:
    """The same words of `by`, where they came before. Raises ClientIdReused where others did with this id."""
    same = kind._default_manager.filter(session=session, by=by, client_id=client_id).first()
    if same and same.words(session.visitor.key()) != words:
        raise ClientIdReused
    return same


def sealed(
    kind: type[A],
    session: Session,
    /,
    *,
    by: User,
    words: str,
    client_id: UUID | None = None,
    version: int | None = None,
    **columns: Any,
) -> A:
    """One more of these, with its own `columns`, at the session's next version; its event is the caller's to record.

    With `version` it is told by the event of another.
    """
    aside = kind(
        session=session,
        version=timeline.next_version(session) if version is None else version,
        by=by,
        client_id=client_id or uuid4(),
        created_at=timezone.now(),
        **columns,
    )
    aside.body = crypto.seal(session.visitor.key(), words, aside.place)
    aside.save(force_insert=True)
    return aside
