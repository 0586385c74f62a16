"""One person after the talk: two sessions, survey, telephone, visit, a promise caught, merged, parted, erased."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import (
    begin_on_the_web,
    confirm,
    end_talk,
    file_record,
    fill_record,
    open_record,
    pane_with,
    reply,
    someone_on_line,
    take_next,
    write,
)
from tests.e2e.test_axe import LOOKED_AT
from tests.e2e.test_telephone import AOI, have_a_telephone, offer

pytestmark = pytest.mark.browser
ON_LINE, ON_THE_WEB = "空です、夜になると眠れません", "空です、電話では言えなかったことです"
PROMISED = "受診できたかをたずねる"
NUMBER = "090-5311-2478"
MOVED, AFTERWARDS = "電話で話すことにした", "また話したいです"
CALLED, VISITED = "電話で、眠れた夜の話をうかがった", "自宅で、同僚と二人でお話をうかがった"
# What was written by her and of her behind each door.
OF_LINE = (ON_LINE, "眠れない。来週、受診の予定", "受診できたとのこと")
OF_WEB = (ON_THE_WEB, "声に出せそうです", MOVED, AFTERWARDS, "落ち着いて話せた", CALLED, VISITED)


def test_one_person_is_followed_to_the_end(
    house: House, room: Room, open_page: Open, sign_in: Open, tmp_path: Path
) -> None:
    aoi = sign_in(AOI, "**/programs/**", **LOOKED_AT)
    have_a_telephone(aoi, house, room)
    haru = sign_in(room.person("haru"), **LOOKED_AT)
    on_line = someone_on_line(house, room, ON_LINE)
    a_first_talk_with_a_promise(haru)
    visitor = open_page(room.page, **LOOKED_AT)
    a_second_talk_moves_to_the_telephone(visitor, haru)
    the_survey_is_answered(visitor)
    ren = sign_in(room.person("ren"), **LOOKED_AT)
    the_call_and_the_visit_are_talks_too(ren, haru, house, room)
    mio = sign_in(room.person("mio"), **LOOKED_AT)
    the_answer_is_read_by_who_may(mio, haru, house, room)
    the_promise_is_missed_and_caught(mio, house, room)
    merged_and_parted(mio, house, room)
    erased_also_from_yesterdays_backup(aoi, mio, house, room, tmp_path / "yesterday.dump", on_line)


def a_first_talk_with_a_promise(haru: Page) -> None:
    """It ends in thanks; its record says 要フォロー, and is not filed without a day and words for it."""
    pane = take_next(haru, ON_LINE)
    reply(pane, "夜がつらいのですね")
    end_talk(pane, haru)
    record = open_record(pane)
    record.get_by_role("group", name="感謝で終了").get_by_label("はい", exact=True).check()
    fill_record(record)
    record.get_by_label("相談の概要").fill("眠れない。来週、受診の予定")
    record.locator("[name=attribute_follow_up][value=yes]").check()
    record.get_by_role("group", name="分類").get_by_label("有効相談", exact=True).check()
    record.get_by_role("button", name="提出して閉じる").click()
    expect(record.get_by_role("alert")).to_contain_text("フォローの期日")
    record.locator("[name=attribute_follow_up_on]").fill(f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}")
    record.locator("[name=attribute_follow_up_what]").fill(PROMISED)
    file_record(record, "有効相談")
    expect(pane).to_have_count(0)


def a_second_talk_moves_to_the_telephone(visitor: Page, haru: Page) -> None:
    """She writes on our page, too, and is called back."""
    begin_on_the_web(visitor, ON_THE_WEB)
    window = offer(haru, ON_THE_WEB)
    visitor.get_by_role("link", name="電話で話すことについて答える").click()
    visitor.get_by_label("電話番号").fill(NUMBER)
    visitor.get_by_label("電話の時間").select_option("now")
    visitor.get_by_label("名字だけにしてほしい").check()
    visitor.get_by_role("button", name="この時間に電話をもらう").click()
    expect(visitor.get_by_role("link", name="電話の約束を見る・取り消す")).to_be_visible()
    window.close()
    pane = pane_with(haru, ON_THE_WEB)
    reply(pane, "お電話しますね")
    expect(visitor.get_by_text("お電話しますね")).to_be_visible()
    write(visitor, "声に出せそうです")
    expect(pane.get_by_text("声に出せそうです")).to_be_visible()
    end_talk(pane, haru)
    record = open_record(pane)
    record.get_by_role("group", name="感謝で終了").get_by_label("いいえ", exact=True).check()
    fill_record(record)
    record.get_by_label("相談の概要").fill(MOVED)
    file_record(record, "有効相談")


def the_survey_is_answered(visitor: Page) -> None:
    """On the page she wrote on, in a tap and a word."""
    visitor.get_by_role("link", name="短いアンケートに答える").click()
    visitor.get_by_role("button", name="アンケートをひらく").click()
    visitor.get_by_role("group", name="相談してよかったですか").get_by_label("はい").check()
    visitor.get_by_label("ご意見・ご感想").fill(AFTERWARDS)
    visitor.get_by_role("button", name="この内容で送る").click()
    expect(visitor.get_by_role("heading", name="お答えを受け取りました")).to_be_visible()


def the_answer_is_read_by_who_may(mio: Page, haru: Page, house: House, room: Room) -> None:
    """A supervisor reads it, and who had the talk does not; it is counted."""
    answers = f"{house.url}/programs/{room.slug}/surveys/"
    mio.goto(answers)
    expect(mio.get_by_text(AFTERWARDS)).to_be_visible()
    refused = haru.goto(answers)
    assert refused
    assert refused.status == 404
    assert "100.0" in str(results(mio, house, room))


def called(ren: Page, house: House, room: Room) -> None:
    """Somebody else makes the promised call; it is a talk with a record."""
    ren.goto(f"{house.url}/programs/{room.slug}/calls/")
    ren.get_by_role("link", name=re.compile("月")).first.click()
    ren.get_by_role("button", name="わたしがかける").click()
    ren.get_by_role("button", name="番号を見る").click()
    expect(ren.get_by_text(NUMBER)).to_be_visible()
    ren.get_by_role("button", name="電話をかけはじめる").click()
    ren.get_by_label("話せた").check()
    ren.get_by_label("これで終わり").check()
    ren.get_by_label(re.compile("電話で話したこと")).fill("落ち着いて話せた")
    ren.get_by_role("button", name="結果を記録する").click()
    ren.get_by_role("link", name="この電話を相談として記録する").click()
    ren.get_by_role("button", name="記録して、相談記録へ進む").click()
    written(ren, CALLED)


def history_of(who: Page, house: House, room: Room, number: int) -> Page:
    """The history of the visitor of that talk, by way of the filed records."""
    who.goto(f"{house.url}/programs/{room.slug}/records/?show=filed")
    line = who.get_by_role("listitem").filter(has_text=f"{number}番・")
    line.get_by_role("link", name="この方のこれまで").click()
    expect(who.get_by_role("heading", level=1)).to_contain_text("のこれまで")
    return who


def the_call_and_the_visit_are_talks_too(ren: Page, haru: Page, house: House, room: Room) -> None:
    """Both are entered afterwards, from the history, each with a record of its own."""
    called(ren, house, room)
    history_of(haru, house, room, 2)
    haru.get_by_role("link", name="電話・訪問を記録する").click()
    haru.get_by_role("button", name="記録して、相談記録へ進む").click()
    expect(haru.get_by_text("電話か訪問かを選んでください。").first).to_be_visible()
    haru.get_by_label("訪問", exact=True).check()
    haru.get_by_label("日にち").fill(f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}")
    haru.get_by_label("始まり").fill("10:00")
    haru.get_by_label("終わり").fill("11:15")
    haru.get_by_role("button", name="記録して、相談記録へ進む").click()
    written(haru, VISITED)
    history_of(haru, house, room, 2)
    talks = haru.get_by_role("region", name="相談", exact=True)
    expect(talks.locator(".history-when")).to_have_text([re.compile("チャット"), re.compile("訪問")])
    expect(talks).to_contain_text("ほかの人が受けた相談があります")
    expect(talks).to_contain_text("話せた")


def written(page: Page, summary: str) -> None:
    """The record of a talk that was entered, filed."""
    page.get_by_role("group", name="感謝で終了").get_by_label("はい", exact=True).check()
    fill_record(page)
    page.get_by_label("相談の概要").fill(summary)
    page.get_by_role("group", name="分類").get_by_label("有効相談", exact=True).check()
    page.get_by_role("button", name="提出して閉じる").click()
    expect(page.get_by_text("記録を提出しました")).to_be_visible()


def the_promise_is_missed_and_caught(mio: Page, house: House, room: Room) -> None:
    """Nobody asked in time: the list says so until a person has done it."""
    listed = f"{house.url}/programs/{room.slug}/follow-ups/"
    mio.goto(listed)
    expect(mio.get_by_text("期限を過ぎたものが")).to_have_count(0)
    house.miss(room)
    mio.goto(listed)
    expect(mio.get_by_text("期限を過ぎたものが1件あります。")).to_be_visible()
    mio.get_by_role("link", name="相談者").click()
    expect(mio.get_by_text(PROMISED).first).to_be_visible()
    expect(mio.get_by_role("heading", level=1)).to_contain_text("の要フォロー")
    # The clock notes that it was missed: who opened the page before that would be told that it has moved on.
    noted = mio.get_by_text("期限を過ぎた", exact=True)
    until(lambda: mio.reload() and noted.count(), "the clock has noted it")
    mio.get_by_role("button", name="済みにする").click()
    expect(mio.get_by_text("ひとこと書いてください。")).to_be_visible()
    mio.get_by_label("したこと、わかったこと").fill("受診できたとのこと")
    mio.get_by_role("button", name="済みにする").click()
    expect(mio.get_by_text("要フォローを、済みにしました。")).to_be_visible()
    mio.goto(listed)
    expect(mio.get_by_text("期限を過ぎたものが")).to_have_count(0)


def merged_and_parted(mio: Page, house: House, room: Room) -> None:
    """Both are read as one person, and two again; who writes where does not change."""
    history_of(mio, house, room, 1)
    of_line = re.search(r"相談者 (\w+) の", mio.get_by_role("heading", level=1).inner_text())
    assert of_line
    history_of(mio, house, room, 2)
    mio.get_by_role("link", name="同じ人を選ぶ").click()
    mio.get_by_label("もうひとりの相談者の仮の名前").fill(of_line[1].lower())
    mio.get_by_label("本人がそう話した").check()
    mio.get_by_role("button", name="確かめる").click()
    mio.get_by_role("button", name="同じ人としてまとめる").click()
    talks = mio.get_by_role("region", name="相談", exact=True)
    expect(talks.get_by_role("listitem").filter(has_text="番・")).to_have_count(4)
    expect(talks).to_contain_text("来週、受診の予定")
    mio.get_by_role("button", name="まとめを取り消す").click()
    expect(mio.get_by_text("すべて、まとめる前のとおりです。")).to_be_visible()
    expect(talks.get_by_role("listitem").filter(has_text="番・")).to_have_count(3)


def results(mio: Page, house: House, room: Room) -> list[str]:
    """Every table of the program's results."""
    mio.goto(f"{house.url}/programs/{room.slug}/results/")
    return mio.locator("main table").all_inner_texts()


def erased_also_from_yesterdays_backup(
    aoi: Page, mio: Page, house: House, room: Room, yesterday: Path, on_line: str
) -> None:
    """Who wrote on our page is erased, and nobody else; then who wrote on LINE. The figures stay what they were."""
    house.dump(yesterday)
    found = house.opens(yesterday, room)
    assert {*OF_LINE, *OF_WEB, on_line} <= set(found)
    figures = results(mio, house, room)
    assert len(figures) > 1
    erase(aoi, house, room, 2)
    found = house.opens(yesterday, room)
    assert not {*OF_WEB} & set(found)
    assert {*OF_LINE, on_line} <= set(found)
    erase(aoi, house, room, 1)
    assert house.opens(yesterday, room) == []
    assert results(mio, house, room) == figures
    history_of(mio, house, room, 2)
    expect(mio.get_by_text("この方のことばと記録の文章は、消去されました。")).to_be_visible()
    expect(mio.get_by_role("main")).not_to_contain_text(MOVED)
    mio.goto(f"{house.url}/programs/{room.slug}/surveys/")
    expect(mio.get_by_text(AFTERWARDS)).to_have_count(0)


def erase(aoi: Page, house: House, room: Room, number: int) -> None:
    """The visitor of that talk, by the administrator: looked at, said whom once more, erased, certified."""
    aoi.goto(f"{house.url}/programs/{room.slug}/retention/")
    aoi.get_by_label("相談者の名前か、相談の番号").fill(str(number))
    aoi.get_by_role("button", name="探す").click()
    name = aoi.get_by_role("heading", level=1).inner_text().removeprefix("相談者 ")
    aoi.get_by_role("link", name="この方の個人情報を消す").click()
    if "reauthenticate" in aoi.url:
        confirm(aoi)
    expect(aoi.get_by_role("region", name="消えるもの")).to_contain_text("相談のことば")
    aoi.get_by_label("ご本人の求め", exact=True).check()
    aoi.get_by_label("本人確認書類で確かめた", exact=True).check()
    aoi.get_by_label("相談者の名前").fill("ちがう方")
    aoi.get_by_role("button", name="個人情報を消す").click()
    expect(aoi.get_by_text("この方の名前と違います。")).to_be_visible()
    aoi.get_by_label("相談者の名前").fill(name.lower())
    aoi.get_by_role("button", name="個人情報を消す").click()
    expect(aoi.get_by_text("個人情報を消しました。削除証明書を書き出せます。")).to_be_visible()
    with aoi.expect_download() as taken:
        aoi.get_by_role("button", name="削除証明書(PDF)").click()
    paper = taken.value.path().read_bytes()
    assert paper.startswith(b"%PDF")
    assert b"pdfuaid" in paper
