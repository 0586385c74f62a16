"""One's own logins: a list one understands, and an end to each of them."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user
from django.test import Client

from accounts.deeds import Deed
from accounts.login_views import in_words
from accounts.models import AuditEntry, Login, User

SignedIn = Callable[[User], Client]
PAGE = "/accounts/logins/"


def marks(client: Client) -> list[str]:
    """The others in the list."""
    context = client.get(PAGE).context
    return [mark for _login, mark, _words in context["logins"] if mark != context["here"]]


def test_this_login_is_marked_and_others_can_be_ended(signed_in: SignedIn, haru: User, mio: User) -> None:
    here, there, _colleague = signed_in(haru), signed_in(haru), signed_in(mio)
    (mark,) = marks(here)
    assert "いまお使いの端末" in here.get(PAGE).text
    here.post(PAGE, {"login": mark})
    assert get_user(here) == haru
    assert not get_user(there).is_authenticated
    assert Login.objects.filter(user=mio).exists()


def test_all_others_are_ended_at_once_and_told(signed_in: SignedIn, haru: User) -> None:
    here, *_there = signed_in(haru), signed_in(haru), signed_in(haru)
    here.post(PAGE, {"others": ""})
    assert [login.pk for login in Login.objects.all()] == [here.session.session_key]
    assert AuditEntry.objects.get(deed=Deed.LOGIN_ENDED).details == {"rows": 2}


@pytest.mark.parametrize("mark", ["", "no such mark"])
def test_what_is_not_in_the_list_is_not_found(signed_in: SignedIn, haru: User, mark: str) -> None:
    assert signed_in(haru).post(PAGE, {"login": mark}).status_code == 404


def test_a_colleagues_login_cannot_be_ended(signed_in: SignedIn, haru: User, mio: User) -> None:
    theirs, _again = signed_in(mio), signed_in(mio)
    (mark,) = marks(theirs)
    assert signed_in(haru).post(PAGE, {"login": mark}).status_code == 404
    assert Login.objects.filter(user=mio).count() == 2


def test_no_key_is_on_the_page(signed_in: SignedIn, haru: User) -> None:
    here, _there = signed_in(haru), signed_in(haru)
    text = here.get(PAGE).text
    assert not any(login.pk in text for login in Login.objects.all())


@pytest.mark.parametrize(
    ("browser", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "WindowsのEdge"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "iPhoneのSafari"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "LinuxのFirefox"),
        ("curl/8.5", "わからない端末"),
        ("", "わからない端末"),
    ],
)
def test_a_browser_is_called_what_people_call_it(browser: str, words: str) -> None:
    assert in_words(browser) == words
