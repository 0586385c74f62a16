"""A program from its template to its end: made, prepared, tried, opened, paused, resumed, closed; and taken along."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.newcomers import prove
from tests.e2e.steps import (
    begin_on_the_web,
    check_in,
    choose_program,
    end_talk,
    file_record,
    open_record,
    reply,
    see_waiting,
    take_next,
)

pytestmark = pytest.mark.browser
NAME, SLUG = "夜の相談", "yoru"
PAUSED = "事務所の停電で、しばらくお休みします。\n\n{emergency}"
FAREWELL = "三か月のあいだ、ありがとうございました。\n\n{emergency}"


@pytest.fixture
def office(sign_in: Open) -> Page:
    """Aoi, who administers, in the back office."""
    return sign_in("aoi@example.jp", "**/programs/**")


def make_from_template(office: Page, house: House) -> None:
    office.goto(f"{house.url}/programs/")
    office.get_by_role("link", name="新しい事業をつくる").click()
    office.get_by_role("link", name=re.compile("^一般")).click()
    office.get_by_label("事業名").fill(NAME)
    office.get_by_label("アドレス").fill(SLUG)
    office.get_by_role("button", name="つくって、準備へ進む").click()
    expect(office.get_by_text(f"「{NAME}」をつくりました。")).to_be_visible()


def missing(office: Page) -> list[str]:
    """What the checklist says is missing."""
    return office.locator(".check-missing h3").all_inner_texts()


def back_to_setup(office: Page, house: House) -> None:
    office.goto(f"{house.url}/programs/{SLUG}/setup/")


def mend_the_basics(office: Page, house: House) -> None:
    office.locator(".check-missing").get_by_role("link", name="委託元").click()
    office.get_by_label("委託元").fill("神奈川県")
    office.get_by_label("Webのみ").check()
    office.get_by_role("button", name="保存する").click()
    expect(office.get_by_text("保存しました。")).to_be_visible()
    back_to_setup(office, house)


def let_them_choose(office: Page, house: House) -> None:
    """Its counselors take from the queue themselves: with two on duty, either may be asked first otherwise."""
    office.goto(f"{house.url}/programs/{SLUG}/staffing/")
    office.get_by_label("自分で選ぶ").check()
    office.get_by_role("button", name="設定を保存する").click()
    expect(office.get_by_label("自分で選ぶ")).to_be_checked()
    back_to_setup(office, house)


def bring_the_team(office: Page, house: House, room: Room) -> None:
    """Haru and Mio work elsewhere already: they join at once."""
    for name, role in (("haru", "相談員"), ("mio", "スーパーバイザー")):
        office.goto(f"{house.url}/programs/{SLUG}/team/invite/")
        if name == "haru":
            prove(office)
        office.get_by_label("招待する人").fill(f"{name} <{room.person(name)}>")
        office.get_by_role("checkbox", name=re.compile(f"^{role}")).check()
        office.get_by_role("button", name="招待のメールを送る").click()
        expect(office.get_by_text("1人をチームに加えました。")).to_be_visible()
    back_to_setup(office, house)


def look_at_it(office: Page, house: House) -> None:
    """The pages as visitors will see them, in frames that start nothing."""
    office.get_by_role("link", name="プレビューを見る").click()
    before = office.frame_locator(".preview-frame").first
    expect(before.get_by_text(NAME).first).to_be_visible()
    before.get_by_role("button", name="相談をはじめる").click()
    expect(before.get_by_role("button", name="相談をはじめる")).to_be_visible()
    back_to_setup(office, house)


def try_it(office: Page, console: Page) -> None:
    """Aoi as a visitor, Haru as ever; it is a draft still."""
    with office.context.expect_page() as opened:
        office.get_by_role("button", name="試しの相談をはじめる").click()
    visitor = opened.value
    expect(visitor.get_by_text("試しの相談です。件数には入りません。")).to_be_visible()
    begin_on_the_web(visitor, "試しに書いています")
    choose_program(console, NAME)
    check_in(console)
    see_waiting(console, 1)
    expect(console.locator(".waiting .trial-mark")).to_have_text("試し")
    pane = take_next(console, "試しに書いています")
    reply(pane, "試しに答えています")
    expect(visitor.get_by_role("log")).to_contain_text("試しに答えています")
    end_talk(pane, console)
    file_record(open_record(pane), "テスト")
    expect(pane).to_have_count(0)
    visitor.close()


def open_it(office: Page, house: House) -> None:
    back_to_setup(office, house)
    expect(office.get_by_text("公開できます。")).to_be_visible()
    office.get_by_role("button", name="公開する").click()
    expect(office.get_by_role("status")).to_contain_text("公開しました。")


def pause_it(office: Page) -> None:
    office.get_by_label("相談する人が読む文章(日本語)").fill(PAUSED)
    office.get_by_role("button", name="受付を停止する").click()
    expect(office.get_by_text("青木 葵さんが受付を停止しました。")).to_be_visible()


def close_it(office: Page) -> None:
    office.get_by_role("link", name="終了の手続きへ").click()
    office.get_by_label("相談する人が読む文章(日本語)").fill(FAREWELL)
    office.get_by_role("button", name="この事業を終了する").click()
    expect(office.get_by_text("事業名を書いてください。まだ終了していません。")).to_be_visible()
    expect(office.get_by_label("相談する人が読む文章(日本語)")).to_have_value(FAREWELL)
    office.get_by_label("事業名を書いて、終了を確かめる").fill(NAME)
    office.get_by_role("button", name="この事業を終了する").click()
    expect(office.get_by_text(f"「{NAME}」を終了しました。")).to_be_visible()


def prepare(office: Page, house: House, room: Room) -> None:
    """All that was missing; and one look at what visitors will see."""
    assert missing(office) == ["委託元", "相談の入口", "チーム"]
    mend_the_basics(office, house)
    let_them_choose(office, house)
    bring_the_team(office, house, room)
    assert missing(office) == []
    look_at_it(office, house)


def meet_the_pause(stranger: Page) -> None:
    """Begin on a page that was opened before reception was stopped."""
    stranger.get_by_label("お約束を読みました").check()
    stranger.get_by_role("button", name="相談をはじめる").click()
    expect(stranger.get_by_text("事務所の停電で、しばらくお休みします。")).to_be_visible()


def resume_it(office: Page) -> None:
    office.get_by_role("button", name="受付を再開する").click()
    expect(office.get_by_text("受付を再開しました。")).to_be_visible()


def test_a_program_from_its_template_to_its_end(
    house: House, room: Room, office: Page, sign_in: Open, open_page: Open
) -> None:
    make_from_template(office, house)
    stranger = open_page("/", width=390)
    expect(stranger.get_by_text(NAME)).to_have_count(0)
    prepare(office, house, room)
    console = sign_in(room.person("haru"))
    try_it(office, console)
    # Its rule for receiving wants two people, one of them a supervisor.
    supervisor = sign_in(room.person("mio"))
    choose_program(supervisor, NAME)
    supervisor.locator(".head").get_by_role("button", name="出勤").click()
    # Whatever the clock says, its hours begin now.
    house.begin(Room(SLUG))
    open_it(office, house)
    stranger.reload()
    stranger.get_by_role("link", name=NAME).click()
    pause_it(office)
    expect(console.locator(".reception")).to_contain_text("受付を停止しています", timeout=5_000)
    meet_the_pause(stranger)
    resume_it(office)
    stranger.get_by_role("link", name="相談窓口の案内へ").click()
    begin_on_the_web(stranger, "ほんとうの相談です")
    take_next(console, "ほんとうの相談です")
    close_it(office)
    late = open_page(f"/talk/{SLUG}/", width=390)
    expect(late.get_by_text("三か月のあいだ、ありがとうございました。")).to_be_visible()
    expect(stranger.get_by_role("textbox", name="メッセージを書く")).to_be_visible()


def take_along(office: Page, house: House, room: Room) -> dict[str, Any]:
    """The program's file; who takes it proves first who they are."""
    office.goto(f"{house.url}/programs/{room.slug}/setup/")
    office.get_by_role("link", name="ファイルに書き出す").click()
    with office.expect_download() as taken:
        prove(office)
    written: dict[str, Any] = json.loads(taken.value.path().read_text())
    return written


def bring(office: Page, house: House, file: Path, content: dict[str, Any]) -> None:
    """Choose a file to make a program of."""
    file.write_text(json.dumps(content))
    office.goto(f"{house.url}/programs/new/")
    office.get_by_label("事業のファイル").set_input_files(file)
    office.get_by_role("button", name="このファイルをもとにする").click()


def make(office: Page, slug: str) -> None:
    office.get_by_label("アドレス").fill(slug)
    office.get_by_role("button", name="つくって、準備へ進む").click()
    expect(office.get_by_text("をつくりました。")).to_be_visible()


def test_a_program_goes_along_as_a_file_and_is_copied(house: House, room: Room, office: Page, tmp_path: Path) -> None:
    written = take_along(office, house, room)
    file, told = tmp_path / "program.json", office.get_by_role("alert")

    bring(office, house, file, written | {"version": 99})
    expect(told).to_contain_text("ファイルの版: このMadoguchiより新しい版で書き出されています(版 99)。")
    texts = written["parts"]["texts"]
    broken = {**texts, "ja": {**texts["ja"], "out_of_scope": "お受けできません。"}}
    bring(office, house, file, written | {"parts": written["parts"] | {"texts": broken}})
    expect(told).to_contain_text("自動メッセージ 日本語 「対象外」:")
    expect(told).to_contain_text("何も変わっていません。")
    office.goto(f"{house.url}/programs/")
    expect(office.get_by_role("rowheader", name=room.slug)).to_have_count(0)

    bring(office, house, file, written)
    brought = f"持ってきた窓口 {room.slug}"
    office.get_by_label("事業名").fill(brought)
    make(office, f"brought-{room.slug}")
    # LINE's keys and people are not in the file.
    assert missing(office) == ["相談の入口", "チーム"]

    office.goto(f"{house.url}/programs/")
    office.get_by_role("row", name=brought).get_by_role("link", name=re.compile("^複製する")).click()
    expect(office.get_by_label("事業名")).to_have_value(f"{brought}の複製")
    make(office, f"copied-{room.slug}")
    assert missing(office) == ["相談の入口", "チーム"]
