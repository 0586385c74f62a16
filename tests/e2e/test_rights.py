"""A person's rights in the office: a legal hold, disclosure, erasure, and the end of the contract."""

import io
import re
import zipfile

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import begin_on_the_web, confirm, end_with_thanks, reply, take_next, write
from tests.e2e.test_axe import LOOKED_AT
from tests.e2e.test_telephone import AOI, sound

pytestmark = pytest.mark.browser
OWN, OF_HIS = "夜になるとつらくなります", "夫に「出ていけ」と言われました"


def test_a_persons_rights_from_the_hold_to_the_contracts_end(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    a_talk(house, room, open_page, sign_in)
    aoi = sign_in(AOI, "**/programs/**", **LOOKED_AT)
    held(aoi, house, room)
    mio = sign_in(room.person("mio"), **LOOKED_AT)
    disclosed(mio, house, room)
    refused_then_erased(aoi, house, room)
    the_contract_ends(aoi, house, room)


def a_talk(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    """She speaks of herself and of somebody else."""
    haru, visitor = sign_in(room.person("haru")), open_page(room.page)
    begin_on_the_web(visitor, OWN)
    pane = take_next(haru, OWN)
    reply(pane, "お話しください")
    write(visitor, OF_HIS)
    expect(pane.get_by_text(OF_HIS)).to_be_visible()
    end_with_thanks(pane, haru)
    expect(pane).to_have_count(0)


def person_of(aoi: Page, house: House, room: Room) -> str:
    """The page of who had the first talk; their name."""
    aoi.goto(f"{house.url}/programs/{room.slug}/retention/")
    aoi.get_by_label("相談者の名前か、相談の番号").fill("1")
    aoi.get_by_role("button", name="探す").click()
    return aoi.get_by_role("heading", level=1).inner_text().removeprefix("相談者 ")


def held(aoi: Page, house: House, room: Room) -> None:
    """Nothing of hers goes while a court asks."""
    aoi.goto(f"{house.url}/programs/{room.slug}/retention/")
    sound(aoi, "retention")
    person_of(aoi, house, room)
    sound(aoi, "retention-person")
    aoi.get_by_role("link", name="法的保留をかける").click()
    aoi.get_by_role("button", name="法的保留をかける").click()
    sound(aoi, "retention-hold")
    aoi.get_by_label("理由").fill("裁判所からの照会")
    aoi.get_by_role("button", name="法的保留をかける").click()
    expect(aoi.get_by_text("法的保留をかけました。")).to_be_visible()


def opened_until(page: Page, name: str) -> Locator:
    """Opened again until the sweep has made what this button gives out; the button."""
    button = page.get_by_role("button", name=name)
    until(lambda: page.reload() and button.count(), name)
    return button


def disclosed(mio: Page, house: House, room: Room) -> None:
    """From her history: the hold stands there; what he said is left out; the file is taken."""
    mio.goto(f"{house.url}/programs/{room.slug}/records/?show=filed")
    mio.get_by_role("link", name="この方のこれまで").click()
    expect(mio.get_by_text("終えるまで、保存期間が過ぎても消えません。")).to_be_visible()
    sound(mio, "history-held")
    mio.get_by_role("link", name="開示の求めを受ける").click()
    confirm(mio)
    mio.get_by_role("button", name="相談を選ぶ").click()
    sound(mio, "disclosure-new")
    mio.get_by_label("本人確認書類で確かめた", exact=True).check()
    mio.get_by_label("確かめたこと").fill("運転免許証、受付番号12")
    mio.get_by_label("相談記録", exact=True).check()
    mio.get_by_role("button", name="相談を選ぶ").click()
    expect(mio.get_by_role("button", name="ファイルを作成する")).to_have_count(0)
    sound(mio, "disclosure-choosing")
    mio.get_by_role("link", name="開いて、ほかの方のことばを除く").click()
    mio.get_by_label(re.compile(OF_HIS)).check()
    sound(mio, "disclosure-talk")
    mio.get_by_role("button", name="この相談を決める").click()
    mio.get_by_role("button", name="ファイルを作成する").click()
    expect(mio.get_by_text(re.compile("作成しています|できました。"))).to_be_visible()
    ready = opened_until(mio, "ファイルを受け取る(ZIP)")
    sound(mio, "disclosure-ready")
    with mio.expect_download() as taken:
        ready.click()
    with zipfile.ZipFile(io.BytesIO(taken.value.path().read_bytes())) as file:
        assert len(file.namelist()) == 2
        assert all(b"pdfuaid" in file.read(name) for name in file.namelist())


def refused_then_erased(aoi: Page, house: House, room: Room) -> None:
    """The hold refuses it, and says so; once it is ended, she is erased."""
    name = person_of(aoi, house, room)
    aoi.get_by_role("link", name="この方の個人情報を消す").click()
    confirm(aoi)
    expect(aoi.get_by_role("heading", level=1)).to_contain_text("個人情報を消す")
    sound(aoi, "retention-erase")
    erase(aoi, name)
    expect(aoi.get_by_text("法的保留がかかっているため、消せません。")).to_be_visible()
    sound(aoi, "retention-refused")
    aoi.goto(f"{house.url}/programs/{room.slug}/retention/")
    aoi.get_by_role("link", name="理由を見る・終える").click()
    expect(aoi.get_by_text("裁判所からの照会")).to_be_visible()
    sound(aoi, "retention-hold-end")
    aoi.get_by_label("終える理由").fill("照会が終わった")
    aoi.get_by_role("button", name="法的保留を終える").click()
    person_of(aoi, house, room)
    aoi.get_by_role("link", name="この方の個人情報を消す").click()
    erase(aoi, name)
    expect(aoi.get_by_role("button", name="削除証明書(PDF)")).to_be_visible()
    sound(aoi, "retention-erased")


def erase(aoi: Page, name: str) -> None:
    """What the page asks for."""
    aoi.get_by_label("ご本人の求め", exact=True).check()
    aoi.get_by_label("本人確認書類で確かめた", exact=True).check()
    aoi.get_by_label("相談者の名前").fill(name)
    aoi.get_by_role("button", name="個人情報を消す").click()


def the_contract_ends(aoi: Page, house: House, room: Room) -> None:
    """Not while the program is open; from today on once it is closed, with what the commissioner gets."""
    contract = f"{house.url}/programs/{room.slug}/retention/contract/"
    aoi.goto(contract)
    expect(aoi.get_by_text("窓口がまだ終了していません。")).to_be_visible()
    sound(aoi, "contract-open")
    house.close(room)
    aoi.goto(contract)
    aoi.get_by_label("消しはじめる日").fill(f"{timezone.localdate():%Y-%m-%d}")
    aoi.get_by_label("窓口の名前").fill("別の窓口")
    aoi.get_by_role("button", name="消しはじめる日を決める").click()
    expect(aoi.get_by_text("この窓口の名前と違います。")).to_be_visible()
    sound(aoi, "contract-closed")
    aoi.get_by_role("button", name="すべての結果を書き出す(ZIP)").click()
    expect(aoi.get_by_text("渡せる結果がまだありません。")).to_be_visible()
    aoi.get_by_label("消しはじめる日").fill(f"{timezone.localdate():%Y-%m-%d}")
    aoi.get_by_label("窓口の名前").fill(f"女性のための相談{room.slug.removeprefix('room-')}")
    aoi.get_by_role("button", name="消しはじめる日を決める").click()
    expect(aoi.get_by_text("消しはじめる日を決めました。")).to_be_visible()
    certificate = opened_until(aoi, "削除証明書(PDF)")
    sound(aoi, "contract-over")
    with aoi.expect_download() as taken:
        certificate.click()
    assert b"pdfuaid" in taken.value.path().read_bytes()
