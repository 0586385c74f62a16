"""The programs one administers, and making new ones: from a template, a copy, a file."""

import base64
import json
import random
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from counseling import blueprints
from counseling.actions import founding
from counseling.models import Membership, Program
from counseling.pages.blueprint_words import told
from tests.conftest import confirm

pytestmark = pytest.mark.django_db
LIST, NEW = "/programs/", "/programs/new/"
SignedIn = Callable[[User], Client]
TYPED = {
    "name": "夜の相談",
    "slug": "night",
    "commissioner": "神奈川県",
    "starts_on": "2026-12-01",
    "ends_on": "2027-03-31",
}


def a_file(**members: Any) -> SimpleUploadedFile:
    stored = blueprints.template("disaster").to_json() | members
    return SimpleUploadedFile("program.json", json.dumps(stored).encode())


def said(client: Client, address: str = NEW, **form: Any) -> str:
    answer = client.post(address, form, follow=True) if form else client.get(address)
    return answer.content.decode()


def test_the_list_shows_what_one_administers(program: Program, aoi: User, signed_in: SignedIn) -> None:
    Program.objects.create(slug="other", name="よその窓口", kind="general", starts_on=program.starts_on)
    page = said(signed_in(aoi), LIST)
    for words in ("女性のための相談", "公開中", "いま受付中です。", "2019年2月1日", "/programs/women/setup/"):
        assert words in page
    assert "よその窓口" not in page


def test_a_program_that_is_over_comes_last(program: Program, aoi: User, signed_in: SignedIn) -> None:
    over = Program.objects.create(
        slug="over", name="あのときの窓口", kind="general", starts_on=program.starts_on, stage="closed"
    )
    Membership.objects.create(user=aoi, program=over, role="administrator")
    browser = signed_in(aoi)
    page = said(browser, LIST)
    assert page.index("女性のための相談") < page.index("あのときの窓口")
    assert browser.get("/programs/women/setup/").context["programs"][-1][0] == over
    assert "/programs/women/" in browser.get("/", follow=True).redirect_chain[-1][0]


def test_more_programs_ask_no_more_of_the_database(program: Program, aoi: User, signed_in: SignedIn) -> None:
    browser = signed_in(aoi)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as before:
        browser.get(LIST)
    for number in range(4):
        founding.found(
            blueprint=blueprints.template("general"), slug=f"more-{number}", by=aoi, starts_on=program.starts_on
        )
    with CaptureQueriesContext(connection) as after:
        browser.get(LIST)
    assert len(after) == len(before)


def test_who_keeps_the_house_makes_its_first_program(db: None, signed_in: SignedIn) -> None:
    root = User.objects.create_superuser("root@example.jp", "a pass phrase", name="Root")
    browser = signed_in(root)
    assert "管理している事業はまだありません。" in said(browser, LIST)
    assert browser.get("/")["Location"] == LIST
    assert "「夜の相談」をつくりました。" in said(browser, template="general", **TYPED)
    assert Membership.objects.get(user=root).role == "administrator"


def test_six_templates_say_what_each_is_for(aoi: User, signed_in: SignedIn) -> None:
    page = said(signed_in(aoi))
    assert [f"?template={kind}" in page for kind in blueprints.KINDS] == [True] * 6


@pytest.mark.parametrize("kind", blueprints.KINDS)
def test_a_template_becomes_a_draft_that_leads_to_its_checklist(kind: str, aoi: User, signed_in: SignedIn) -> None:
    browser = signed_in(aoi)
    assert f'name="template" value="{kind}"' in said(browser, f"{NEW}?template={kind}")
    answer = browser.post(NEW, TYPED | {"template": kind})
    assert answer["Location"] == "/programs/night/setup/"
    made = Program.objects.get(slug="night")
    assert (made.kind, made.stage, made.name, made.commissioner) == (kind, "draft", "夜の相談", "神奈川県")
    noted = AuditEntry.objects.get(deed="program.founded").details
    assert noted == {"made_from": "template", "template": kind}


def test_the_address_that_is_proposed_is_free(program: Program, aoi: User, signed_in: SignedIn) -> None:
    browser = signed_in(aoi)
    assert 'value="women-2"' in said(browser, f"{NEW}?template=women")
    assert 'value="single-parent"' in said(browser, f"{NEW}?template=single_parent")
    assert 'value="women-2"' in said(browser, f"{NEW}?program=women")


def test_a_copy_proposes_another_name(program: Program, aoi: User, signed_in: SignedIn) -> None:
    browser = signed_in(aoi)
    assert "女性のための相談の複製" in said(browser, f"{NEW}?program=women")
    browser.post(NEW, TYPED | {"program": "women"})
    assert founding.blueprint_of(Program.objects.get(slug="night")).parts == founding.blueprint_of(program).parts
    assert AuditEntry.objects.get(deed="program.founded").details["made_from"] == "copy"


@pytest.mark.parametrize("source", ["template=cats", "program=nowhere", "program=other"])
def test_what_is_not_there_or_not_theirs_cannot_be_copied(
    source: str, program: Program, aoi: User, signed_in: SignedIn
) -> None:
    Program.objects.create(slug="other", name="よその窓口", kind="general", starts_on=program.starts_on)
    assert signed_in(aoi).get(f"{NEW}?{source}").status_code == 404


def test_a_file_is_kept_while_the_form_is_filled_in(aoi: User, signed_in: SignedIn) -> None:
    browser = signed_in(aoi)
    asked = browser.post(NEW, {"file": a_file()})
    assert "ファイル「" in asked.content.decode()
    kept = asked.context["source"].value
    refused = browser.post(NEW, TYPED | {"kept": kept, "slug": "夜"})
    assert refused.status_code == 400
    assert refused.context["source"].value == kept
    assert browser.post(NEW, TYPED | {"kept": kept}).status_code == 302
    made = Program.objects.get(slug="night")
    assert founding.blueprint_of(made).parts == blueprints.template("disaster").parts
    assert AuditEntry.objects.get(deed="program.founded").details["made_from"] == "file"


def test_all_that_is_wrong_with_a_file_is_said_at_once_in_words(aoi: User, signed_in: SignedIn) -> None:
    program = blueprints.template("disaster").to_json()["program"]
    program |= {"name": "", "hours": {"weekly": {"mon": ["22:00-20:00"]}}, "rules": {"capacity": 99}}
    replies = [{"shortcut": "a", "title": "", "body": "はい"}]
    file = a_file(program=program, canned_replies=replies, parts={"texts": {"ja": {"entry": "こちらです"}}})
    answer = signed_in(aoi).post(NEW, {"file": file})
    page = answer.content.decode()
    assert answer.status_code == 400
    for words in (
        "受付時間 月曜日 1つ目の時間帯: 終わりが始まりより前です。",
        "事業名: 書かれていません。",
        "設定 1人の同時対応数: 決められた範囲の外です(99)。",
        "定型文 1件目 題名: 書かれていません。",
        "自動メッセージ 日本語 「Webページの案内」: {url}(ページのアドレス)がありません。",
    ):
        assert words in page, words
    assert not Program.objects.filter(kind="disaster").exists()


def noise() -> bytes:
    """A file that nothing can pack, within its bounds otherwise."""
    drawn = random.Random(1)
    replies = [{"shortcut": f"s{number}", "title": "題", "body": drawn.randbytes(900).hex()} for number in range(480)]
    return json.dumps(blueprints.template("general").to_json() | {"canned_replies": replies}).encode()


WRONG = [
    (b"\x89PNG", "読み取れません。"),
    (b'{"format": "another-system"}', "Madoguchiの事業のファイルではありません。"),
    (json.dumps({"format": "madoguchi-program", "version": 9}).encode(), "新しい版で書き出されています(版 9)。"),
    (b" " * 2_000_001, "大きすぎます(2MBまで)。"),
    (b"x" * 10_000_000, "大きすぎます(2MBまで)。"),
    # No form could keep it while it is filled in.
    (noise(), "大きすぎます(2MBまで)。"),
]


@pytest.mark.parametrize(("content", "words"), WRONG)
def test_a_file_of_another_kind_is_told_apart(content: bytes, words: str, aoi: User, signed_in: SignedIn) -> None:
    assert words in said(signed_in(aoi), file=SimpleUploadedFile("program.json", content))


def test_without_a_file_one_is_asked_for(aoi: User, signed_in: SignedIn) -> None:
    assert "ファイルを選んでください。" in said(signed_in(aoi), nothing="")


@pytest.mark.parametrize(
    "kept",
    [
        "日本語",
        "AAAA",
        base64.b64encode(zlib.compress(b"[]")).decode(),
        base64.b64encode(zlib.compress(b" " * 3_000_000)).decode(),
    ],
)
def test_what_was_kept_in_the_form_is_looked_at_again(kept: str, aoi: User, signed_in: SignedIn) -> None:
    assert signed_in(aoi).post(NEW, TYPED | {"kept": kept}).status_code == 400
    assert not Program.objects.filter(slug="night").exists()


def test_the_first_hundred_problems_are_shown_and_the_rest_counted(aoi: User, signed_in: SignedIn) -> None:
    replies = [{"shortcut": "a", "title": "い", "body": ""}] * 130
    assert "ほか30件" in said(signed_in(aoi), file=a_file(canned_replies=replies))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "事業の名前を書いてください"),
        ("name", "長" * 81, "80文字までで書いてください。"),
        ("slug", "", "半角の英小文字と数字で"),
        ("slug", "a", "半角の英小文字と数字で"),
        ("slug", "-night", "半角の英小文字と数字で"),
        ("slug", "night_owl", "半角の英小文字と数字で"),
        ("slug", "夜", "半角の英小文字と数字で"),
        ("slug", "a" * 41, "半角の英小文字と数字で"),
        ("slug", "women", "このアドレスは、もう使われています"),
        ("commissioner", "長" * 81, "80文字までで書いてください。"),
        ("starts_on", "", "日付を選んでください。"),
        ("starts_on", "1999-12-31", "2000年から2100年まで"),
        ("ends_on", "2026-11-30", "開始日と同じか、あとの日にしてください。"),
        ("ends_on", "いつか", "日付を選んでください。"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    field: str, value: str, words: str, program: Program, aoi: User, signed_in: SignedIn
) -> None:
    answer = signed_in(aoi).post(NEW, TYPED | {"template": "general", field: value})
    assert answer.status_code == 400
    beside = answer.content.decode().split(f'id="id_{field}_error"')[1].split("</div>")[0]
    assert words in beside
    assert answer.context["form"][field].value() == value
    assert Program.objects.count() == 1


def test_capitals_in_an_address_are_small_letters(aoi: User, signed_in: SignedIn) -> None:
    signed_in(aoi).post(NEW, TYPED | {"template": "general", "slug": "Night-2026"})
    assert Program.objects.filter(slug="night-2026").exists()


def test_a_program_is_taken_along_as_a_file(program: Program, aoi: User, signed_in: SignedIn) -> None:
    browser = signed_in(aoi)
    confirm(browser)
    answer = browser.get("/programs/women/export/")
    assert answer["Content-Disposition"].startswith('attachment; filename="madoguchi-women-')
    assert blueprints.parse(answer.content) == founding.blueprint_of(program)
    assert AuditEntry.objects.get(deed="program.exported").program_id == program.pk


def test_a_program_for_learning_is_made_as_one_and_says_so(program: Program, aoi: User, signed_in: SignedIn) -> None:
    browser = signed_in(aoi)
    page = said(browser, **TYPED | {"template": "women", "practice": "on"})
    made = Program.objects.get(slug="night")
    assert made.practice
    assert "練習用" in page
    assert "練習用" in said(browser, LIST)
    assert "practice" not in founding.blueprint_of(made).to_json()["program"]


def test_who_takes_a_file_along_confirms_who_they_are(program: Program, aoi: User, signed_in: SignedIn) -> None:
    assert "reauthenticate" in signed_in(aoi).get("/programs/women/export/")["Location"]
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_problem_a_file_can_have_has_its_words(language: str) -> None:
    from django.utils import translation

    from tests.counseling.test_blueprints import WRONG as ALL

    with translation.override(language):
        for content, _problem in ALL:
            raw = content if isinstance(content, bytes) else json.dumps(content).encode()
            with pytest.raises(blueprints.InvalidBlueprint) as refused:
                blueprints.parse(raw)
            assert all(": " in line and not line.startswith(":") for line in told(refused.value.problems))
