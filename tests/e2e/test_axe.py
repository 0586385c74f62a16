"""Every page, light and dark, before axe-core: no violation of WCAG 2.2 AA."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from config.embedded import ROOT
from counseling.management.demonstration import PASSWORD
from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import begin_on_the_web, field_of, reply, see_waiting, someone_on_line, take_next, two_talks

pytestmark = pytest.mark.browser
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LEVEL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A colour on its way from light to dark is nobody's choice of colour: what is on its way arrives at once. Waiting
# for it in a loop of promises would keep the page from drawing the frame that ends it.
LOOK = """async (level) => {
    const changing = () => document.getAnimations().filter((one) => one instanceof CSSTransition);
    // What a part inherits sets out when the whole has arrived: a page is not nested deeper than this.
    for (let depth = 0; depth < 50 && changing().length; depth += 1) for (const one of changing()) one.finish();
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const { violations } = await axe.run(document, { runOnly: level });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target} ${node.failureSummary}`));
}"""
# Only so that axe itself may be put into the page.
LOOKED_AT = {"bypass_csp": True, "reduced_motion": "reduce"}
PHONE = {"width": 390, "height": 844}


def violations(page: Page) -> list[str]:
    """What axe finds, light and dark."""
    if not page.evaluate("typeof axe === 'object'"):
        page.add_script_tag(path=AXE)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{page.url} {scheme} {one}" for one in page.evaluate(LOOK, LEVEL)]
    return found


def test_the_front_door_has_no_barrier(house: House, open_page: Open) -> None:
    page = open_page("/", **LOOKED_AT)
    assert violations(page) == []
    for path in ("/accounts/login/", "/accounts/password/reset/"):
        page.goto(house.url + path)
        assert violations(page) == []
    page.goto(f"{house.url}/accounts/login/")
    page.get_by_label("メールアドレス").fill("haru@example.jp")
    page.get_by_label("パスワード", exact=True).fill("ちがうパスワード")
    page.get_by_role("button", name="ログイン", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_an_error_page_has_no_barrier(status: int, house: House, open_page: Open) -> None:
    page = open_page("/talk/away", **LOOKED_AT)
    body = render_to_string(f"{status}.html")
    page.route("**/broken", lambda route: route.fulfill(status=status, content_type="text/html", body=body))
    page.goto(f"{house.url}/broken")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert violations(page) == []


def test_before_the_talk_there_is_no_barrier(house: House, room: Room, open_page: Open) -> None:
    page = open_page(room.page, **PHONE, **LOOKED_AT)
    page.get_by_text("急いで助けがほしいとき").click()
    assert violations(page) == []
    page.get_by_role("button", name="相談をはじめる").click()
    expect(page.locator("#field-consent").get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    house.shut(room)
    page.get_by_label("お約束を読みました").check()
    page.get_by_role("button", name="相談をはじめる").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("いまはお受けできません")
    assert violations(page) == []
    for path in (room.page + "?again", "/talk/away", room.page + "leave"):
        page.goto(house.url + path)
        assert violations(page) == []


def test_in_the_talk_there_is_no_barrier(room: Room, open_page: Open, sign_in: Open) -> None:
    page = open_page(room.page, **PHONE, **LOOKED_AT)
    begin_on_the_web(page, "はじめまして")
    assert violations(page) == []
    reply(take_next(sign_in(room.person("haru")), "はじめまして"), "お話しください")
    expect(page.get_by_role("log")).to_contain_text("お話しください")
    page.get_by_role("button", name="相談を終わる").click()
    assert violations(page) == []
    page.get_by_role("button", name="終わる", exact=True).click()
    expect(page.get_by_role("heading", name="相談は終わりました")).to_be_visible()
    assert violations(page) == []


def test_the_console_has_no_barrier(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in(room.person("haru"), **LOOKED_AT)
    assert violations(page) == []
    left, _right, people = two_talks(house, room, page)
    someone_on_line(house, room, "死にたいです", "陸")
    see_waiting(page, 1)
    house.does(people[0], room.line, type="sticker")
    house.does(people[0], room.line, type="image")
    house.does(people[0], room.line, type="unsend")
    house.fails(people[0], "400")
    reply(left, "届かない返事")
    expect(left.get_by_role("button", name="送るのをやめる")).to_be_visible()
    page.get_by_role("textbox", name="内部メモ").fill("SVに相談する")
    page.get_by_role("button", name="内部メモに残す").click()
    assert violations(page) == []
    field_of(left).press("Control+k")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 844})
    for place in ("待機・担当", "相談", "くわしく"):
        page.get_by_role("navigation", name="画面の切り替え").get_by_role("button", name=place).click()
        assert violations(page) == []


def test_the_consoles_windows_have_no_barrier(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in(room.person("haru"), **LOOKED_AT)
    sign_in(room.person("ren"))
    someone_on_line(house, room, "はじめまして")
    pane = take_next(page, "はじめまして")
    dialog = page.get_by_role("dialog")
    for name in ("引き継ぐ", "待機列に戻す", "終える"):
        page.locator("#panel").get_by_role("button", name=name, exact=True).click()
        dialog.locator("button[type=submit]").click()
        assert violations(page) == []
        page.keyboard.press("Escape")
    for name in ("設定", "キーの一覧"):
        page.get_by_label("早川 遥さんのメニュー").click()
        page.get_by_role("button", name=name).click()
        assert violations(page) == []
        page.keyboard.press("Escape")
    page.locator("#panel").get_by_role("button", name="終える", exact=True).click()
    dialog.get_by_label("話し終えた").check()
    dialog.get_by_role("button", name="終えて、まとめへ").click()
    expect(pane.get_by_role("link", name="記録を書く")).to_be_visible()
    assert violations(page) == []


def test_the_wall_has_no_barrier(house: House, room: Room, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"))
    someone_on_line(house, room, "はじめまして")
    take_next(haru, "はじめまして")
    someone_on_line(house, room, "死にたいです", "海")
    see_waiting(haru, 1)
    house.age(room)
    page = sign_in(room.person("mio"), **LOOKED_AT)
    page.goto(f"{house.url}/wall/")
    expect(page.locator(".alarm")).to_have_count(1)
    page.locator("#filters").get_by_label("緊急度").select_option(label="低以上")
    assert violations(page) == []
    page.get_by_role("button", name="絞り込みを解く").click()
    page.locator(".card-choice input").check()
    page.locator(".crew-off > summary, .program-menu > summary").first.click()
    assert violations(page) == []
    page.get_by_role("button", name="引き継ぐ…").click()
    page.get_by_role("dialog").locator("button[type=submit]").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    for name in ("待機列をSV対応に切り替える", "勤務外の人に応援を頼む"):
        page.locator(".program-menu > summary").click()
        page.get_by_role("button", name=name).click()
        assert violations(page) == []
        page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 844})
    assert violations(page) == []


def test_the_teams_pages_have_no_barrier(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    team = f"{house.url}/programs/{room.slug}/team/"
    for path in (team, f"{team}?q=nobody", f"{house.url}/accounts/profile/", f"{house.url}/accounts/mails/"):
        page.goto(path)
        assert violations(page) == []
    page.goto(team)
    page.get_by_role("link", name="早川 遥").click()
    for summary in page.locator("details.act > summary").all():
        summary.click()
    assert violations(page) == []
    page.goto(f"{team}invite/")
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="招待のメールを送る").click()
    expect(page.get_by_text("招待する人を書いてください")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("招待する人").fill(f"森 杜 <mori@{room.slug}.example.jp>")
    page.get_by_label("つなぎ支援員").check()
    page.get_by_role("button", name="招待のメールを送る").click()
    expect(page.get_by_text("1人を招待しました")).to_be_visible()
    page.goto(f"{house.url}/accounts/mails/")
    link = page.get_by_role("link", name="/accounts/invitation/").first.inner_text()
    for path in (link, f"{house.url}/accounts/invitation/unknown/"):
        page.goto(path)
        assert violations(page) == []


def test_a_disasters_pages_have_no_barrier(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    page.goto(f"{house.url}/programs/disaster/")
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="確かめる").click()
    expect(page.get_by_label("窓口の名前")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("いつまで").fill("2020-01-01")
    page.get_by_role("button", name="窓口をつくる").click()
    expect(page.get_by_text("今日か、あとの日にしてください。")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{house.url}/programs/{room.slug}/volunteers/")
    page.get_by_role("button", name="応募リンクを作る").click()
    link = page.get_by_label("応募リンク", exact=True).input_value()
    assert violations(page) == []
    for path in (link, f"{house.url}/join/unknown/", f"{house.url}/programs/{room.slug}/poster/"):
        page.goto(path)
        assert violations(page) == []
    page.goto(link)
    page.get_by_role("button", name="応募する").click()
    expect(page.get_by_text("お名前を書いてください。")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("名前").fill("森 杜")
    page.get_by_label("メールアドレス").fill("mori@example.jp")
    page.get_by_role("button", name="応募する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("応募を受け付けました")
    assert violations(page) == []
    page.goto(f"{house.url}/programs/{room.slug}/volunteers/")
    expect(page.get_by_role("checkbox", name="森 杜")).to_be_visible()
    assert violations(page) == []


def test_reception_and_its_people_have_no_barrier(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    page.goto(f"{house.url}/programs/{room.slug}/staffing/")
    for summary in page.locator("#main summary").all():
        summary.click()
    assert violations(page) == []
    page.get_by_label("返事を待つ時間").fill("1")
    page.get_by_role("button", name="設定を保存する").click()
    expect(page.get_by_text("10から300までの数字で書いてください。")).to_be_visible()
    assert violations(page) == []


def test_making_and_preparing_a_program_has_no_barrier(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    setup = f"{house.url}/programs/{room.slug}"
    for path in ("/programs/", "/programs/new/"):
        page.goto(f"{house.url}{path}")
        assert violations(page) == []
    page.get_by_label("事業のファイル").set_input_files({"name": "x.json", "mimeType": "", "buffer": b"[]"})
    page.get_by_role("button", name="このファイルをもとにする").click()
    expect(page.get_by_role("alert")).to_contain_text("Madoguchiの事業のファイルではありません。")
    assert violations(page) == []
    page.get_by_role("link", name="災害").click()
    page.get_by_label("アドレス").fill("夜")
    page.get_by_role("button", name="つくって、準備へ進む").click()
    expect(page.get_by_text("半角の英小文字と数字で")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("アドレス").fill(f"axe-{room.slug}")
    page.get_by_role("button", name="つくって、準備へ進む").click()
    expect(page.get_by_role("heading", name="準備のリスト")).to_be_visible()
    assert violations(page) == []
    for path in ("setup/", "setup/closing/", "general/", "preview/"):
        page.goto(f"{setup}/{path}")
        assert violations(page) == []
    page.goto(f"{setup}/general/")
    page.get_by_label("相談のことば").fill("ずっと")
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("30から3650までの数字で書いてください。")).to_be_visible()
    assert violations(page) == []


def test_the_telephones_have_no_barrier(house: House, room: Room, open_page: Open) -> None:
    someone_on_line(house, room, "はじめまして")
    page = open_page("/talk/away", **LOOKED_AT)
    page.goto(house.simulator)
    expect(page.get_by_text("つながっています")).to_be_visible()
    assert violations(page) == []


def test_axe_is_really_asked(open_page: Open) -> None:
    page = open_page("/talk/away", **LOOKED_AT)
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert any("label" in one for one in violations(page))
