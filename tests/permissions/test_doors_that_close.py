"""Every address that changes anything is pressed once a talk is over: none but the record's two closes it."""

from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client

from counseling.lifecycle import State
from counseling.models import Record, Session
from tests.permissions.asking import ask, path_to, rows_of
from tests.permissions.rows import TABLE
from tests.permissions.stage import Stage
from tests.permissions.test_permission_table import body_of

pytestmark = pytest.mark.django_db
# By hand and by the console: both are actions.records.file.
CLOSING = {"office:record", "api:closure"}
PRESSING = ("haru", "mio", "aoi")


@pytest.mark.parametrize("state", ["active", "wrap_up"])
def test_no_other_door_closes_a_talk(state: str, stage: Stage, logins: dict[str, SimpleCookie]) -> None:
    rows = {row.key: row for row in rows_of(TABLE) if row.method != "GET"}
    closing = set()
    for row in rows.values():
        for name in PRESSING:
            point = transaction.savepoint()
            stage.be(state)
            before = set(Session.objects.filter(state=State.CLOSED).values_list("pk", flat=True))
            # A fresh one: some rows sign out.
            browser = Client()
            browser.cookies = SimpleCookie({one.key: one.value for one in logins[name].values()})
            ask(browser, row.method, path_to(stage, row.name), body_of(row, stage))
            for session in Session.objects.filter(state=State.CLOSED).exclude(pk__in=before):
                closing.add(row.name)
                assert Record.objects.get(session=session).number > 0
            transaction.savepoint_rollback(point)
    assert closing <= CLOSING
    assert bool(closing) == (state == "wrap_up")
