"""The directory's pages: what is listed, read, added, changed, checked, retired, and by whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling.actions.agencies import fingerprint
from counseling.agencies import Area
from counseling.models import Agency, Program
from tests.conftest import confirm, person
from tests.counseling.actions.directories import an_agency

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE = "/programs/women/agencies/"
TYPED = {
    "kind": "women",
    "name": "○○女性相談支援センター",
    "prefecture": "神奈川県",
    "municipalities": "横浜市、川崎市",
    "telephones": "０４５－１２３－４５６７、189",
    "web": "https://example.jp/",
    "hours": "平日\n9～17時",
    "audience": "県内の女性",
    "address": "横浜市中区",
    "note": "先に電話を入れる",
}


@pytest.fixture
def browser(signed_in: SignedIn, aoi: User) -> Client:
    """Aoi's, who has just confirmed that it is she."""
    client = signed_in(aoi)
    confirm(client)
    return client


def told(client: Client, path: str = PAGE, **fields: str) -> str:
    return client.get(path, fields).content.decode()


def post(client: Client, path: str, **fields: str) -> str:
    return client.post(path, fields, follow=True).content.decode()


def test_the_list_tells_what_one_needs(browser: Client, program: Program) -> None:
    an_agency(program, telephones=("045-123-4567", "#9110"), hours="24時間", area=Area("神奈川県", ("横浜市",)))
    text = told(browser)
    for word in ("○○警察署", "警察", "24時間", "神奈川県 横浜市", 'href="tel:0451234567"', 'href="tel:%239110"', "1件"):
        assert word in text, word
    assert text.count("<h1") == 1 and 'aria-current="page"' in text


@pytest.mark.parametrize(("days", "said", "marked"), [
    (None, "まだ確認されていません", True), (0, "きょう確認", False), (59, "59日前に確認", False),
    (180, "6か月前に確認", False), (181, "6か月前に確認", True), (400, "13か月前に確認", True),
])  # fmt: skip
def test_how_long_ago_it_was_checked_is_said_in_words(
    days: int | None, said: str, marked: bool, browser: Client, program: Program
) -> None:
    day = None if days is None else timezone.localdate() - timedelta(days=days)
    an_agency(program, checked_on=day)
    text = told(browser)
    assert said in text
    assert ("要確認" in text) == marked


def test_words_kind_and_area_narrow_it_down(browser: Client, program: Program) -> None:
    an_agency(program, "ﾊﾛｰﾜｰｸ○○", kind="employment", area=Area("神奈川県", ("横浜市",)))
    an_agency(program, "△△警察署", area=Area("東京都"))
    for search in ({"q": "はろーわーく"}, {"kind": "employment"}, {"area": "横浜"}):
        text = told(browser, **search)
        assert "ﾊﾛｰﾜｰｸ○○" in text and "△△警察署" not in text, search
    assert "△△警察署" in told(browser, kind="unknown", q="\0")


def test_nothing_found_and_nothing_there_say_what_to_do(
    browser: Client, program: Program, haru: User, signed_in: SignedIn
) -> None:
    assert "「CSVから取り込む」、なければ「加える」から" in told(browser)
    assert "加えると、ここに並びます" in told(signed_in(haru))
    an_agency(program)
    assert "ことばを短くするか" in told(browser, q="どこにもない")


def test_pages_of_fifty_or_all_to_print(browser: Client, program: Program) -> None:
    for number in range(60):
        an_agency(program, f"第{number:02}警察署")
    first, second, whole = told(browser), told(browser, page="2"), told(browser, all="")
    assert "第00警察署" in first and "第59警察署" not in first and "60件(1～50件目)" in first
    assert "第59警察署" in second and "第00警察署" not in second
    assert "第00警察署" in whole and "第59警察署" in whole and "印刷のために" not in whole
    assert "第59警察署" in told(browser, page="99999999999999999999")


def test_a_long_directory_asks_no_more_of_the_database(browser: Client, program: Program) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            told(browser, area="横浜市")
        return len(asked)

    an_agency(program, area=Area("神奈川県", ("横浜市",)))
    before = queries()
    for number in range(30):
        an_agency(program, f"{number}番", area=Area("神奈川県", ("横浜市", "川崎市")))
    assert queries() == before <= 12


def test_a_counselor_reads_and_cannot_keep(program: Program, haru: User, signed_in: SignedIn) -> None:
    agency, client = an_agency(program, note="先に電話を"), signed_in(haru)
    assert "加える" not in told(client)
    text = told(client, f"{PAGE}{agency.pk}/")
    assert "先に電話を" in text and "内部" in text
    assert "内容を確認した" not in text and "保存する" not in text


def test_a_coordinator_keeps_it(program: Program, signed_in: SignedIn) -> None:
    client = signed_in(person("Tsuna", program, Role.COORDINATOR))
    assert "を加えました" in post(client, PAGE + "add/", **TYPED)


def test_what_is_typed_is_kept_in_its_common_spelling(browser: Client) -> None:
    text = post(browser, PAGE + "add/", **TYPED)
    assert "「○○女性相談支援センター」を加えました。" in text
    agency = Agency.objects.get()
    assert (agency.telephones, agency.municipalities) == (["045-123-4567", "189"], ["横浜市", "川崎市"])
    assert (agency.hours, agency.prefecture, agency.kind) == ("平日\n9～17時", "神奈川県", "women")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kind", "", "ここは必ず書いてください"),
        ("kind", "警祭", "種別の一覧にないことばです"),
        ("name", "", "ここは必ず書いてください"),
        ("name", "長" * 101, "100文字まで"),
        ("name", "夜\u202e", "制御文字"),
        ("prefecture", "", "ここは必ず書いてください"),
        ("prefecture", "全国", "全国の機関には、市区町村は書けません"),
        ("municipalities", "横浜", "市区町村の名前で書いてください"),
        ("telephones", "451234567", "先頭の0がないようです"),
        ("telephones", "110 119 189 188 171 177".replace(" ", "、"), "5件まで"),
        ("web", "javascript:alert(1)", "https:// から始まる"),
        ("hours", "長" * 301, "300文字まで"),
        ("note", "長" * 2001, "2000文字まで"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    field: str, value: str, said: str, browser: Client
) -> None:
    answer = browser.post(PAGE + "add/", TYPED | {field: value})
    beside = field if field != "prefecture" or not value else "municipalities"
    error = answer.content.decode().split(f'id="id_{beside}_error"')[1].split("</div>")[0]
    assert said in error
    assert answer.context["form"][field].value() == value
    assert answer.context["form"]["note"].value() == (value if field == "note" else TYPED["note"])
    assert not Agency.objects.exists()


@pytest.mark.parametrize("retired", [False, True])
def test_a_twin_is_refused_with_the_way_to_the_first(retired: bool, browser: Client) -> None:
    post(browser, PAGE + "add/", **TYPED)
    first = Agency.objects.get()
    Agency.objects.update(retired_at=timezone.now() if retired else None)
    text = browser.post(PAGE + "add/", TYPED).content.decode()
    assert f'<a href="/programs/women/agencies/{first.pk}/">' in text
    assert ("使うのをやめた機関の中に" in text) == retired


def test_it_is_rewritten(browser: Client, program: Program) -> None:
    agency = an_agency(program)
    shown = fingerprint(agency.entry)
    assert "保存しました" in post(browser, f"{PAGE}{agency.pk}/", **TYPED, shown=shown)
    agency.refresh_from_db()
    assert agency.name == TYPED["name"]


def test_a_refused_change_leaves_the_form_open(browser: Client, program: Program) -> None:
    agency = an_agency(program)
    text = browser.post(f"{PAGE}{agency.pk}/", TYPED | {"name": ""}).content.decode()
    assert '<details class="act" open>' in text and "ここは必ず書いてください" in text


def test_whoever_saves_second_is_told_and_sees_both(browser: Client, program: Program) -> None:
    agency = an_agency(program, hours="朝だけ")
    answer = browser.post(f"{PAGE}{agency.pk}/", TYPED | {"shown": "other"})
    said = answer.content.decode()
    assert "ほかの人がこの機関を変えました" in said
    assert "いまは「朝だけ」になっています。" in said and "いまは「空」になっています。" in said
    assert Agency.objects.get().hours == "朝だけ"
    again = answer.context["form"]["shown"].value()
    assert "保存しました" in post(browser, f"{PAGE}{agency.pk}/", **TYPED, shown=again)


def test_one_press_says_that_all_is_still_so(browser: Client, program: Program) -> None:
    agency = an_agency(program)
    text = post(browser, f"{PAGE}{agency.pk}/check/")
    assert "内容を確認したことを残しました" in text and "きょう確認" in text and "Aoi" in text


def test_retired_it_leaves_the_list_and_can_come_back(browser: Client, program: Program) -> None:
    agency = an_agency(program)
    text = post(browser, f"{PAGE}{agency.pk}/use/", use="0")
    assert "使うのをやめました" in text and "内容を確認した" not in text
    assert "○○警察署" not in told(browser) and "○○警察署" in told(browser, retired="on")
    assert "また使えるようにしました" in post(browser, f"{PAGE}{agency.pk}/use/", use="1")
    assert "○○警察署" in told(browser)


def test_an_agency_of_another_program_is_not_there(browser: Client, program: Program) -> None:
    other = Program.objects.create(slug="parents", name="ひとり親", kind="women", starts_on=program.starts_on)
    agency = an_agency(other)
    for path in ("", "check/", "use/"):
        assert browser.post(f"{PAGE}{agency.pk}/{path}", TYPED).status_code == 404
    assert browser.get(f"{PAGE}{agency.pk}/").status_code == 404


def test_what_somebody_writes_is_never_markup(browser: Client, program: Program) -> None:
    agency = an_agency(program, "<script>x</script>", note="<b>y</b>", hours="{{z}}")
    for text in (told(browser), told(browser, f"{PAGE}{agency.pk}/"), told(browser, q="<script>")):
        assert "<script>x" not in text and "<b>y" not in text


def test_the_audit_names_the_agency(browser: Client, program: Program) -> None:
    agency = an_agency(program)
    post(browser, f"{PAGE}{agency.pk}/check/")
    text = told(browser, "/programs/women/audit/")
    assert "Aoiさんが関係機関「○○警察署」の記載を変えました" in text and "内容: 確認" in text
