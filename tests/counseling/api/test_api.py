"""The API: what it answers, what it refuses and how it says so."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from counseling.actions import messages, notes, records, sessions
from counseling.lifecycle import State
from counseling.models import Assignment, Channel, Delivery, Draft, Message, Program, Session
from tests.conftest import Say, reads_along

SignIn = Callable[[User], Client]


@pytest.fixture
def api(haru: User, signed_in: SignIn) -> Callable[..., Any]:
    """Haru's requests to the API."""
    client = signed_in(haru)

    def ask(method: str, path: str, body: Any = None, **extra: Any) -> Any:
        content = "" if body is None else json.dumps(body)
        return client.generic(method, f"/api/{path}", content, content_type="application/json", **extra)

    return ask


def words(text: str, client_id: str | None = None) -> dict[str, str]:
    return {"client_id": client_id or str(uuid4()), "text": text}


def test_me_says_who_i_am_and_what_i_may(api: Any, program: Program) -> None:
    me = api("GET", "me").json()
    assert me["name"] == "Haru"
    assert me["programs"][0]["rights"] == ["refer", "take_sessions", "watch_board", "work_shifts"]


def test_preferences_are_kept(api: Any, haru: User) -> None:
    assert api("PUT", "me/preferences", {"enter_sends": True}).json()["enter_sends"] is True
    haru.refresh_from_db()
    assert haru.enter_sends


def test_a_misspelt_preference_is_refused(api: Any) -> None:
    answer = api("PUT", "me/preferences", {"entersends": True})
    assert answer.status_code == 400
    assert "entersends" in answer.json()["fields"]


def test_taking_the_next_gives_its_words(api: Any, waiting: Session, program: Program) -> None:
    answer = api("POST", f"programs/{program.pk}/claims", {})
    assert answer.status_code == 201
    state = answer.json()
    assert state["header"]["counselor"]["name"] == "Haru"
    assert state["messages"][0]["text"] == "聞いてほしいことがあります"
    assert state["upto"] == state["header"]["version"]


def test_an_empty_queue_is_said_in_words(api: Any, program: Program) -> None:
    answer = api("POST", f"programs/{program.pk}/claims", {})
    assert (answer.status_code, answer.json()["error"]) == (409, "nobody_waits")
    assert answer.json()["message"] == "お待ちの方はいません。"


def test_claiming_a_chosen_one(api: Any, waiting: Session) -> None:
    assert api("PUT", f"sessions/{waiting.pk}/assignment", {}).status_code == 200


def test_the_loser_of_a_claim_gets_409_and_no_words(api: Any, waiting: Session, ren: User) -> None:
    sessions.claim(session_id=waiting.pk, by=ren)
    answer = api("PUT", f"sessions/{waiting.pk}/assignment", {})
    assert answer.status_code == 409
    assert "聞いて" not in answer.content.decode()


def test_a_reply_is_taken_once(api: Any, active: Session) -> None:
    body = words("お話しください")
    first, again = (api("POST", f"sessions/{active.pk}/messages", body) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert first.json()["delivery"]["state"] == "queued"


def test_a_reused_client_id_is_409(api: Any, active: Session) -> None:
    client_id = str(uuid4())
    api("POST", f"sessions/{active.pk}/messages", words("はい", client_id))
    answer = api("POST", f"sessions/{active.pk}/messages", words("いいえ", client_id))
    assert (answer.status_code, answer.json()["error"]) == (409, "client_id_reused")


@pytest.mark.parametrize(
    "body",
    [
        {"client_id": "x", "text": "はい"},
        {"text": "はい"},
        {"client_id": str(uuid4()).upper(), "text": "はい"},
        {"client_id": str(uuid4()), "text": {"$gt": ""}},
        {"client_id": str(uuid4()), "text": None},
        {"client_id": str(uuid4()), "text": 5},
        {"client_id": str(uuid4()), "text": "  "},
        {"client_id": str(uuid4()), "text": "\x00"},
        {"client_id": str(uuid4()), "text": "\ud83d"},
        {"client_id": str(uuid4()), "text": "はい", "more": 1},
        {},
    ],
)
def test_bad_words_are_400_with_the_field_named(api: Any, active: Session, body: dict[str, Any]) -> None:
    answer = api("POST", f"sessions/{active.pk}/messages", body)
    assert answer.status_code == 400
    assert answer.json()["fields"]
    assert Message.objects.filter(author="counselor").count() == 0


@pytest.mark.parametrize("raw", [b"{", b"[]", b"null", b'{"a":1,"a":2}', b"\xff", b'{"a":NaN}', b"[" * 100_000])
def test_unreadable_json_is_400(active: Session, haru: User, signed_in: SignIn, raw: bytes) -> None:
    client = signed_in(haru)
    answer = client.post(f"/api/sessions/{active.pk}/messages", raw, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (400, "unreadable")


def test_another_media_type_is_415(haru: User, active: Session, signed_in: SignIn) -> None:
    answer = signed_in(haru).post(f"/api/sessions/{active.pk}/messages", {"text": "はい"})
    assert answer.status_code == 415


def test_without_csrf_token_nothing_is_changed(haru: User, active: Session) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(haru, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(f"/api/sessions/{active.pk}/messages", words("はい"), content_type="application/json")
    assert answer.status_code == 403


def test_a_second_decision_is_409(api: Any, active: Session) -> None:
    sent = api("POST", f"sessions/{active.pk}/messages", words("はい")).json()["delivery"]["id"]
    Delivery.objects.filter(pk=sent).update(state="refused")
    path = f"deliveries/{sent}/decision"
    assert api("PUT", path, {"decision": "resend"}).status_code == 204
    again = api("PUT", path, {"decision": "resend"})
    assert (again.status_code, again.json()["error"]) == (409, "cannot_decide")


def test_notes_are_among_staff(api: Any, active: Session) -> None:
    answer = api("POST", f"sessions/{active.pk}/notes", words("お子さんが2人"))
    assert answer.status_code == 201
    assert api("GET", f"sessions/{active.pk}").json()["notes"][0]["text"] == "お子さんが2人"


def test_a_draft_is_kept_sealed_and_comes_back(api: Any, active: Session) -> None:
    assert api("PUT", f"sessions/{active.pk}/draft", {"text": "書きかけ"}).status_code == 204
    assert "書きかけ".encode() not in bytes(Draft.objects.get().body)
    assert api("GET", f"sessions/{active.pk}").json()["draft"] == "書きかけ"
    api("PUT", f"sessions/{active.pk}/draft", {"text": ""})
    assert not Draft.objects.exists()


def test_reading_never_goes_back(api: Any, active: Session) -> None:
    api("PUT", f"sessions/{active.pk}/read", {"seq": 2})
    api("PUT", f"sessions/{active.pk}/read", {"seq": 1})
    assert Assignment.objects.get(until=None).read_seq == 2


@pytest.mark.parametrize("seq", ["1", 1.0, True, None, -1, 2**63, [1]])
def test_a_seq_is_an_integer(api: Any, active: Session, seq: Any) -> None:
    assert api("PUT", f"sessions/{active.pk}/read", {"seq": seq}).status_code == 400


def test_hold_and_resume(api: Any, active: Session) -> None:
    assert api("PUT", f"sessions/{active.pk}/hold", {}).status_code == 204
    assert api("PUT", f"sessions/{active.pk}/hold", {}).status_code == 409
    assert api("DELETE", f"sessions/{active.pk}/hold").status_code == 204


def test_end_and_close(api: Any, active: Session) -> None:
    assert api("PUT", f"sessions/{active.pk}/ending", {"reason": "concluded", "farewell": True}).status_code == 204
    closure = {"classification": "valid", "thankful_end": True}
    assert api("PUT", f"sessions/{active.pk}/closure", closure).status_code == 204
    active.refresh_from_db()
    assert (active.state, active.thankful_end) == (State.CLOSED, True)


@pytest.mark.parametrize("reason", ["system", "visitor_blocked", "", None, "nonsense"])
def test_a_person_cannot_choose_the_machines_reasons(api: Any, active: Session, reason: Any) -> None:
    assert api("PUT", f"sessions/{active.pk}/ending", {"reason": reason, "farewell": False}).status_code == 400


def test_a_hand_over_needs_person_and_summary(api: Any, active: Session, ren: User) -> None:
    assert api("PUT", f"sessions/{active.pk}/assignment", {"to": ren.pk}).status_code == 400
    assert api("PUT", f"sessions/{active.pk}/assignment", {"to": ren.pk, "summary": " "}).status_code == 400
    assert api("PUT", f"sessions/{active.pk}/assignment", {"to": ren.pk, "summary": "要約"}).status_code == 204


def test_after_the_hand_over_the_words_are_gone(api: Any, active: Session, ren: User, haru: User) -> None:
    sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="要約")
    assert api("GET", f"sessions/{active.pk}").status_code == 404


def test_a_supervisor_reads_every_talk_and_summary(active: Session, haru: User, mio: User, signed_in: SignIn) -> None:
    reads_along(active, mio)
    notes.add(session_id=active.pk, by=mio, client_id=uuid4(), words="見ています")
    answer = signed_in(mio).get(f"/api/sessions/{active.pk}")
    assert answer.status_code == 200
    assert answer.json()["notes"][0]["by"]["name"] == "Mio"


def test_earlier_sittings_of_my_visitor_are_readable(
    active: Session, haru: User, ren: User, sora_says: Say, signed_in: SignIn
) -> None:
    sessions.end(session_id=active.pk, by=haru, reason="concluded", farewell=False)  # type: ignore[arg-type]
    records.file(session_id=active.pk, by=haru, classification="valid", thankful_end=None)  # type: ignore[arg-type]
    client = signed_in(ren)
    assert client.get(f"/api/sessions/{active.pk}").status_code == 404
    newer = sora_says("また来ました")
    sessions.claim(session_id=newer.pk, by=ren)
    assert client.get(f"/api/sessions/{active.pk}").status_code == 200
    assert [row["id"] for row in client.get(f"/api/visitors/{newer.visitor_id}/sessions").json()] == [
        newer.pk,
        active.pk,
    ]


def test_the_board_has_no_words(api: Any, active: Session, program: Program, new_id: Any, haru: User) -> None:
    messages.reply(session_id=active.pk, by=haru, client_id=new_id(), words="秘密の言葉")
    answer = api("GET", f"programs/{program.pk}/board")
    assert answer.json()["sessions"][0]["pseudonym"] == active.visitor.pseudonym
    assert "秘密" not in answer.content.decode()
    assert "聞いて" not in answer.content.decode()


def test_the_line_identity_is_nowhere(api: Any, active: Session, program: Program, line_channel: Channel) -> None:
    for path in (f"sessions/{active.pk}", f"programs/{program.pk}/board", f"visitors/{active.visitor_id}/sessions"):
        assert "U0a0a" not in api("GET", path).content.decode()


def test_the_schema_is_served(api: Any) -> None:
    assert api("GET", "schema").status_code == 200


@pytest.mark.parametrize(("path", "most"), [("sessions/{pk}", 14), ("programs/{program}/board", 11)])
def test_queries_do_not_grow_with_the_talk(
    api: Any, active: Session, sora_says: Say, haru: User, new_id: Any, django_assert_max_num_queries: Any,
    path: str, most: int,
) -> None:  # fmt: skip
    for turn in range(5):
        sora_says(f"はい{turn}")
        messages.reply(session_id=active.pk, by=haru, client_id=new_id(), words=f"ええ{turn}")
    api("GET", path.format(pk=active.pk, program=active.program_id))  # the audit log is told of a reading once an hour
    with django_assert_max_num_queries(most):
        assert api("GET", path.format(pk=active.pk, program=active.program_id)).status_code == 200


def test_a_reply_costs_a_fixed_number_of_queries(api: Any, active: Session, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(11):
        assert api("POST", f"sessions/{active.pk}/messages", words("はい")).status_code == 201
