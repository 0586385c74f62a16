"""Guessing is slowed down per account, however many guess at once; a call centre behind one address gets in."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client, RequestFactory

from accounts.adapter import StaffAdapter
from accounts.models import User
from tests.conftest import PASSWORD, person
from tests.servers import Daphne

GUESS, TRIES = "wrong wrong wrong", 200
AWAY = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
    }
}


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture(scope="module")
def house(django_db_setup: None) -> Iterator[Daphne]:
    """The web process as it stands behind one proxy."""
    with Daphne(env={"BEHIND_PROXY": "1", "SECURE_SSL_REDIRECT": "0", "DEBUG": "1"}) as web:
        yield web


def try_in(house: Daphne, email: str, password: str, came_from: str) -> tuple[int, str]:
    """Status and page of one sign-in; `came_from` is what stands in X-Forwarded-For when the proxy is done with it."""
    headers = {"Host": f"localhost:{house.port}", "X-Forwarded-For": came_from, "X-Forwarded-Proto": "http"}
    with closing(HTTPConnection("127.0.0.1", house.port, timeout=300)) as line:
        line.request("GET", "/accounts/login/", headers=headers)
        answer = line.getresponse()
        cookie, page = answer.headers["Set-Cookie"].split(";")[0], answer.read().decode()
        token = page.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
        body = urlencode({"login": email, "password": password, "csrfmiddlewaretoken": token})
        form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        line.request("POST", "/accounts/login/", body, headers | form)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_guesses_at_once_five_are_looked_at(house: Daphne, haru: User) -> None:
    with ThreadPoolExecutor(50) as crowd:
        found = list(crowd.map(lambda n: try_in(house, haru.email, GUESS, f"203.0.113.{n}"), range(TRIES)))
    assert {status for status, _page in found} == {200}
    looked_at = [page for _status, page in found if "メールアドレスかパスワードが違います" in page]
    assert len(looked_at) <= 5
    assert sum("失敗が続きました" in page for _status, page in found) == TRIES - len(looked_at)
    status, page = try_in(house, haru.email, PASSWORD, "203.0.113.250")
    assert status == 200 and "失敗が続きました" in page


@pytest.mark.django_db(transaction=True)
def test_what_a_browser_claims_before_the_proxy_gives_no_fresh_tries(house: Daphne, haru: User) -> None:
    cache.set("tries:203.0.113.7", 290, 600)
    with ThreadPoolExecutor(10) as crowd:
        claim = "198.51.100.{}, 203.0.113.7"
        found = list(crowd.map(lambda n: try_in(house, f"n{n}@example.jp", GUESS, claim.format(n)), range(20)))
    assert [status for status, _page in found].count(429) == 10


@pytest.mark.django_db(transaction=True)
def test_fifty_counselors_behind_one_address_get_in_at_once(house: Daphne) -> None:
    team = [person(f"c{number}", None, None).email for number in range(50)]
    User.objects.update(password=Argon2PasswordHasher().encode(PASSWORD, "salt of the tests"))
    with ThreadPoolExecutor(50) as crowd:
        found = list(crowd.map(lambda email: try_in(house, email, PASSWORD, "203.0.113.9"), team))
    assert [status for status, _page in found] == [302] * 50


@pytest.mark.parametrize(("behind", "address"), [(1, "203.0.113.7"), (0, "127.0.0.1")])
def test_the_forwarded_address_is_believed_of_one_proxy_alone(
    rf: RequestFactory, settings: LazySettings, behind: int, address: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = behind
    request = rf.get("/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    assert StaffAdapter().get_client_ip(request) == address


def test_another_spelling_of_the_host_gives_no_fresh_tries(client: Client, haru: User) -> None:
    for port in range(8001, 8006):
        client.post("/accounts/login/", {"login": haru.email, "password": GUESS}, headers={"Host": f"localhost:{port}"})
    assert "失敗が続きました" in client.post("/accounts/login/", {"login": haru.email, "password": PASSWORD}).text


def test_too_many_from_one_address_are_told_when_to_try_again(client: Client, db: None, settings: LazySettings) -> None:
    settings.TRIES_PER_ADDRESS = 1
    client.post("/accounts/login/", {"login": "haru@example.jp", "password": GUESS})
    response = client.post("/accounts/login/", {"login": "haru@example.jp", "password": GUESS})
    assert response.status_code == 429 and response.headers["Retry-After"] == "60"
    assert "1分ほど待って" in response.text and 'value="haru@example.jp"' in response.text
    assert GUESS not in response.text


def test_elsewhere_the_page_stands_alone(client: Client, db: None, settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    client.post("/accounts/password/reset/", {"email": "haru@example.jp"})
    response = client.post("/accounts/password/reset/", {"email": "haru@example.jp"})
    assert response.status_code == 429 and response.headers["Retry-After"] == "300"
    assert "少し時間をおいてください" in response.text


@pytest.mark.parametrize("debug", [False, True])
def test_while_redis_is_away_signing_in_asks_to_come_again(haru: User, settings: LazySettings, debug: bool) -> None:
    settings.CACHES, settings.DEBUG = AWAY, debug
    client = Client(raise_request_exception=False)
    assert client.get("/accounts/login/").status_code == 200
    response = client.post("/accounts/login/", {"login": haru.email, "password": PASSWORD})
    assert response.status_code == 503 and response.headers["Retry-After"] == "10"
    assert "つながりにくく" in response.text
