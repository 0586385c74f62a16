"""Every visitor's key has a half in the vault, also of who was there before it; the command says how they stand."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from counseling import crypto, vault
from counseling.actions import key_shares
from counseling.actions.key_shares import KeyState
from counseling.models import Message, Session, Visitor
from tests.conftest import Say


def from_before_the_vault(session: Session) -> Visitor:
    visitor = session.visitor
    visitor.wrapped_key = crypto.wrap(visitor.key(), visitor.place_of_key)
    visitor.share = ""
    visitor.save(update_fields=["wrapped_key", "share"])
    return visitor


def test_a_new_visitors_key_needs_its_half(waiting: Session) -> None:
    visitor = waiting.visitor
    assert vault.read(visitor.share)
    vault.destroy(visitor.share)
    with pytest.raises(crypto.CannotOpen):
        visitor.key()


def test_who_was_there_before_the_vault_gets_a_half_and_keeps_their_words(sora_says: Say) -> None:
    visitor = from_before_the_vault(sora_says("きいて"))
    assert key_shares.examine() == {KeyState.WITHOUT_HALF: 1}
    before = bytes(visitor.wrapped_key)
    assert key_shares.adopt() == 1
    assert key_shares.adopt() == 0
    visitor.refresh_from_db()
    assert vault.read(visitor.share)
    assert bytes(visitor.wrapped_key) != before
    assert Message.objects.filter(author="visitor").get().words(visitor.key()) == "きいて"
    assert key_shares.examine() == {KeyState.OPENS: 1}


def test_an_erased_visitor_gets_none(sora_says: Say) -> None:
    visitor = from_before_the_vault(sora_says())
    Visitor.objects.update(wrapped_key=b"")
    assert key_shares.adopt() == 0
    visitor.refresh_from_db()
    assert visitor.share == ""


def test_who_dies_between_half_and_row_loses_nothing(sora_says: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = from_before_the_vault(sora_says())
    with monkeypatch.context() as patch:
        patch.setattr(crypto, "wrap", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            key_shares.adopt()
    visitor.refresh_from_db()
    assert visitor.key()
    assert key_shares.adopt() == 1


def test_nobody_is_made_where_the_vault_cannot_be_written(
    sora_says: Say, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> str:
        raise OSError("no space left")

    monkeypatch.setattr(vault, "make", full)
    with pytest.raises(OSError, match="no space"):
        sora_says()
    assert not Visitor.objects.exists()


def test_the_sweep_asks_once_where_everybody_has_one(waiting: Session) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        key_shares.adopt()
    assert len(asked) == 1


def test_the_command_says_that_all_open(waiting: Session) -> None:
    told = StringIO()
    call_command("keys", stdout=told)
    assert "1  opens" in told.getvalue()


def test_the_command_fails_where_a_half_is_missing(waiting: Session, settings: Settings, tmp_path: object) -> None:
    settings.KEYS_DIR = tmp_path
    with pytest.raises(CommandError, match="1 keys do not open"):
        call_command("keys", stdout=StringIO())


def test_a_destroyed_half_is_no_fault(waiting: Session) -> None:
    vault.destroy(waiting.visitor.share)
    assert key_shares.examine() == {KeyState.ERASED_SINCE: 1}
    call_command("keys", stdout=StringIO())


def test_a_volume_that_is_not_mounted_is_not_made_a_vault(
    waiting: Session, settings: Settings, tmp_path: object
) -> None:
    settings.KEYS_DIR = tmp_path
    with pytest.raises(CommandError, match="mount"):
        call_command("keys", prepare=True, stdout=StringIO())


def test_the_first_start_makes_the_vault(db: None, settings: Settings, tmp_path: object) -> None:
    settings.KEYS_DIR = tmp_path
    call_command("keys", prepare=True, stdout=StringIO())
    assert vault.is_prepared()
