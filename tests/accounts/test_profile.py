"""One's own profile, its words, and the mails of a developer's machine."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

from accounts import profile
from accounts.models import AuditEntry, User

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
TOLD = {"name": "早川  遥", "qualifications": ["nurse"], "languages": ["en", "ja"], "can_take": ["trauma", "violence"]}


def test_a_person_tells_what_they_can_take(signed_in: SignedIn, haru: User) -> None:
    text = signed_in(haru).post("/accounts/profile/", TOLD, follow=True).content.decode()
    haru.refresh_from_db()
    assert "プロフィールを保存しました" in text
    assert (haru.name, haru.qualifications, haru.languages) == ("早川 遥", ["nurse"], ["ja", "en"])
    assert haru.can_take == ["trauma", "violence"]
    entry = AuditEntry.objects.get(deed="person.changed")
    assert entry.details == {"fields": ["name", "qualifications", "languages", "can_take"]}


def test_nothing_changed_is_no_deed(signed_in: SignedIn, haru: User) -> None:
    signed_in(haru).post("/accounts/profile/", {"name": haru.name})
    assert not AuditEntry.objects.filter(deed="person.changed").exists()


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "長" * 61}, {"languages": ["klingon"]}, {"can_take": ["everything"]}]
)
def test_a_wrong_profile_is_refused_and_kept_on_the_page(
    wrong: dict[str, object], signed_in: SignedIn, haru: User
) -> None:
    response = signed_in(haru).post("/accounts/profile/", TOLD | {"name": "遥"} | wrong)
    haru.refresh_from_db()
    assert response.status_code == 200
    assert "circle-alert" in response.content.decode()
    assert (haru.name, haru.languages) == ("Haru", [])


def test_words_stand_in_the_tables_order_and_unknown_codes_stay() -> None:
    assert profile.words_of("languages", ["en", "latin", "ja"]) == ["日本語", "英語", "latin"]
    assert set(profile.labels()) == {"qualifications", "languages", "can_take"}
    assert profile.labels()["qualifications"]["certified_psychologist"] == "公認心理師"


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Where mails are written; nothing stands there yet."""
    settings.DEBUG, settings.EMAIL_FILE_PATH = True, tmp_path / "mail"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    return Path(settings.EMAIL_FILE_PATH)


def test_the_mails_are_shown_newest_first_with_their_links(client: Client, folder: Path) -> None:
    mails = [
        EmailMultiAlternatives(f"件名{number}", f"http://localhost/{number}/ <b>太字</b>", to=["a@example.jp"])
        for number in (1, 2)
    ]
    mails[1].attach_alternative("<p>html</p>", "text/html")
    get_connection().send_messages(mails)
    text = client.get("/accounts/mails/").content.decode()
    assert text.index("件名2") < text.index("件名1")
    assert 'href="http://localhost/2/"' in text and "<b>太字" not in text


def test_without_mails_the_page_says_how_to_get_one(client: Client, folder: Path, haru: User) -> None:
    assert "まだメールはありません" in client.get("/accounts/mails/").content.decode()
    assert "/accounts/mails/" in client.get("/accounts/login/").content.decode()


def test_elsewhere_there_is_no_page_of_mails(client: Client, settings: LazySettings) -> None:
    settings.DEBUG = False
    assert client.get("/accounts/mails/").status_code == 404
    assert "/accounts/mails/" not in client.get("/accounts/login/").content.decode()
