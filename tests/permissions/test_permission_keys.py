"""What keys of machines open: of /api/v1/ what their scopes say, of their own program; of everything else nothing."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from counseling.actions import tokens
from counseling.machines import Scope, new_key
from counseling.models import Program
from tests.permissions.asking import addresses, ask, content, path_to
from tests.permissions.stage import HANDED, NOTED, PICTURED, SORA_ANSWERED, SORA_SAID, STRANGER_SAID, Stage

pytestmark = pytest.mark.django_db
FOR_MACHINES = {name for name in addresses() if name.startswith("v1:")}
FOR_PEOPLE = sorted(set(addresses()) - FOR_MACHINES - {"health"})
# Each key has one scope; `far` has all of them, in the other program; `gone` was revoked.
TABLE = {
    #               programs hours sessions figures far  gone unknown
    "v1:programs": (200, 403, 403, 403, 200, 401, 401),
    "v1:hours": (403, 200, 403, 403, 404, 401, 401),
    "v1:sessions": (403, 403, 200, 403, 404, 401, 401),
    "v1:figures": (403, 403, 403, 200, 404, 401, 401),
}
QUERIES = {"v1:figures": "?first=2026-04-01&last=2026-04-01"}


@pytest.fixture
def keys(stage: Stage) -> list[str]:
    """The keys, in the order of the table's columns."""
    cache.clear()
    by, far = stage.people["aoi"], Program.objects.exclude(pk=stage.program.pk).get()
    far.memberships.get_or_create(user=by, role="administrator")
    wishes = [(stage.program.pk, scope.value, [scope]) for scope in Scope]
    wishes += [(far.pk, "far", list(Scope)), (stage.program.pk, "gone", list(Scope))]
    made = [
        tokens.make(program_id=pk, by=by, name=name, scopes=scopes, life=timedelta(days=1))
        for pk, name, scopes in wishes
    ]
    tokens.revoke(program_id=stage.program.pk, token_id=made[-1][0].pk, by=by)
    return [key for _token, key in made] + [new_key()]


def asked(stage: Stage, name: str, key: str, method: str = "GET") -> tuple[int, bytes]:
    browser = Client(headers={"Authorization": f"Bearer {key}"})
    response = ask(browser, method, path_to(stage, name) + QUERIES.get(name, ""), "")
    return response.status_code, content(response)


def test_every_address_for_machines_is_in_the_table() -> None:
    assert set(TABLE) == FOR_MACHINES


@pytest.mark.parametrize("name", TABLE)
def test_each_key_opens_what_the_table_says(name: str, stage: Stage, keys: list[str]) -> None:
    answers = [asked(stage, name, key) for key in keys]
    assert tuple(status for status, _content in answers) == TABLE[name]
    for said in (SORA_SAID, SORA_ANSWERED, STRANGER_SAID, NOTED, HANDED):
        assert not any(said.encode() in answer or PICTURED in answer for _status, answer in answers)


def test_a_key_opens_nothing_of_what_people_use(stage: Stage, keys: list[str]) -> None:
    every = keys[len(Scope)]
    for name in FOR_PEOPLE:
        with transaction.atomic():
            path = path_to(stage, name)
            stranger, bearer = (
                ask(browser, "GET", path, "")
                for browser in (Client(), Client(headers={"Authorization": f"Bearer {every}"}))
            )
            transaction.set_rollback(True)
        assert bearer.status_code == stranger.status_code, name


def test_every_address_for_machines_is_for_reading(stage: Stage, keys: list[str]) -> None:
    for name in FOR_MACHINES:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert {asked(stage, name, key, method)[0] for key in keys[: len(Scope)]} <= {405, 403}, (name, method)
