"""What a check of the connection means, step by step."""

import pytest

from counseling.connection import Account, Check, Tried, Trouble, Usage, Webhook, findings
from counseling.pages.line_words import FINDINGS, STEPS, TROUBLES, told

OURS = "https://example.jp/line/women-line/webhook"
ACCOUNT = Account("Ub", "女性相談", "@123abcde", "bot", "auto")
CHAT = Account("Ub", "女性相談", "@123abcde", "chat", "manual")
FINE = Check(ACCOUNT, Webhook(OURS, active=True), Tried(success=True, status=200, reason="OK"), Usage(1000, 12))


def codes(check: Check, **known: object) -> dict[str, str]:
    return dict(findings(check, ours=OURS, **known))  # type: ignore[arg-type]


def test_a_connection_without_fault_is_fine_all_over() -> None:
    assert codes(FINE) == dict.fromkeys(("account", "address", "test", "mode", "usage"), "ok")
    assert all(one.is_fine and not one.todo for one in told([list(one) for one in findings(FINE, ours=OURS)]))


@pytest.mark.parametrize("trouble", list(Trouble))
def test_without_the_account_nothing_else_is_told(trouble: Trouble) -> None:
    assert codes(Check(trouble)) == {"account": trouble.value}


@pytest.mark.parametrize(
    ("webhook", "code"),
    [
        (Webhook("", active=False), "unset"),
        (Webhook("https://example.com/hook", active=True), "other"),
        (Webhook(OURS, active=False), "inactive"),
        (Trouble.DOWN, "down"),
    ],
)
def test_where_webhooks_go(webhook: Webhook | Trouble, code: str) -> None:
    assert codes(Check(ACCOUNT, webhook))["address"] == code


@pytest.mark.parametrize(
    ("tried", "code"),
    [
        (Tried(success=False, status=401, reason="ERROR_STATUS_CODE"), "signature"),
        (Tried(success=False, status=404, reason="ERROR_STATUS_CODE"), "missing"),
        (Tried(success=False, status=503, reason="ERROR_STATUS_CODE"), "away"),
        (Tried(success=False, status=502, reason="ERROR_STATUS_CODE"), "status"),
        (Tried(success=False, status=0, reason="COULD_NOT_CONNECT"), "could_not_connect"),
        (Tried(success=False, status=0, reason="REQUEST_TIMEOUT"), "request_timeout"),
        (Tried(success=False, status=0, reason="UNCLASSIFIED"), "unclassified"),
        (Tried(success=False, status=0, reason="SOMETHING_NEW"), "status"),
        (Trouble.RATE, "rate"),
    ],
)
def test_what_line_saw_at_our_address(tried: Tried | Trouble, code: str) -> None:
    assert codes(Check(ACCOUNT, Webhook(OURS, active=True), tried))["test"] == code


def test_lines_own_chat_and_an_account_of_another_are_told() -> None:
    assert codes(Check(CHAT))["mode"] == "chat"
    assert codes(Check(ACCOUNT), known_as="Uc")["account"] == "changed"
    assert codes(Check(ACCOUNT), known_as="Ub")["account"] == "ok"
    assert codes(Check(ACCOUNT), known_as="Uc", is_elsewhere=True)["account"] == "elsewhere"


def test_only_a_signature_that_fits_proves_the_account() -> None:
    assert FINE.proven
    assert not Check(ACCOUNT, tried=Tried(success=False, status=401, reason="ERROR_STATUS_CODE")).proven
    assert not Check(ACCOUNT, tried=Trouble.TIMEOUT).proven
    assert not Check(Trouble.TOKEN).proven


def test_every_code_has_words_and_what_is_wrong_has_a_way_out() -> None:
    assert set(TROUBLES) == set(Trouble)
    assert {step for step, _code in FINDINGS} == set(STEPS)
    for (step, code), (said, todo) in (FINDINGS | {("account", one): words for one, words in TROUBLES.items()}).items():
        (one,) = told([[step, code]])
        assert said
        assert bool(todo) != one.is_fine, (step, code)


def test_a_code_of_another_version_is_not_hidden() -> None:
    (one,) = told([["colour", "mauve"]])
    assert (one.step, one.is_fine) == ("colour", False)
