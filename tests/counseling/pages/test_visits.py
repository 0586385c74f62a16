"""The pages of visits and of words outside talks: asked for, decided, planned, told from the street, ended."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from counseling.models import FollowUpMessage, Outreach, Session, Visitor
from tests.counseling.actions.following import followed

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
WHERE = "横浜市△△1-2-3"


def page(client: Client, path: str, **typed: object) -> str:
    address = f"/programs/women/{path}"
    answer = client.post(address, typed, follow=True) if typed else client.get(address)
    return str(answer.content.decode())


def moment(hours: float) -> str:
    return f"{timezone.localtime() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


@pytest.fixture
def visit(active: Session, haru: User, signed_in: SignIn) -> Outreach:
    """Haru asks on the page."""
    typed = {"why": "外に出られない", "consent": "来てほしい", "consented_at": moment(-1), "address": WHERE}
    client, address = signed_in(haru), f"visits/of/{active.pk}/"
    told = page(client, address, **typed | {"consented_at": moment(5), "client_id": str(uuid4())})
    assert "まだ来ていない日時です" in told
    assert WHERE in told
    assert "訪問を申し出ました" in page(client, address, **typed, client_id=str(uuid4()))
    assert "もう申し出があります" in page(client, address, **typed, client_id=str(uuid4()))
    return Outreach.objects.get()


def test_a_visit_from_the_request_to_the_result(
    visit: Outreach, haru: User, ren: User, mio: User, signed_in: SignIn
) -> None:
    address, sv, goer = f"visits/{visit.pk}/", signed_in(mio), signed_in(ren)
    assert goer.get(f"/programs/women/{address}").status_code == 404
    assert "ひとこと書いてください" in page(sv, address, do="approve", seen="1", words="")
    assert "訪問を承認しました" in page(sv, address, do="approve", seen="1", words="明るいうちに")
    plan = {"do": "plan", "seen": "2", "arrive_by": moment(1), "leave_by": moment(2), "words": ""}
    assert "決めた人数より少なく" in page(sv, address, **plan, goers=[str(ren.pk)])
    assert "行く人と日時を決めました" in page(sv, address, **plan, goers=[str(ren.pk), str(haru.pk)])
    shown = page(goer, address)
    assert "到着を知らせる" in shown
    assert WHERE not in shown
    assert WHERE in page(goer, f"{address}address/", x="")
    assert "到着を知らせました" in page(goer, address, do="arrive", seen="3")
    assert "終了を知らせました" in page(goer, address, do="leave", seen="4")
    told = page(goer, address, do="end", seen="5", result="", words="話せた", next_step="end")
    assert "結果を選んでください" in told
    assert "話せた" in told
    assert "結果を記録しました" in page(
        goer, address, do="end", seen="5", result="met", words="話せた", next_step="end"
    )
    assert "会えた" in page(goer, "visits/")
    assert "場所は、もう消してあります" in page(sv, f"{address}address/", x="")
    way = f"visitors/{visit.visitor_id}/history/enter/?visit={visit.pk}"
    assert way in page(goer, address)
    form = page(goer, way)
    visit.refresh_from_db()
    assert visit.arrived_at is not None
    assert f'value="{timezone.localtime(visit.arrived_at):%H:%M}"' in form
    assert re.search('value="visit"[^>]*checked', form)
    assert re.search(f'value="{ren.pk}" selected', form)


def test_who_is_later_sees_what_stands(visit: Outreach, mio: User, haru: User, signed_in: SignIn) -> None:
    page(signed_in(mio), f"visits/{visit.pk}/", do="approve", seen="1", words="なし")
    assert "ほかの人が先に" in page(signed_in(haru), f"visits/{visit.pk}/", do="withdraw", seen="1", words="やめる")


def test_a_letter_is_sent_once_and_a_block_is_said(active: Session, haru: User, signed_in: SignIn) -> None:
    row, client = followed(active, haru), signed_in(haru)
    address, key = f"follow-ups/{row.pk}/letter/", str(uuid4())
    assert "ひとこと書いてください" in page(client, address, words=" ", client_id=key)
    for _press in range(2):
        assert "預かりました" in page(client, address, words="いかがですか", client_id=key)
    assert FollowUpMessage.objects.count() == 1
    assert "送信待ち" in page(client, f"follow-ups/{row.pk}/")
    Visitor.objects.update(blocked_us_at=timezone.now())
    assert "ブロックしているため" in page(client, f"follow-ups/{row.pk}/")
