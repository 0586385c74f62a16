"""What the API says when a talk cannot be taken: a code, and a sentence that says what to do."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from counseling.actions import lost
from counseling.models import Duty, Membership, Program, Session
from tests.conftest import Say, person

SignIn = Callable[[User], Client]


def said(client: Client, method: str, path: str, body: object = None) -> tuple[int, str, str]:
    """Status, code and sentence of what the API answers."""
    answer = client.generic(method, f"/api/{path}", b"{}" if body is None else body, content_type="application/json")
    told = answer.json()
    return answer.status_code, told["error"], told["message"]


def test_by_offer_one_is_asked_to_wait(program: Program, waiting: Session, haru: User, signed_in: SignIn) -> None:
    Program.objects.update(routing="offer")
    status, code, sentence = said(signed_in(haru), "PUT", f"sessions/{waiting.pk}/assignment")
    assert (status, code) == (409, "only_by_offer")
    assert "案内" in sentence


def test_a_trainee_is_told_whom_to_tell(program: Program, sora_says: Say, signed_in: SignIn) -> None:
    danger = sora_says("死にたい")
    trainee = signed_in(person("Toru", program, Role.TRAINEE))
    status, code, sentence = said(trainee, "PUT", f"sessions/{danger.pk}/assignment")
    assert (status, code) == (409, "not_for_trainees")
    assert "SV" in sentence
    assert said(trainee, "POST", f"programs/{program.pk}/claims")[:2] == (409, "not_for_trainees")


def test_who_is_not_on_duty_is_told_to_check_in(waiting: Session, haru: User, signed_in: SignIn) -> None:
    Duty.objects.all().delete()
    status, code, sentence = said(signed_in(haru), "PUT", f"sessions/{waiting.pk}/assignment")
    assert (status, code) == (409, "not_on_duty")
    assert "出勤" in sentence


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "messages"), ("PUT", "hold"), ("DELETE", "assignment"), ("PUT", "draft")]
)
def test_a_talk_that_went_on_with_others_answers_in_words(
    active: Session, haru: User, signed_in: SignIn, method: str, path: str
) -> None:
    """The browser of a lost counselor comes back: what they typed stays on the screen, with this sentence."""
    browser = signed_in(haru)
    Membership.objects.filter(user=haru).update(role=Role.COORDINATOR)
    lost.watch()
    Membership.objects.filter(user=haru).update(role=Role.COUNSELOR)
    bodies = {
        "messages": b'{"client_id": "00000000-0000-4000-8000-000000000001", "text": "x"}',
        "assignment": b'{"summary": "x"}',
        "draft": b'{"text": "x"}',
    }
    status, code, sentence = said(browser, method, f"sessions/{active.pk}/{path}", bodies.get(path))
    assert (status, code) == (404, "not_found")
    assert "担当から外れた" in sentence
