"""LINE as the counselor sees it: pictures, what is taken back, words that did not get through."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import (
    field_of,
    file_record,
    open_record,
    pane_with,
    reply,
    someone_on_line,
    take_next,
)

pytestmark = pytest.mark.browser


def with_sora(house: House, room: Room, sign_in: Open) -> tuple[str, Locator]:
    """Sora's user id, and her talk at Haru's console."""
    haru = sign_in(room.person("haru"))
    sora = someone_on_line(house, room, "空です")
    return sora, take_next(haru, "空です")


def last(pane: Locator, words: str) -> Locator:
    """The message with these words."""
    return pane.locator("li.said").filter(has_text=words)


def test_stickers_places_and_pictures_are_seen(house: House, room: Room, sign_in: Open) -> None:
    sora, pane = with_sora(house, room, sign_in)
    house.does(sora, room.line, type="sticker", keywords=["泣く", "つらい"])
    expect(pane.get_by_text("スタンプ「泣く")).to_be_visible()
    house.does(sora, room.line, type="location")
    expect(pane.get_by_text("神奈川県横浜市西区高島2丁目")).to_be_visible()
    house.does(sora, room.line, type="image", not_ready=1)
    picture = pane.get_by_role("img", name="相談者が送った画像")
    expect(picture).to_be_visible(timeout=30_000)
    until(lambda: picture.evaluate("(one) => one.complete && one.naturalWidth > 0"), "the picture is drawn")
    pane.get_by_role("button", name="画像を大きく表示").click()
    expect(pane.page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    pane.page.keyboard.press("Escape")
    expect(pane.page.get_by_role("dialog")).to_have_count(0)
    house.does(sora, room.line, type="audio", missing=True)
    expect(pane.get_by_text("音声は取得できませんでした")).to_be_visible(timeout=30_000)


def test_what_is_taken_back_leaves_a_tombstone_and_no_word(house: House, room: Room, sign_in: Open) -> None:
    sora, pane = with_sora(house, room, sign_in)
    house.says(sora, "やっぱり言えないこと", room.line)
    expect(pane.get_by_role("log")).to_contain_text("やっぱり言えないこと")
    house.does(sora, room.line, type="unsend")
    expect(pane.locator(".tombstone")).to_have_text("送信取消")
    expect(pane.page.locator("body")).not_to_contain_text("やっぱり言えないこと")
    pane.page.reload()
    expect(pane_with(pane.page, "空です").locator(".tombstone")).to_be_visible()
    assert "やっぱり言えないこと" not in pane.page.content()


def test_refused_words_say_why_and_can_be_sent_again_or_given_up(house: House, room: Room, sign_in: Open) -> None:
    sora, pane = with_sora(house, room, sign_in)
    house.fails(sora, "400")
    reply(pane, "一度目の返事")
    refused = last(pane, "一度目の返事")
    expect(refused.locator(".delivery")).to_have_text("届けられませんでした")
    expect(refused).to_contain_text("LINEがこの内容を受け付けませんでした")
    refused.get_by_role("button", name="もう一度送る").click()
    expect(refused.locator(".delivery")).to_have_text("送信済")
    assert house.seen(sora).count("一度目の返事") == 1
    house.fails(sora, "403")
    reply(pane, "二度目の返事")
    given_up = last(pane, "二度目の返事")
    given_up.get_by_role("button", name="送るのをやめる").click()
    expect(given_up.locator(".delivery")).to_have_text("送信を取りやめ")
    reply(pane, "三度目の返事")
    until(lambda: "三度目の返事" in house.seen(sora), "the next words on LINE")
    assert "二度目の返事" not in house.seen(sora)


def test_a_visitor_who_blocks_us_leaves_and_may_come_again(house: House, room: Room, sign_in: Open) -> None:
    sora, pane = with_sora(house, room, sign_in)
    house.does(sora, room.line, type="unfollow")
    expect(pane.get_by_role("region", name="相談のまとめ")).to_contain_text("相談者がブロックした")
    expect(field_of(pane)).to_have_count(0)
    file_record(open_record(pane), "応答なし")
    expect(pane).to_have_count(0)
    house.does(sora, room.line, type="follow")
    house.says(sora, "また来ました", room.line)
    again = take_next(pane.page, "また来ました")
    expect(again.get_by_text("2回目")).to_be_visible()
    reply(again, "おかえりなさい")
    until(lambda: "おかえりなさい" in house.seen(sora), "the reply on LINE")


def test_a_used_up_quota_is_said_to_all_and_words_wait(house: House, room: Room, sign_in: Open) -> None:
    sora, pane = with_sora(house, room, sign_in)
    house.fails(sora, "429-quota")
    reply(pane, "届くまで待つ返事")
    expect(pane.page.get_by_text("今月のLINEの送信数の上限に達したため")).to_be_visible()
    expect(last(pane, "届くまで待つ返事").locator(".delivery")).to_have_text("送信待ち")
    aoi = sign_in("aoi@example.jp", to="**/programs/**")
    aoi.goto(f"{house.url}/programs/{room.slug}/line/")
    aoi.get_by_role("button", name="送信を再開する").click()
    expect(aoi.get_by_text("送信を再開しました。")).to_be_visible()
    expect(last(pane, "届くまで待つ返事").locator(".delivery")).to_have_text("送信済", timeout=30_000)
    expect(pane.page.get_by_text("今月のLINEの送信数の上限に達したため")).to_have_count(0)
    assert house.seen(sora).count("届くまで待つ返事") == 1
