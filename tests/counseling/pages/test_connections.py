"""外部連携: keys are made and shown once, seen without their secret, and made worthless."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import tokens
from counseling.machines import KEY, Scope
from counseling.models import ApiToken, Membership, Program
from tests.conftest import confirm
from tests.machines import Machine, machine

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PLACE = "/programs/women/connections/"
NEW = PLACE + "tokens/"
WISH = {"name": "県の集計システム", "scopes": ["hours:read", "figures:read"], "life": "90"}


@pytest.fixture
def browser(signed_in: SignedIn, aoi: User) -> Client:
    """Aoi's, who has just confirmed that it is she."""
    client = signed_in(aoi)
    confirm(client)
    return client


def key_in(text: str) -> str:
    found = re.search(r'value="(mado_[^"]+)"', text)
    assert found and KEY.fullmatch(found[1])
    return found[1]


def test_without_keys_the_page_says_what_they_are_for(browser: Client) -> None:
    text = browser.get(PLACE).content.decode()
    assert "キーはまだありません" in text
    assert text.count("<h1") == 1 and 'aria-current="page"' in text


def test_a_key_is_shown_in_the_answer_and_never_again(browser: Client, program: Program) -> None:
    answer = browser.post(NEW, WISH)
    key = key_in(answer.content.decode())
    assert answer.headers["Cache-Control"].startswith("no-store") or "no-store" in answer.headers["Cache-Control"]
    assert Machine(key, program).of("hours").status_code == 200
    assert Machine(key, program).get("programs").status_code == 403
    secret = key.rpartition("_")[2]
    for path in (PLACE, NEW, PLACE + f"tokens/{ApiToken.objects.get().pk}/revocation/", "/programs/women/audit/"):
        assert secret not in browser.get(path).content.decode()


def test_the_page_says_what_each_key_is_and_how_it_stands(
    browser: Client, program: Program, aoi: User, mio: User
) -> None:
    for name in ("良い", "切れた", "去った"):
        machine(program, aoi, [Scope.HOURS, Scope.FIGURES], name=name)
    ApiToken.objects.filter(name="切れた").update(expires_at=timezone.now())
    ApiToken.objects.filter(name="去った").update(made_by=mio)
    text = browser.get(PLACE).content.decode()
    for words in (
        "受付時間、集計",
        "使えます",
        "期限が切れました",
        "作った人が、この窓口の管理者ではなくなりました",
        "まだありません",
    ):
        assert words in text, words
    assert f"mado_{ApiToken.objects.get(name='良い').prefix}_…" in text


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"name": ""}, "使いみちを書いてください。"),
        ({"name": "　"}, "使いみちを書いてください。"),
        ({"name": "\u200b"}, "使いみちを書いてください。"),
        ({"name": "a" * 61}, "60字までで書いてください。"),
        ({"name": "a\0b"}, "使えない文字が含まれています。"),
        ({"scopes": []}, "読めるものを1つ以上選んでください。"),
        ({"scopes": ["words:read"]}, "読めるものを1つ以上選んでください。"),
        ({"life": "36500"}, "使える期間を選んでください。"),
        ({"life": ""}, "使える期間を選んでください。"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(browser: Client, wish: dict[str, object], told: str) -> None:
    text = browser.post(NEW, WISH | wish).content.decode()
    assert told in text
    assert not ApiToken.objects.exists()
    if "name" not in wish:
        assert 'value="県の集計システム"' in text


def test_a_form_sent_twice_makes_one_key(browser: Client) -> None:
    browser.post(NEW, WISH)
    assert "同じ名前のキーがあります" in browser.post(NEW, WISH).content.decode()
    assert ApiToken.objects.count() == 1


def test_too_many_keys_are_refused(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_TOKENS", 0)
    assert "キーが多すぎます" in browser.post(NEW, WISH).content.decode()


def test_a_key_is_made_worthless_after_being_asked(browser: Client, program: Program, aoi: User) -> None:
    reader = machine(program, aoi)
    path = PLACE + f"tokens/{ApiToken.objects.get().pk}/revocation/"
    assert "「集計」を使えなくしますか" in browser.get(path).content.decode()
    assert reader.get("programs").status_code == 200
    assert "キー「集計」を使えなくしました。" in browser.post(path, follow=True).content.decode()
    assert reader.get("programs").status_code == 401
    assert browser.get(path).status_code == 404
    assert "キーはまだありません" in browser.get(PLACE).content.decode()


def test_making_and_revoking_ask_first_who_it_is(signed_in: SignedIn, aoi: User, program: Program) -> None:
    client = signed_in(aoi)
    machine(program, aoi)
    for path in (NEW, PLACE + f"tokens/{ApiToken.objects.get().pk}/revocation/"):
        for answer in (client.get(path), client.post(path, WISH)):
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/accounts/")
    assert ApiToken.objects.get().revoked_at is None


def test_another_programs_key_is_not_there(browser: Client, aoi: User) -> None:
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on=timezone.localdate())
    Membership.objects.create(user=aoi, program=other, role=Role.ADMINISTRATOR)
    machine(other, aoi)
    path = PLACE + f"tokens/{ApiToken.objects.get().pk}/revocation/"
    assert (browser.get(path).status_code, browser.post(path).status_code) == (404, 404)


def test_the_audit_page_names_the_key(browser: Client, program: Program, aoi: User) -> None:
    machine(program, aoi, [Scope.HOURS])
    text = browser.get("/programs/women/audit/").content.decode()
    assert "AoiさんがAPIキー「集計」を作りました" in text
    assert AuditEntry.objects.get(deed="token.made").program_id == program.pk


def test_many_keys_ask_no_more_of_the_database(browser: Client, program: Program, aoi: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(PLACE)
        return len(asked)

    before = queries()
    for number in range(10):
        tokens.make(program_id=program.pk, by=aoi, name=str(number), scopes=[Scope.HOURS], life=timedelta(days=1))
    assert queries() == before <= 8
