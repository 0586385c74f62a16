"""Pictures of each page with a lively demonstration, for eyes: `python -m tests.e2e.screenshots FOLDER`."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.template import engines
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.e2e.conftest import FLAGS, chromium
from tests.e2e.house import House, Room
from tests.e2e.steps import be, begin_on_the_web, choose_program, field_of, pane_with, reply, see_waiting, write

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
README = {"width": 1440, "height": 960}
WOMEN = Room("women")
SORA = (
    "はじめまして。夫のことで相談してもいいですか",
    "結婚して8年になります。ここ1年くらい、お金のことで毎日のように怒鳴られます",
    "昨日は物を投げられました。子どもが泣いてしまって…",
)
TO_SORA = (
    "はじめまして、相談員です。お話しくださってありがとうございます。もちろんです。",
    "お子さんの前で物を投げられて、とても怖かったですね。いまは安全な場所にいらっしゃいますか。",
)
UMI = "子どもが学校に行けなくなって、どう声をかけたらいいかわかりません。自分を責めてしまいます"
TO_UMI = "毎日お子さんのそばで、ずっと考えてこられたのですね。学校に行けなくなったのは、いつごろからでしょうか。"


class Studio:
    """A browser, and where its pictures go."""

    def __init__(self, house: House, browser: Browser, folder: Path) -> None:
        self.house, self.browser, self.folder = house, browser, folder

    def open(self, path: str, size: dict[str, int]) -> Page:
        """A page in a browser of its own."""
        context = self.browser.new_context(viewport=size, locale="ja-JP", reduced_motion="reduce")  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(path if path.startswith("http") else self.house.url + path)
        return page

    def sign_in(self, email: str) -> Page:
        """The console of one of the demonstration's people."""
        page = self.open("/accounts/login/", WIDE)
        be(page, email)
        page.wait_for_url("**/console/")
        return page

    def take(self, page: Page, name: str, *sizes: dict[str, int]) -> None:
        """One page, light and dark, in each size; the whole page where it scrolls."""
        page.evaluate("document.fonts.ready")
        for size in sizes or (WIDE, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                path = self.folder / f"{name}-{size['width']}-{scheme}.png"
                page.screenshot(path=path, full_page="console" not in name, animations="disabled")
        page.emulate_media(color_scheme="light")

    def public(self) -> None:
        """What anybody can see."""
        for name, path in (
            ("front", "/"), ("login", "/accounts/login/"), ("landing", "/talk/women/"), ("closed", "/talk/disaster/"),
            ("away", "/talk/away"), ("missing", "/talk/women/leave"), ("telephones", self.house.simulator),
        ):  # fmt: skip
            self.take(self.open(path, WIDE), name)

    def lively_console(self) -> tuple[Page, Page]:
        """Haru in the middle of a night, and the visitor Sora."""
        sora = self.open(WOMEN.page, PHONE)
        sora.get_by_label("年代").select_option(label="30代")
        sora.get_by_label("横浜市").check()
        begin_on_the_web(sora, SORA[0])
        umi = self.house.person("海")
        self.house.says(umi, UMI)
        haru = self.sign_in("haru@example.jp")
        choose_program(haru, "女性のための相談")
        haru.locator(".head").get_by_role("button", name="出勤").click()
        self.take_both(haru)
        left, right = pane_with(haru, SORA[0]), pane_with(haru, UMI)
        reply(left, TO_SORA[0])
        for words in SORA[1:]:
            write(sora, words)
            expect(left.get_by_role("log")).to_contain_text(words)
        reply(right, TO_UMI)
        self.house.says(umi, "2学期が始まってからです。朝になるとお腹が痛いと言います")
        expect(right.get_by_role("log")).to_contain_text("お腹が痛い")
        self.house.does(umi, WOMEN.line, type="sticker", keywords=["泣く", "つらい"])
        expect(right.get_by_role("log")).to_contain_text("スタンプ")
        self.note_and_judge(haru, left)
        for name, words in (("陸", "はじめて相談します"), ("月", "消えてしまいたいです"), ("星", "だれかと話したくて")):
            self.house.says(self.house.person(name), words)
        see_waiting(haru, 3)
        reply(left, TO_SORA[1])
        self.house.age(WOMEN)
        haru.reload()
        field_of(left).fill("すぐに危険がせまっているときは、")
        return haru, sora

    @staticmethod
    def take_both(haru: Page) -> None:
        """Both who wait."""
        see_waiting(haru, 2)
        for number in (1, 2):
            haru.get_by_role("button", name="次の相談を受ける").click()
            expect(haru.get_by_role("log")).to_have_count(number)

    @staticmethod
    def note_and_judge(haru: Page, pane: Locator) -> None:
        """A note to colleagues, and how urgent it is."""
        pane.get_by_role("log").click()
        haru.get_by_role("textbox", name="内部メモ").fill("夜は夫が帰宅。安全な場所の確認を続ける。三浦SVに共有済み")
        haru.get_by_role("button", name="内部メモに残す").click()
        haru.locator("#panel").get_by_role("button", name="緊急度", exact=True).click()
        dialog = haru.get_by_role("dialog")
        dialog.get_by_label("緊急度 高").check()
        dialog.get_by_label("そう判断したわけ").fill("物を投げられた。子どもも同じ部屋にいた")
        dialog.get_by_role("button", name="記録する").click()
        expect(dialog).to_have_count(0)

    def console(self) -> None:
        """The console from all sides, and the visitor's talk meanwhile."""
        self.take(self.sign_in("ren@example.jp"), "console-empty")
        haru, sora = self.lively_console()
        self.take(haru, "console-readme", README)
        self.take(haru, "console", WIDE, {"width": 1920, "height": 1080}, {"width": 1024, "height": 768})
        haru.set_viewport_size(PHONE)  # type: ignore[arg-type]
        for place, name in (("待機・担当", "queue"), ("相談", "talk"), ("くわしく", "panel")):
            haru.get_by_role("navigation", name="画面の切り替え").get_by_role("button", name=place).click()
            self.take(haru, f"console-{name}", PHONE)
        haru.set_viewport_size(WIDE)  # type: ignore[arg-type]
        for button in ("緊急度", "引き継ぐ", "終える"):
            haru.locator("#panel").get_by_role("button", name=button, exact=True).click()
            self.take(haru, f"console-{button}", WIDE, PHONE)
            haru.set_viewport_size(WIDE)  # type: ignore[arg-type]
            haru.keyboard.press("Escape")
        for name in ("設定", "キーの一覧"):
            haru.get_by_label("早川 遥さんのメニュー").click()
            haru.get_by_role("button", name=name).click()
            self.take(haru, f"console-{name}", WIDE)
            haru.keyboard.press("Escape")
        field_of(pane_with(haru, SORA[0])).press("Control+k")
        self.take(haru, "console-canned", WIDE)
        haru.keyboard.press("Escape")
        self.take(sora, "talk", PHONE, WIDE)
        self.take(self.open(self.house.simulator, WIDE), "telephones-lively", WIDE)
        sora.get_by_role("button", name="相談を終わる").click()
        sora.get_by_role("button", name="終わる", exact=True).click()
        expect(sora.get_by_role("heading", name="相談は終わりました")).to_be_visible()
        self.take(sora, "talk-ended", PHONE)
        expect(haru.get_by_role("region", name="相談のまとめ")).to_be_visible()
        self.take(haru, "console-wrap-up", WIDE)

    def waiting_and_errors(self) -> None:
        """The rest."""
        waits = self.open("/talk/women/", PHONE)
        waits.get_by_role("button", name="相談をはじめる").click()
        expect(waits.locator("#field-consent").get_by_role("alert")).to_be_visible()
        self.take(waits, "landing-refused", PHONE)
        begin_on_the_web(waits, "少し話を聞いてほしいです")
        self.take(waits, "talk-waiting", PHONE, {"width": 320, "height": 568})
        for status in (403, 404, 500):
            page = self.open("/talk/away", WIDE)
            body = engines["django"].get_template(f"{status}.html").render()
            page.route("**/broken", self.answering(status, body))
            page.goto(f"{self.house.url}/broken")
            self.take(page, f"error-{status}", WIDE, PHONE)

    @staticmethod
    def answering(status: int, body: str) -> Callable[..., None]:
        """A route that gives this page."""
        return lambda route: route.fulfill(status=status, content_type="text/html", body=body)


def main() -> None:
    """Take them all."""
    import django

    django.setup()
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    var = Path(tempfile.mkdtemp(prefix="mado-"))
    var.chmod(0o755)
    with House(var) as house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        studio = Studio(house, browser, folder)
        studio.public()
        studio.console()
        studio.waiting_and_errors()
        browser.close()
    shutil.rmtree(var, ignore_errors=True)


if __name__ == "__main__":
    main()
