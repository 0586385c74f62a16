"""The directory as a CSV file: out; in, looked at line by line, and done on a second press."""

import csv
import io
from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEntry, User
from counseling.agencies import Area
from counseling.models import Agency, Program
from counseling.pages import agency_files
from tests.conftest import confirm
from tests.counseling.actions.directories import HEADING, a_file, an_agency

SignedIn = Callable[[User], Client]
IMPORT = "/programs/women/agencies/import/"
NEW = ",警察,△△警察署,神奈川県,横浜市,110,,,,,,"


@pytest.fixture
def browser(signed_in: SignedIn, aoi: User) -> Client:
    """Aoi's, who has just confirmed that it is she."""
    client = signed_in(aoi)
    confirm(client)
    return client


def upload(browser: Client, content: bytes) -> Any:
    return browser.post(IMPORT, {"file": SimpleUploadedFile("agencies.csv", content)})


def text(response: Any) -> str:
    return str(response.content.decode())


def yes(browser: Client, looked: Any, **other: str) -> Any:
    """Press the button below what was looked at."""
    sealed = {name: looked.context[name] for name in ("sealed", "shown")}
    return browser.post(IMPORT, sealed | other, follow=True)


def rows(browser: Client) -> list[list[str]]:
    content = browser.get("/programs/women/agencies.csv").content
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_excel_opens_it_in_japanese(browser: Client, program: Program) -> None:
    agency = an_agency(program, "=1+1", telephones=("045-1", "189"), hours="平日\n9時", area=Area())
    assert rows(browser) == [
        HEADING.split(","),
        [str(agency.pk), "警察", "'=1+1", "全国", "", "045-1、189", "", "", "平日\n9時", "", "", ""],
    ]
    noted = AuditEntry.objects.get(deed="agencies.exported")
    assert noted.details == {"rows": 1}


def test_an_export_asks_first_who_it_is(aoi: User, signed_in: SignedIn) -> None:
    assert signed_in(aoi).get("/programs/women/agencies.csv").status_code == 302
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932"])
def test_out_and_in_again_changes_nothing(encoding: str, browser: Client, program: Program) -> None:
    an_agency(program, "髙﨑警察署", telephones=("+81-45-1",), hours="平日 9～17時\n土－日は休み", note="-先に電話")
    an_agency(program, "DV相談＋", kind="hotline", area=Area())
    content = browser.get("/programs/women/agencies.csv").content.decode("utf-8-sig").encode(encoding)
    looked = upload(browser, content)
    assert "変わるところはありません" in text(looked)
    assert looked.context["comparison"].unchanged == 2


def test_it_is_shown_before_it_is_done(browser: Client, program: Program) -> None:
    kept = an_agency(program)
    looked = upload(browser, a_file(NEW, f"{kept.pk},警察,○○警察署,神奈川県,,,,,24時間,,,").decode().encode("cp932"))
    for words in ("文字コードはShift_JISとして", "△△警察署", "受付時間", "このとおりに取り込む"):
        assert words in text(looked), words
    assert Agency.objects.count() == 1
    assert "新しく1件を加え、1件を変えました" in text(yes(browser, looked))
    assert set(Agency.objects.values_list("name", "hours")) == {("○○警察署", "24時間"), ("△△警察署", "")}


def test_a_wrong_line_is_told_in_place_and_nothing_is_done(browser: Client) -> None:
    looked = upload(browser, a_file(NEW, ",警祭,□□警察署,神奈川県,,45-123-4567,,,,,,").decode().encode("cp932"))
    assert [problem[:3] for problem in looked.context["problems"]] == [(3, "種別", "警祭"), (3, "電話", "45-123-4567")]
    assert "先頭の0がないようです" in text(looked) and "種別の一覧にないことばです" in text(looked)
    assert "1行に、直すところがあります。名簿は何も変わっていません。" in text(looked)
    assert "sealed" not in looked.context
    assert not Agency.objects.exists()


def test_columns_nobody_knows_are_told(browser: Client) -> None:
    looked = upload(browser, a_file("警察,A,神奈川県,,045", heading="種別,名前,都道府県,市区町村,電話番号"))
    assert "読んでいません: 電話番号" in text(looked)


def test_of_ten_thousand_wrong_lines_fifty_are_shown_quickly(browser: Client) -> None:
    content = a_file(*["x,警祭,,神奈川,横浜,45-123-4567,example.jp,,,,,2026/13/1"] * 10_000)
    begun = perf_counter()
    looked = upload(browser, content)
    # Alone it takes a second and a half; the machine may have much else to do.
    assert perf_counter() - begun < 30
    assert "10,000行に、直すところがあります" in text(looked)
    assert len({line for line, *_rest in looked.context["problems"]}) == 50
    assert len(looked.content) < 300_000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "見出しの列が足りません"),
        ("名前,電話\nA,1".encode(), "見出しの列が足りません: 種別、都道府県、市区町村"),
        (b"\xff\xfe\x00\x01", "CSVとして読み取れません"),
        (a_file(*["x"] * 10_001), "1万行まで"),
        (b"x" * 5_000_001, "5MBまで"),
    ],
)
def test_what_is_no_directory_is_refused_as_a_whole(content: bytes, said: str, browser: Client) -> None:
    looked = upload(browser, content)
    assert said in looked.context["refused"]
    assert "名簿は何も変わっていません。" in text(looked)


def test_without_a_file_one_is_asked_for(browser: Client) -> None:
    assert "ファイルを選んでください。" in text(browser.post(IMPORT, {}))


def test_what_would_not_fit_into_the_form_is_refused(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agency_files, "LARGEST_SEALED", 100)
    assert "分けて、順に取り込んでください" in upload(browser, a_file(NEW)).context["refused"]


def test_what_fits_passes_through_the_form(browser: Client) -> None:
    """Whatever `LARGEST_SEALED` lets through, Django's own bound lets through."""
    answer = browser.post(IMPORT, {"sealed": "x" * agency_files.LARGEST_SEALED, "shown": "y" * 16})
    assert "もう一度ファイルを選んでください" in text(answer)


@pytest.mark.parametrize("sealed", ["", "x", "⟦words⟧"])
def test_what_was_not_sealed_here_is_refused(sealed: str, browser: Client) -> None:
    looked = upload(browser, a_file(NEW))
    assert "もう一度ファイルを選んでください" in text(yes(browser, looked, sealed=sealed))
    assert not Agency.objects.exists()


def test_what_was_sealed_for_another_program_is_refused(browser: Client, program: Program) -> None:
    sealed = signing.dumps([program.pk + 1, a_file(NEW).decode()], salt=agency_files.SEAL, compress=True)
    assert "もう一度ファイルを選んでください" in text(browser.post(IMPORT, {"sealed": sealed, "shown": ""}))


def test_where_the_directory_changed_meanwhile_it_is_shown_anew(browser: Client, program: Program) -> None:
    looked = upload(browser, a_file(NEW))
    an_agency(program)
    again = yes(browser, looked)
    assert "ほかの人が名簿を変えました" in text(again)
    assert Agency.objects.count() == 1
    assert "新しく1件を加え" in text(yes(browser, again))


def test_pressed_twice_it_is_done_once(browser: Client) -> None:
    looked = upload(browser, a_file(NEW))
    yes(browser, looked)
    assert "変わるところはありません" in text(yes(browser, looked))
    assert Agency.objects.count() == 1


def test_a_supervisor_imports_and_a_counselor_does_not(mio: User, haru: User, signed_in: SignedIn) -> None:
    assert upload(signed_in(haru), a_file(NEW)).status_code == 404
    mios = signed_in(mio)
    assert "取り込みました" in text(yes(mios, upload(mios, a_file(NEW))))


def test_what_stands_in_a_file_is_never_markup(browser: Client) -> None:
    wrong = a_file(",<script>x</script>,<b>y</b>,神奈川県,,,,,,,,", heading=HEADING + ",<i>z</i>")
    assert "<script>x" not in text(upload(browser, wrong)) and "<i>z" not in text(upload(browser, wrong))
    assert "<b>y" not in text(upload(browser, a_file(",警察,<b>y</b>,神奈川県,,,,,,,,")))
