"""The door for volunteers, and the pages on which somebody says yes or no."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from accounts.models import User
from counseling import qr
from counseling.actions import volunteers
from counseling.models import Application, JoinLink, Program
from counseling.pages import join, volunteer_forms
from tests.conftest import confirm
from tests.counseling.actions.teams import AWAY

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE = "/programs/women/volunteers/"
TYPED: dict[str, Any] = {
    "name": "森 杜",
    "email": "mori@example.jp",
    "qualifications": ["nurse"],
    "languages": ["ja"],
    "hours": "平日の夜",
}


@pytest.fixture(autouse=True)
def _nobody_knocked_yet() -> None:
    cache.clear()


@pytest.fixture
def browser(signed_in: SignedIn, aoi: User) -> Client:
    """Aoi's, who has just confirmed that it is she."""
    client = signed_in(aoi)
    confirm(client)
    return client


@pytest.fixture
def door(program: Program, aoi: User) -> str:
    """Where the link leads."""
    return f"/join/{volunteers.make_link(program_id=program.pk, by=aoi)[1]}/"


def said(client: Client, path: str, **form: Any) -> str:
    return client.post(path, form, follow=True).content.decode()


def test_the_door_says_for_what_and_what_becomes_of_what_one_writes(client: Client, door: str) -> None:
    page = client.get(door).content.decode()
    for words in ("女性のための相談", "公認心理師", "やさしい日本語", "30日で消します"):
        assert words in page


def test_everybody_gets_the_same_answer(client: Client, door: str, haru: User) -> None:
    answers = [client.post(door, TYPED | {"email": email}) for email in ("a@example.jp", "a@example.jp", haru.email)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"{door}?sent")}
    assert "応募を受け付けました" in client.get(f"{door}?sent").content.decode()
    assert Application.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "お名前を書いてください。"),
        ({"email": "mori"}, "メールアドレスを確かめてください。"),
        ({"email": ""}, "メールアドレスを確かめてください。"),
        ({"hours": "あ" * 201}, "200文字までで書いてください。"),
    ],
)
def test_what_is_wrong_is_told_beside_it_and_all_stays_typed(
    wrong: dict[str, str], told: str, client: Client, door: str
) -> None:
    answer = client.post(door, TYPED | wrong)
    page = answer.content.decode()
    assert answer.status_code == 400 and told in page and "checked" in page
    assert all(str(TYPED[name]) in page for name in ("name", "email", "hours") if name not in wrong)


def test_nobody_knocks_without_end(client: Client, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join, "A_MINUTE", 2)
    for number in range(2):
        assert client.post(door, TYPED | {"email": f"v{number}@example.jp"}).status_code == 302
    answer = client.post(door, TYPED)
    assert answer.status_code == 400 and "応募がたいへん多くなっています" in answer.content.decode()
    assert Application.objects.count() == 2


def test_a_full_list_says_to_come_later(client: Client, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volunteers, "MOST_PENDING", 0)
    assert "応募がたいへん多くなっています" in client.post(door, TYPED).content.decode()


@pytest.mark.parametrize(
    ("why", "status", "told"),
    [("unknown", 404, "途中で切れていないか"), ("revoked", 410, "締め切りました"), ("expired", 410, "期限が過ぎました"),
     ("closed", 410, "締め切りました")],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_opens_nothing_says_so(
    why: str, status: int, told: str, method: str, client: Client, door: str, program: Program, aoi: User
) -> None:
    if why == "revoked":
        volunteers.revoke_link(program_id=program.pk, by=aoi)
    if why == "expired":
        JoinLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    Program.objects.filter(pk=program.pk).update(stage="closed" if why == "closed" else "open")
    path = "/join/nobody-made-this/" if why == "unknown" else door
    answer = client.get(path) if method == "get" else client.post(path, TYPED)
    assert (answer.status_code, told in answer.content.decode()) == (status, True)
    assert not Application.objects.exists()


def test_the_link_is_shown_once_with_its_code(browser: Client, program: Program) -> None:
    page = said(browser, f"{PAGE}link/")
    key = page.partition("/join/")[2].partition("/")[0]
    assert len(key) == 43
    assert qr.svg(f"http://localhost:8000/join/{key}/").partition("<path")[2][:200] in page or "<path" in page
    assert key not in browser.get(PAGE).content.decode()
    assert Client().get(f"/join/{key}/").status_code == 200


def test_the_team_tells_how_many_wait(browser: Client, door: str) -> None:
    assert "ボランティア</a>" in browser.get("/programs/women/team/").content.decode()
    Client().post(door, TYPED)
    assert "ボランティア(1人が返事待ち)" in browser.get("/programs/women/team/").content.decode()


def test_the_list_shows_what_each_wrote(browser: Client, door: str) -> None:
    assert "応募リンクから申し出があると" in browser.get(PAGE).content.decode()
    Client().post(door, TYPED)
    page = browser.get(PAGE).content.decode()
    for words in ("森 杜", "mori@example.jp", "看護師", "日本語", "平日の夜", "これまでに1人が応募しました。"):
        assert words in page


def test_several_are_approved_with_one_press(
    browser: Client, door: str, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    for number in range(3):
        Client().post(door, TYPED | {"email": f"v{number}@example.jp"})
    chosen = list(Application.objects.values_list("pk", flat=True))
    page = said(browser, PAGE, chosen=chosen[:2], role="trainee", verdict="approve")
    assert "2人を承認し、招待しました。" in page and page.count('name="chosen"') == 1
    assert sorted(sent.to[0] for sent in mailoutbox) == ["v0@example.jp", "v1@example.jp"]
    assert "お断りしました" in said(browser, PAGE, chosen=chosen[2:], role="counselor", verdict="silent")
    assert len(mailoutbox) == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"chosen": []}, "応募した人を選んでください。"), ({"chosen": [4711]}, "応募した人を選んでください。"),
     ({"role": "administrator"}, "役割を1つ以上選んでください。")],
)  # fmt: skip
def test_a_decision_on_nobody_or_for_another_role_changes_nothing(
    wrong: dict[str, Any], told: str, browser: Client, door: str
) -> None:
    Client().post(door, TYPED)
    form = {"chosen": [Application.objects.get().pk], "role": "counselor", "verdict": "approve"}
    assert told in said(browser, PAGE, **(form | wrong))
    assert Application.objects.get().state == "pending"


def test_too_many_at_once_are_told(browser: Client, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volunteer_forms, "AT_ONCE", 0)
    Client().post(door, TYPED)
    page = said(browser, PAGE, chosen=[Application.objects.get().pk], role="counselor", verdict="approve")
    assert "一度に決められるのは30人までです。" in page


def test_what_somebody_else_decided_is_told(browser: Client, door: str, program: Program, aoi: User) -> None:
    Client().post(door, TYPED | {"email": "haru@example.jp"})
    User.objects.create_user("haru@example.jp", name="Haru", is_active=False, password="left long ago")
    one = Application.objects.get()
    page = said(browser, PAGE, chosen=[one.pk], role="counselor", verdict="approve")
    assert "森 杜さん: この人は利用が止められています。" in page


def test_who_could_not_be_written_to_is_named(browser: Client, door: str, settings: Any) -> None:
    Client().post(door, TYPED)
    settings.EMAIL_BACKEND = AWAY
    page = said(browser, PAGE, chosen=[Application.objects.get().pk], role="counselor", verdict="approve")
    assert "メールを送れませんでした(森 杜)。" in page


def test_applications_end_with_one_press(browser: Client, door: str) -> None:
    assert "応募を締め切りました。" in said(browser, f"{PAGE}link/revocation/")
    assert Client().get(door).status_code == 410


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}link/", f"{PAGE}link/revocation/"])
def test_who_it_is_is_asked_first(path: str, program: Program, aoi: User, signed_in: SignedIn) -> None:
    answer = signed_in(aoi).post(path, {})
    assert answer.status_code == 302 and "/accounts/reauthenticate/" in answer["Location"]
    assert not JoinLink.objects.exists()
