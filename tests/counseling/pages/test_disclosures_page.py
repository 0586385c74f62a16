"""A disclosure from the request to the ZIP, and the page of a contract's end: what is chosen, left out, taken, gone."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling import crypto
from counseling.actions import contracts, disclosures, holds, key_shares, sessions
from counseling.lifecycle import EndReason, State
from counseling.models import ContractEnd, Disclosure, Message, Program, Session, Visitor
from counseling.pages.disclosure_papers import papers_of
from tests.conftest import Say, confirm

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE = "/programs/women/disclosures/"
CONTRACT = "/programs/women/retention/contract/"


@pytest.fixture
def closed(sora_says: Say, active: Session, haru: User) -> Session:
    sora_says("夫が「出ていけ」と言いました")
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    Session.objects.update(state=State.CLOSED, closed_at=timezone.now())
    return Session.objects.select_related("visitor", "program").get(pk=active.pk)


@pytest.fixture
def desk(signed_in: SignedIn, mio: User) -> Client:
    client = signed_in(mio)
    confirm(client)
    return client


def asked(**more: object) -> dict[str, object]:
    return {"client_id": str(uuid4()), "checked": "paper", "words": "運転免許証", "parts": ["said", "ours"]} | more


def begin(desk: Client, closed: Session) -> Disclosure:
    address = f"/programs/women/visitors/{closed.visitor_id}/disclosure/"
    assert desk.get(address).status_code == 200
    assert desk.post(address, asked()).status_code == 302
    return Disclosure.objects.select_related("visitor", "program").get()


def looked(desk: Client, made: Disclosure, closed: Session) -> None:
    """Nothing is left out of this talk."""
    assert desk.post(f"{PAGE}{made.pk}/talks/{closed.pk}/", {}).status_code == 302


def test_it_goes_from_the_request_to_the_file(desk: Client, closed: Session) -> None:
    made = begin(desk, closed)
    home = f"{PAGE}{made.pk}/"
    assert "運転免許証" in desk.get(home).content.decode()
    said = Message.objects.filter(author="visitor").order_by("seq").last()
    assert said is not None
    talk = f"{home}talks/{closed.pk}/"
    assert "出ていけ" in desk.get(talk).content.decode()
    assert desk.post(talk, {"out": [f"{closed.pk}.message.{said.pk}", "x", "99999999.message.1"]})["Location"] == home
    told = str(papers_of(Disclosure.objects.select_related("visitor", "program").get()))
    assert "出ていけ" not in told
    assert told.count("除いています)") == 1
    assert "聞いてほしいことがあります" in told
    assert desk.post(f"{home}making/").status_code == 302
    assert "作成しています" in desk.get(home).content.decode()
    assert disclosures.carry_on() == 1
    taken = desk.post(f"{home}file/")
    with zipfile.ZipFile(io.BytesIO(taken.content)) as file:
        assert len(file.namelist()) == 2
        assert all(file.read(name).startswith(b"%PDF") for name in file.namelist())
    assert taken["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(deed__in=["disclosure.asked", "disclosure.taken"]).count() == 2
    assert desk.post(talk, {}).status_code == 404


def test_it_is_gone_after_a_week(desk: Client, closed: Session) -> None:
    made = begin(desk, closed)
    looked(desk, made, closed)
    desk.post(f"{PAGE}{made.pk}/making/")
    disclosures.carry_on()
    Disclosure.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    assert desk.post(f"{PAGE}{made.pk}/file/").status_code == 404
    assert disclosures.carry_on() == 1
    assert bytes(Disclosure.objects.get().content) == b""


def test_it_is_sealed_and_goes_with_the_visitor(desk: Client, closed: Session) -> None:
    made = begin(desk, closed)
    looked(desk, made, closed)
    desk.post(f"{PAGE}{made.pk}/making/")
    disclosures.carry_on()
    assert b"%PDF" not in bytes(Disclosure.objects.get().content)
    Visitor.objects.update(wrapped_key=b"")
    assert desk.get(f"{PAGE}{made.pk}/").status_code == 404
    with pytest.raises(crypto.CannotOpen):
        Disclosure.objects.get().visitor.key()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"parts": []}, "parts"),
        ({"checked": "none"}, "checked"),
        ({"words": " "}, "words"),
        ({"parts": ["x"]}, "parts"),
    ],
)
def test_a_refused_request_begins_nothing(wrong: dict[str, object], field: str, desk: Client, closed: Session) -> None:
    answer = desk.post(f"/programs/women/visitors/{closed.visitor_id}/disclosure/", asked(**wrong))
    assert list(answer.context["form"].errors) == [field]
    assert not Disclosure.objects.exists()


def test_a_contract_is_ended_with_a_certificate(signed_in: SignedIn, aoi: User, closed: Session) -> None:
    client = signed_in(aoi)
    confirm(client)
    assert "まだ終了していません" in client.get(CONTRACT).content.decode()
    Program.objects.update(stage="closed")
    day = timezone.localdate().isoformat()
    wrong = client.post(CONTRACT, {"on": day, "name": "別の窓口"})
    assert list(wrong.context["form"].errors) == ["name"]
    assert client.post(CONTRACT, {"on": day, "name": "女性のための 相談"})["Location"] == CONTRACT
    assert client.post(f"{CONTRACT}certificate/").status_code == 404
    while contracts.carry_out():
        pass
    key_shares.destroy_doomed()
    contracts.carry_out()
    assert ContractEnd.objects.get().finished_at
    assert "消し終えました" in client.get(CONTRACT).content.decode()
    assert client.post(f"{CONTRACT}certificate/").content.startswith(b"%PDF")


def test_a_contract_under_a_hold_or_under_way_says_so(signed_in: SignedIn, aoi: User, closed: Session) -> None:
    client = signed_in(aoi)
    confirm(client)
    Program.objects.update(stage="closed")
    typed = {"on": timezone.localdate().isoformat(), "name": closed.program.name}
    hold = holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="訴訟")
    refused = client.post(CONTRACT, typed)
    assert "法的保留がかかっている" in refused.content.decode()
    assert closed.program.name in refused.content.decode()
    assert not ContractEnd.objects.exists()
    holds.end(hold_id=hold.pk, by=aoi, reason="済")
    for _twice in range(2):
        assert client.post(CONTRACT, typed)["Location"] == CONTRACT
    contracts.carry_out()
    assert "もう消しはじめています" in client.post(CONTRACT, typed, follow=True).content.decode()
    assert "取り消せません" in client.post(f"{CONTRACT}withdrawal/", follow=True).content.decode()
    assert ContractEnd.objects.exists()


def test_a_file_is_not_made_before_every_talk_was_looked_through(desk: Client, closed: Session) -> None:
    made = begin(desk, closed)
    home = f"{PAGE}{made.pk}/"
    assert "ファイルを作成する" not in desk.get(home).content.decode()
    desk.post(f"{home}making/")
    assert "まだ確かめていない相談があります。" in desk.get(home).content.decode()
    assert Disclosure.objects.get().state == "choosing"
    looked(desk, made, closed)
    assert "ファイルを作成する" in desk.get(home).content.decode()
