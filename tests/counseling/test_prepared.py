"""Prepared queries and rows answer and store exactly what the ORM would."""

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from counseling import permissions
from counseling.models import Message, Session, SessionEvent
from counseling.models.prepared import Prepared, insert

pytestmark = pytest.mark.django_db


def test_a_prepared_query_gives_the_orms_rows_with_what_they_lead_to(active: Session, haru: User) -> None:
    ask = Prepared(
        lambda session_id: Session.objects.select_related("visitor__channel", "counselor").filter(pk=session_id), int
    )
    for _again in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = ask.first(active.pk)
            assert found is not None
            assert (found.counselor, found.visitor.channel.kind) == (haru, "line")
        assert len(asked) == 1
        assert model_to_dict(found) == model_to_dict(Session.objects.get(pk=active.pk))
    assert ask.first(active.pk + 1) is None


def test_nothing_stands_for_what_is_not_there(waiting: Session) -> None:
    ask = Prepared(lambda session_id: Session.objects.select_related("counselor").filter(pk=session_id), int)
    assert ask(waiting.pk)[0].counselor is None


def test_values_and_constants_keep_their_places(active: Session) -> None:
    ask = Prepared(
        lambda author, session_id: Message.objects.filter(session=session_id, kind="text", author=author).order_by(
            "seq"
        ),
        str,
        int,
    )
    assert ask("visitor", active.pk) == list(Message.objects.filter(session=active, author="visitor").order_by("seq"))
    assert ask("nobody", active.pk) == []


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_only_within_a_transaction(active: Session) -> None:
    with transaction.atomic():
        permissions.locked(active.pk)
    with pytest.raises(TransactionManagementError):
        permissions.locked(active.pk)


def test_a_row_is_inserted_as_the_orm_would_with_another_one_changed(active: Session) -> None:
    active.version += 1
    active.attributes = {"age": "20s"}
    event = SessionEvent(
        session=active, version=active.version, kind="session.held", at=active.received_at, header={"語": [1, None]}
    )
    insert(event, changed=active, fields=("version", "attributes"))
    stored = SessionEvent.objects.get(pk=event.pk)
    assert model_to_dict(stored) == model_to_dict(event)
    kept = Session.objects.get(pk=active.pk)
    assert (kept.version, kept.attributes) == (active.version, {"age": "20s"})
    event.details = {"why": "later"}
    event.save()
    assert SessionEvent.objects.filter(session=active, version=active.version).count() == 1
