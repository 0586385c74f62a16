"""Canned replies' pages: the program's and one's own; written, refused, removed; and as a file, out and in again."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.models import CannedReply, Membership, Program
from tests.conftest import confirm

pytestmark = pytest.mark.django_db
OFFICE, OWN = "/programs/women/replies/", "/replies/women/"
TYPED = {"shortcut": "Hajime", "title": "はじめのあいさつ", "body": "こんにちは。\r\n{program}です。", "shown": ""}
SignedIn = Callable[[User], Client]


@pytest.fixture
def aois(aoi: User, signed_in: SignedIn) -> Client:
    """Aoi's browser."""
    return signed_in(aoi)


@pytest.fixture
def harus(haru: User, signed_in: SignedIn) -> Client:
    """Haru's browser."""
    return signed_in(haru)


def seen(browser: Client, address: str) -> str:
    return unescape(browser.get(address).content.decode())


def send(browser: Client, address: str, **fields: str) -> str:
    return unescape(browser.post(address, TYPED | fields, follow=True).content.decode())


def upload(browser: Client, address: str, content: bytes) -> str:
    file = SimpleUploadedFile("replies.csv", content)
    return unescape(browser.post(f"{address}import/", {"file": file}, follow=True).content.decode())


def kept() -> dict[str, str]:
    return dict(CannedReply.objects.values_list("shortcut", "body"))


def test_the_empty_page_says_what_to_do_next(aois: Client) -> None:
    page = seen(aois, OFFICE)
    assert "定型文がまだありません。" in page
    assert "よく使う文から書いてみてください" in page
    assert "CSVに書き出す" not in page


def test_a_reply_of_the_program_is_written(aois: Client) -> None:
    assert "「はじめのあいさつ」を保存しました。" in send(aois, f"{OFFICE}new/")
    reply = CannedReply.objects.get()
    assert (reply.shortcut, reply.body, reply.owner) == ("hajime", "こんにちは。\n{program}です。", None)
    assert "女性のための相談です。" in seen(aois, f"{OFFICE}{reply.pk}/")


def test_ones_own_is_written_beside_the_programs(aois: Client, harus: Client, haru: User) -> None:
    send(aois, f"{OFFICE}new/")
    send(harus, f"{OWN}new/", shortcut="mata", title="また")
    page = seen(harus, "/replies/")
    assert "また" in page and "ほかに、窓口の定型文が1件あります。" in page
    assert CannedReply.objects.get(shortcut="mata").owner == haru
    assert "また</a>" not in seen(aois, OFFICE)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"shortcut": " "}, "ショートカットを書いてください。"),
        ({"title": ""}, "タイトルを書いてください。"),
        ({"body": "\n"}, "本文を書いてください。"),
        ({"shortcut": "a" * 21}, "長すぎます。20文字までにしてください。"),
        ({"body": "長" * 5_001}, "長すぎます。5000文字までにしてください。"),
        ({"body": "{counselor}です"}, "{counselor}という差し込みはありません。使えるのは、{program}(窓口の名前)"),
        ({"shortcut": "ＭＡＴＡ"}, "ショートカット「mata」は、もう使われています。"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    aois: Client, program: Program, fields: dict[str, str], said: str
) -> None:
    CannedReply.objects.create(program=program, shortcut="mata", title="また", body="また。")
    page = send(aois, f"{OFFICE}new/", **fields)
    assert said in page
    assert (TYPED | fields)["title"] in page and (TYPED | fields)["body"].strip().replace("\r\n", "\n") in page.replace(
        "\r\n", "\n"
    )
    (field,) = fields
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', page)
    assert kept() == {"mata": "また。"}


def test_what_a_colleague_wrote_meanwhile_stands_beside_what_was_typed(aois: Client) -> None:
    send(aois, f"{OFFICE}new/")
    reply = CannedReply.objects.get()
    page = seen(aois, f"{OFFICE}{reply.pk}/")
    shown = re.search(r'name="shown" value="(\w+)"', page)
    CannedReply.objects.update(body="おはようございます。")
    page = send(aois, f"{OFFICE}{reply.pk}/", shown=shown[1] if shown else "", body="こんばんは。")
    assert "ほかの人が書き直しました" in page
    assert "いまの文:\nおはようございます。" in page and "こんばんは。" in page
    assert kept() == {"hajime": "おはようございます。"}


def test_a_reply_is_removed(aois: Client) -> None:
    send(aois, f"{OFFICE}new/")
    address = f"{OFFICE}{CannedReply.objects.get().pk}/removal/"
    assert "「はじめのあいさつ」を消しました。" in unescape(aois.post(address, follow=True).content.decode())
    assert kept() == {}
    assert aois.post(address).status_code == 404


def test_ones_own_shortcut_that_the_program_took_is_told(aois: Client, harus: Client) -> None:
    send(harus, f"{OWN}new/")
    send(aois, f"{OFFICE}new/", title="窓口の")
    assert "窓口の定型文と同じです。変えてください。" in seen(harus, "/replies/")


def test_nobody_opens_anothers(harus: Client, ren: User, mio: User, signed_in: SignedIn) -> None:
    send(harus, f"{OWN}new/")
    pk = CannedReply.objects.get().pk
    for someone in (ren, mio):
        assert signed_in(someone).get(f"{OWN}{pk}/").status_code == 404
    assert signed_in(mio).get(f"{OFFICE}{pk}/").status_code == 404


@pytest.mark.parametrize(
    ("who", "office", "own"), [("haru", 404, 200), ("mio", 200, 200), ("aoi", 200, 404), ("kei", 404, 404)]
)
def test_who_comes_here(
    program: Program, who: str, office: int, own: int, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    assert [browser.get(address).status_code for address in (OFFICE, "/replies/", f"{OWN}new/")] == [office, own, own]


# Files

HEADING = "ショートカット,タイトル,本文\r\n"


def test_a_file_goes_out_and_comes_in_again_as_it_was(aois: Client, program: Program) -> None:
    words = "=1+1\n「全角！」と😀"
    CannedReply.objects.create(program=program, shortcut="a", title="+題", body=words)
    confirm(aois)
    content = aois.get("/programs/women/replies.csv").content
    assert "'=1+1" in content.decode("utf-8-sig") and "'+題" in content.decode("utf-8-sig")
    assert AuditEntry.objects.latest("pk").deed == "replies.exported"
    CannedReply.objects.all().delete()
    assert "1件を加え、0件を書き直しました。" in upload(aois, OFFICE, content)
    assert (kept(), CannedReply.objects.get().title) == ({"a": words}, "+題")


def test_who_takes_a_file_out_is_asked_who_they_are(aois: Client) -> None:
    assert "/reauthenticate/" in aois.get("/programs/women/replies.csv").headers["Location"]


def test_ones_own_go_out_and_in(harus: Client, haru: User) -> None:
    assert "1件を加え" in upload(harus, OWN, f"{HEADING}a,題,文".encode())
    assert CannedReply.objects.get().owner == haru
    confirm(harus)
    assert "a,題,文" in harus.get("/replies/women.csv").content.decode("utf-8-sig")
    assert not AuditEntry.objects.filter(deed="replies.exported").exists()


def test_excels_own_encoding_is_read(aois: Client) -> None:
    assert "1件を加え" in upload(aois, OFFICE, f"{HEADING}a,題,文".encode("cp932"))
    assert kept() == {"a": "文"}


LINES = [
    (b"", "見出しの列が足りません: ショートカット、タイトル、本文"),
    ("ショートカット,タイトル\r\n".encode(), "見出しの列が足りません: 本文"),
    (b"\xff\xfe\x00", "CSVとして読み取れません。"),
    (f'{HEADING}a,題,"文'.encode(), "CSVとして読み取れません。"),
    (f"{HEADING}a,題,\r\n".encode(), "2行目: 本文を書いてください。"),
    (f'{HEADING}a,題,"一\r\n二"\r\nA,題,文\r\n'.encode(), "3行目: ショートカット「a」が、2行目にもあります。"),
    (f"{HEADING}b,題,{{name}}\r\n".encode(), "2行目: {name}という差し込みはありません。"),
    ((HEADING + "x,題,文\r\n" * 501).encode(), "定型文は500件までです。"),
]


@pytest.mark.parametrize(("content", "said"), LINES, ids=range(len(LINES)))
def test_a_file_that_is_wrong_is_told_by_line_and_changes_nothing(aois: Client, content: bytes, said: str) -> None:
    assert said in upload(aois, OFFICE, content)
    assert kept() == {}


def test_a_shortcut_of_the_program_is_told_in_ones_own_file(aois: Client, harus: Client) -> None:
    send(aois, f"{OFFICE}new/")
    page = upload(harus, OWN, f"{HEADING}new,題,文\r\nHAJIME,題,文\r\n".encode())
    assert "3行目: ショートカット「hajime」は、もう使われています。" in page
    assert CannedReply.objects.count() == 1


def test_many_wrong_lines_are_counted(aois: Client) -> None:
    content = HEADING + "".join(f"s{number},,文\r\n" for number in range(60))
    page = upload(aois, OFFICE, content.encode())
    assert "2行目: タイトルを書いてください。" in page and "ほかに10件あります。" in page


def test_without_a_file_the_page_asks_for_one(aois: Client) -> None:
    assert "ファイルを選んでください。" in unescape(aois.post(f"{OFFICE}import/", {}).content.decode())


def test_the_lists_ask_the_database_the_same_however_long_they_are(
    aois: Client, harus: Client, haru: User, program: Program
) -> None:
    counts = []
    for number in (1, 40):
        CannedReply.objects.bulk_create(
            CannedReply(program=program, owner=owner, shortcut=f"{number}-{one}", title="題", body="文")
            for owner in (None, haru)
            for one in range(number)
        )
        for browser, address in ((aois, OFFICE), (harus, "/replies/")):
            with CaptureQueriesContext(connection) as asked:
                browser.get(address)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_supervisors_find_the_page_in_the_back_office(mio: User, signed_in: SignedIn) -> None:
    assert f'href="{OFFICE}"' in seen(signed_in(mio), "/programs/women/staffing/")


def test_a_reply_in_a_program_one_left_is_gone_from_ones_page(harus: Client, haru: User) -> None:
    send(harus, f"{OWN}new/")
    Membership.objects.filter(user=haru).update(role=Role.COORDINATOR)
    assert harus.get("/replies/").status_code == 404
