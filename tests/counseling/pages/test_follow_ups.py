"""The pages of follow-ups: the work list, one of them, a new one; and where a record and a call ask for one."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from counseling.actions import messages, phone_calls, sessions
from counseling.lifecycle import EndReason
from counseling.models import Duty, FollowUp, Membership, Program, Session
from counseling.triage import Risk
from tests.counseling.actions.calling import agreed, with_telephone
from tests.counseling.actions.conftest import refreshed
from tests.counseling.actions.following import WHAT, followed, late
from tests.counseling.actions.recorded import ask

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def page(client: Client, path: str, **typed: str) -> str:
    address = f"/programs/women/{path}"
    answer = client.post(address, typed, follow=True) if typed else client.get(address)
    return str(answer.content.decode())


def in_days(days: int) -> str:
    return str(timezone.localdate() + timedelta(days=days))


def test_the_list_shows_who_and_when_and_no_words(active: Session, haru: User, ren: User, signed_in: SignIn) -> None:
    Duty.objects.all().delete()
    row = followed(active, haru, owner_id=haru.pk, days=3)
    told = page(signed_in(ren), "follow-ups/")
    assert active.visitor.pseudonym in told
    assert WHAT not in told
    assert f"follow-ups/{row.pk}/" not in told
    assert f"follow-ups/{row.pk}/" in page(signed_in(haru), "follow-ups/")


def test_lists_by_whose_it_is(active: Session, haru: User, mio: User, program: Program, signed_in: SignIn) -> None:
    Duty.objects.get_or_create(user=haru, program=program, ended_at=None)
    mine, shifts = followed(active, haru, owner_id=haru.pk), followed(active, haru)
    client = signed_in(haru)
    for show, there, absent in (("mine", mine, shifts), ("shift", shifts, mine)):
        told = page(client, f"follow-ups/?show={show}")
        assert f"follow-ups/{there.pk}/" in told
        assert f"follow-ups/{absent.pk}/" not in told
    assert "ここに並ぶ要フォローは、いまはありません" in page(client, "follow-ups/?show=over")
    page(client, f"follow-ups/{mine.pk}/", do="finish", seen="1", words="話せた")
    assert "済み" in page(client, "follow-ups/?show=over")


def test_clocks_say_today_and_overdue(active: Session, haru: User, signed_in: SignIn) -> None:
    followed(active, haru, days=0)
    assert "今日" in page(signed_in(haru), "follow-ups/")
    late(FollowUp.objects.get())
    assert "期限を過ぎたものが1件あります" in page(signed_in(haru), "follow-ups/")


def test_what_fell_to_the_shift_says_why(active: Session, haru: User, ren: User, mio: User, signed_in: SignIn) -> None:
    followed(active, mio, owner_id=haru.pk, days=3)
    Membership.objects.filter(user=haru).delete()
    assert "Haruさんは、もう担当できません" in page(signed_in(ren), "follow-ups/?show=shift")


def test_a_day_in_the_past_is_said_beside_it_and_what_was_typed_stays(
    active: Session, haru: User, signed_in: SignIn
) -> None:
    row, client = followed(active, haru), signed_in(haru)
    typed = {"do": "go_on", "seen": "1", "words": "つながらなかった", "day": in_days(-1), "clock": "19:30"}
    told = page(client, f"follow-ups/{row.pk}/", **typed)
    assert "もう過ぎた日時です" in told
    assert "つながらなかった" in told
    assert in_days(-1) in told
    row.refresh_from_db()
    assert row.version == 1
    assert "次の日を決めました" in page(client, f"follow-ups/{row.pk}/", **typed | {"day": in_days(2)})
    row.refresh_from_db()
    assert row.by_time


@pytest.mark.parametrize("do", ["finish", "give_up", "go_on"])
def test_no_button_works_without_words(active: Session, haru: User, signed_in: SignIn, do: str) -> None:
    row = followed(active, haru)
    assert "ひとこと書いてください" in page(signed_in(haru), f"follow-ups/{row.pk}/", do=do, seen="1", words="")
    row.refresh_from_db()
    assert (row.state, row.version) == ("open", 1)


def test_who_is_later_sees_what_stands_and_what_they_wrote(
    active: Session, haru: User, mio: User, signed_in: SignIn
) -> None:
    row = followed(active, haru)
    page(signed_in(mio), f"follow-ups/{row.pk}/", do="go_on", seen="1", words="先に", day=in_days(2))
    told = page(signed_in(haru), f"follow-ups/{row.pk}/", do="finish", seen="1", words="あとから")
    assert "ほかの人が先に" in told
    assert "あとから" in told
    row.refresh_from_db()
    assert row.state == "open"


def test_giving_up_at_high_risk_waits_and_says_so(active: Session, haru: User, mio: User, signed_in: SignIn) -> None:
    Session.objects.update(risk=Risk.HIGH)
    row = followed(active, haru)
    told = page(signed_in(haru), f"follow-ups/{row.pk}/", do="give_up", seen="1", words="連絡が取れない")
    assert "SVが決めます" in told
    assert "打ち切りを認める" not in told
    assert "打ち切りを認める" in page(signed_in(mio), f"follow-ups/{row.pk}/")
    page(signed_in(mio), f"follow-ups/{row.pk}/", do="confirm", seen="2")
    row.refresh_from_db()
    assert row.state == "given_up"


def test_hand_on_and_raise(active: Session, haru: User, ren: User, mio: User, signed_in: SignIn) -> None:
    row, client = followed(active, haru), signed_in(mio)
    page(client, f"follow-ups/{row.pk}/", do="hand_on", seen="1", owner=str(ren.pk))
    page(client, f"follow-ups/{row.pk}/", do="raise", seen="2", risk="3")
    row.refresh_from_db()
    assert (row.owner, row.risk) == (ren, 3)
    assert "この人には頼めません" in page(client, f"follow-ups/{row.pk}/", do="hand_on", seen="3", owner="999999")


def test_a_new_one_from_a_session_pressed_twice_is_one(active: Session, haru: User, signed_in: SignIn) -> None:
    client, address = signed_in(haru), f"follow-ups/of/{active.pk}/"
    typed = {"what": WHAT, "day": in_days(1), "owner": "shift", "client_id": str(uuid4())}
    assert "もう過ぎた日時です" in page(client, address, **typed | {"day": in_days(-1)})
    for _press in range(2):
        assert WHAT in page(client, address, **typed)
    assert FollowUp.objects.count() == 1


def test_who_had_not_the_talk_makes_none(active: Session, ren: User, signed_in: SignIn) -> None:
    assert signed_in(ren).get(f"/programs/women/follow-ups/of/{active.pk}/").status_code == 404


@pytest.fixture
def over(active: Session, haru: User, program: Program) -> Session:
    """Haru's talk with Sora is over; its record is due."""
    ask(program)
    messages.reply(session_id=active.pk, by=haru, client_id=uuid4(), words="こんばんは")
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    return refreshed(active)


@pytest.fixture
def filing(over: Session) -> dict[str, str]:
    """A record as it is typed that says 要フォロー."""
    return {
        "do": "file", "form": "1", "revision": "0", "classification": "valid", "attribute_complaint": "work",
        "attribute_summary": "仕事がつらい", "attribute_follow_up": "yes", "attribute_what": WHAT,
    }  # fmt: skip


def test_a_record_says_beside_its_day_that_it_has_passed(
    over: Session, haru: User, filing: dict[str, str], signed_in: SignIn
) -> None:
    typed = filing | {"attribute_until": in_days(-2), "follow_clock": "19:30", "follow_owner": str(haru.pk)}
    told = page(signed_in(haru), f"records/{over.pk}/", **typed)
    assert "もう過ぎた日時です" in told
    assert "仕事がつらい" in told
    assert 'value="19:30"' in told
    assert not FollowUp.objects.exists()
    told = page(signed_in(haru), f"records/{over.pk}/", **typed | {"attribute_until": in_days(2)})
    assert "記録を提出しました" in told
    assert FollowUp.objects.get().owner == haru
    assert f"follow-ups/{FollowUp.objects.get().pk}/" in told


def test_a_record_takes_the_reason_why_there_is_none(
    over: Session, haru: User, filing: dict[str, str], signed_in: SignIn
) -> None:
    told = page(signed_in(haru), f"records/{over.pk}/", **filing | {"follow_why_not": "本人が望んでいない"})
    assert "記録を提出しました" in told
    assert FollowUp.objects.get().waived


def test_a_draft_keeps_what_was_typed_of_it(
    over: Session, haru: User, filing: dict[str, str], signed_in: SignIn
) -> None:
    client = signed_in(haru)
    typed = filing | {"do": "save", "follow_clock": "19:30", "follow_why_not": "まだ迷う", "follow_owner": str(haru.pk)}
    told = page(client, f"records/{over.pk}/", **typed)
    assert 'value="19:30"' in told
    assert "まだ迷う" in told
    assert f'<option value="{haru.pk}" selected' in told


def test_a_call_s_follow_up_is_made_with_its_result(
    active: Session, haru: User, program: Program, signed_in: SignIn
) -> None:
    with_telephone(program)
    call = agreed(refreshed(active), haru)
    phone_calls.take(transfer_id=call.pk, by=haru)
    phone_calls.start(transfer_id=call.pk, by=haru)
    client, typed = signed_in(haru), {"do": "end", "result": "talked", "next_step": "follow_up", "words": "眠れている"}
    told = page(client, f"calls/{call.pk}/", **typed)
    assert "日を決めてください" in told
    assert "眠れている" in told
    page(client, f"calls/{call.pk}/", **typed, follow_what=WHAT, follow_day=in_days(1))
    row = FollowUp.objects.get()
    assert (row.origin, row.session) == ("phone", active)
