"""How machines come in: keys that are good, and all the others, which look alike."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from counseling.actions import tokens
from counseling.api.v1 import access
from counseling.machines import Scope, new_key
from counseling.models import ApiToken, Program
from tests.machines import Machine, machine

PATHS = ("programs", "programs/women/hours", "programs/women/sessions", "programs/women/figures")


@pytest.fixture(autouse=True)
def uncounted() -> None:
    cache.clear()


@pytest.fixture
def reader(program: Program, aoi: User) -> Machine:
    return machine(program, aoi)


@pytest.mark.parametrize("path", PATHS)
def test_without_a_key_nothing_is_read(program: Program, path: str) -> None:
    answer = Client().get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json()["error"]) == (401, "no_key")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Madoguchi"'
    assert "Authorization" in answer.json()["message"]


def _revoke(token: ApiToken, aoi: User) -> None:
    tokens.revoke(program_id=token.program_id, token_id=token.pk, by=aoi)


SPOILED: dict[str, Callable[[ApiToken, User], object]] = {
    "revoked": _revoke,
    "expired": lambda _token, _aoi: ApiToken.objects.update(expires_at=timezone.now()),
    "its maker left": lambda _token, aoi: User.objects.filter(pk=aoi.pk).update(is_active=False),
    "its program is over": lambda _token, _aoi: Program.objects.update(
        ends_on=timezone.localdate() - timedelta(days=40)
    ),
}
REFUSED_KEYS = ("", "x", "mado_", "mado_aaaaaaaa_" + "a" * 43, "あ", new_key(), new_key() + "x")


def refusal(answer: Any) -> tuple[int, bytes, list[tuple[str, str]]]:
    return answer.status_code, answer.content, sorted(answer.items())


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_keys_that_are_not_good_are_refused_alike(
    reader: Machine, aoi: User, spoil: Callable[[ApiToken, User], object]
) -> None:
    assert reader.get("programs").status_code == 200
    spoil(ApiToken.objects.get(), aoi)
    answer = reader.get("programs")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Madoguchi", error="invalid_token"'
    for key in REFUSED_KEYS:
        assert refusal(Machine(key, reader.program).get("programs")) == refusal(answer), key


@pytest.mark.parametrize("header", ["", "Basic dXNlcjpwYXNz", "Bearer", "Token {key}", "{key}", "Bearer\t{key}"])
def test_only_a_bearer_is_let_in(reader: Machine, header: str) -> None:
    answer = Client().get("/api/v1/programs", headers={"Authorization": header.format(key=reader.key)})
    assert answer.status_code == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_schemes_case_does_not_matter(reader: Machine, scheme: str) -> None:
    answer = Client().get("/api/v1/programs", headers={"Authorization": f"{scheme} {reader.key}"})
    assert answer.status_code == 200


def test_a_key_in_the_address_is_no_key(reader: Machine) -> None:
    for name in ("key", "access_token", "token"):
        assert Client().get(f"/api/v1/programs?{name}={reader.key}").status_code == 401


def test_a_login_opens_nothing_here(program: Program, aoi: User, signed_in: Callable[[User], Client]) -> None:
    assert signed_in(aoi).get("/api/v1/programs").status_code == 401


def test_a_key_opens_nothing_of_what_people_use(reader: Machine) -> None:
    pk = reader.program.pk
    for address in ("/api/me", f"/api/programs/{pk}/board", "/api/schema"):
        assert reader.send("GET", address).status_code == 403
    assert reader.send("GET", "/programs/women/team/").status_code == 302


@pytest.mark.parametrize("scope", list(Scope))
def test_each_scope_opens_its_own_and_nothing_else(program: Program, aoi: User, scope: Scope) -> None:
    reader = machine(program, aoi, [scope])
    paths = dict(zip(Scope, PATHS, strict=True))
    for other, path in paths.items():
        answer = reader.get(path)
        if other == scope:
            assert answer.status_code in {200, 400}
            continue
        assert (answer.status_code, answer.json()["error"]) == (403, "no_scope")
        challenge = answer.headers["WWW-Authenticate"]
        assert challenge == f'Bearer realm="Madoguchi", error="insufficient_scope", scope="{other}"'


def test_another_program_does_not_exist_for_a_key(reader: Machine) -> None:
    Program.objects.create(slug="other", name="other", kind="women", starts_on=timezone.localdate())
    for part in ("hours", "sessions", "figures"):
        real, none = (reader.get(f"programs/{slug}/{part}") for slug in ("other", "nowhere"))
        assert real.status_code == 404
        assert real.content == none.content


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_machines_only_read(reader: Machine, method: str) -> None:
    for path in PATHS:
        assert reader.send(method, f"/api/v1/{path}").status_code == 405
        assert Client().generic(method, f"/api/v1/{path}").status_code == 401


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "nonsense", ""])
def test_the_answer_is_json_whatever_was_asked_for(reader: Machine, accept: str) -> None:
    answer = reader.send("GET", "/api/v1/programs", Accept=accept)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    asked: Any = reader.send("GET", "/api/v1/programs?format=xml")
    assert (asked.status_code, list(asked.json()["fields"])) == (400, ["format"])
    assert Client().get("/api/v1/programs?format=xml").status_code == 401


def test_a_head_is_answered_like_a_get_without_its_body(reader: Machine) -> None:
    answer = reader.send("HEAD", "/api/v1/programs")
    assert (answer.status_code, answer.getvalue()) == (200, b"")


def test_nothing_is_kept_in_a_cache_between_us(reader: Machine) -> None:
    answers = [reader.get("programs"), Machine(new_key(), reader.program).get("programs"), reader.get("programs?x=1")]
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * 3


def test_who_asks_too_much_is_told_when_to_come_back(
    reader: Machine, aoi: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "MOST_A_MINUTE", 3)
    monkeypatch.setattr("counseling.api.v1.access.time.time", lambda: 6_000_010.0)
    other = machine(reader.program, aoi, name="ほかの機械")
    assert [reader.get("programs").status_code for _each in range(4)] == [200, 200, 200, 429]
    refused = reader.get("programs")
    assert refused.json()["error"] == "too_many"
    assert refused.headers["Retry-After"] == "50"
    assert other.get("programs").status_code == 200
    monkeypatch.setattr("counseling.api.v1.access.time.time", lambda: 6_000_060.0)
    assert reader.get("programs").status_code == 200


def test_while_redis_is_away_machines_still_read(reader: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise redis.ConnectionError

    monkeypatch.setattr("counseling.api.v1.access.cache.add", away)
    assert reader.get("programs").status_code == 200


def test_no_key_is_ever_logged(reader: Machine, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    refused = new_key()
    reader.get("programs")
    reader.get("nothing")
    Machine(refused, reader.program).get("programs")
    assert reader.key not in caplog.text
    assert refused not in caplog.text


def test_refusals_speak_english_to_who_asks_for_it(reader: Machine) -> None:
    answer = reader.send("GET", "/api/v1/programs?x=1", **{"Accept-Language": "en"})
    assert answer.json()["fields"] == {"x": ["There is no such field."]}  # type: ignore[attr-defined]


def test_coming_in_costs_two_queries_and_one_more_a_minute(reader: Machine, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        reader.get("programs")
    with django_assert_num_queries(1):
        reader.get("programs")
