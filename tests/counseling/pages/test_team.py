"""The team's pages and the frame around them: who sees what, and what becomes of a form."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.roles import Role
from counseling.actions import team
from counseling.models import Membership, Program
from tests.conftest import confirm, person
from tests.counseling.actions.teams import AWAY

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
TEAM = "/programs/women/team/"


@pytest.fixture
def browser(signed_in: SignedIn, aoi: User) -> Client:
    """Aoi's, who has just confirmed that it is she."""
    client = signed_in(aoi)
    confirm(client)
    return client


@pytest.fixture
def mori(program: Program, aoi: User) -> User:
    """Who was invited and has not answered."""
    return team.invite(program_id=program.pk, email="mori@example.jp", name="森 杜", roles=["counselor"], by=aoi).user


def post(client: Client, path: str, **fields: object) -> str:
    return client.post(path, fields, follow=True).content.decode()


def test_the_team_shows_what_each_can_do(browser: Client, ren: User, mori: User) -> None:
    User.objects.filter(pk=ren.pk).update(qualifications=["nurse"], languages=["en"], can_take=["trauma"])
    text = browser.get(TEAM).content.decode()
    for word in ("Ren", "相談員", "看護師", "英語", "トラウマ", "森 杜", "招待中", "システム管理者", "二段階認証なし"):
        assert word in text, word
    assert text.count("<h1") == 1 and 'aria-current="page"' in text


@pytest.mark.parametrize(
    ("search", "found"), [("re", True), ("ren@", True), ("haru", False), ("%", False), ("\0", False)]
)
def test_people_are_found_by_name_or_address(search: str, found: bool, browser: Client, ren: User) -> None:
    text = browser.get(TEAM, {"q": search}).content.decode()
    assert ("ren@example.jp" in text) == found
    assert ("に合う人はいません" in text) != found


def test_a_long_team_asks_no_more_of_the_database(browser: Client, program: Program, mori: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(TEAM)
        return len(asked)

    before = queries()
    for number in range(20):
        person(f"Many{number}", program, Role.COUNSELOR)
    assert queries() == before <= 10


def test_several_are_invited_at_once(browser: Client, program: Program, mailoutbox: list[object]) -> None:
    lines = "林 一 <hayashi@example.jp>\n\n原, hara@example.jp\n 沢　<sawa@example.jp> \n岸\tkishi@example.jp"
    text = post(browser, TEAM + "invite/", people=lines, roles=["counselor", "supervisor"])
    assert "4人を招待しました" in text and len(mailoutbox) == 4
    invited = dict(User.objects.filter(is_active=False).values_list("email", "name"))
    assert invited == {
        "hayashi@example.jp": "林 一", "hara@example.jp": "原", "sawa@example.jp": "沢", "kishi@example.jp": "岸"
    }  # fmt: skip


def test_lines_that_cannot_be_read_are_told_and_nobody_is_invited(browser: Client, mailoutbox: list[object]) -> None:
    lines = "林 <hayashi@example.jp>\n森田\n<kawa@example.jp"
    text = post(browser, TEAM + "invite/", people=lines)
    assert "2行目" in text and "役割を1つ以上" in text and "林 &lt;hayashi@example.jp&gt;" in text
    assert not mailoutbox and not Invitation.objects.exists()


def test_who_cannot_be_invited_stays_in_the_form(browser: Client, ren: User) -> None:
    lines = f"林 <hayashi@example.jp>\nRen <{ren.email}>\n杉 <sugi@example>"
    text = post(browser, TEAM + "invite/", people=lines, roles=["counselor"])
    assert "1人を招待しました" in text
    assert "1行目: もうこのチームにいます" in text and "2行目: メールアドレスを確かめてください" in text
    assert "hayashi@example.jp" not in text.split("<textarea")[1].split("</textarea>")[0]


def test_more_than_thirty_are_too_many(browser: Client) -> None:
    lines = "\n".join(f"人{number} <p{number}@example.jp>" for number in range(31))
    assert "30人までです" in post(browser, TEAM + "invite/", people=lines, roles=["counselor"])
    assert not Invitation.objects.exists()


def test_a_mail_that_could_not_be_sent_is_told(browser: Client, settings: LazySettings, mori: User) -> None:
    settings.EMAIL_BACKEND = AWAY
    text = post(browser, TEAM + "invite/", people="林 <hayashi@example.jp>", roles=["counselor"])
    assert "メールを送れませんでした(林)" in text and "林" in text
    assert "メールを送れませんでした(森 杜)" in post(browser, f"{TEAM}{mori.pk}/invitation/", again="")


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("roles/", {"roles": ["supervisor"]}),
        ("invitation/", {"again": ""}),
        ("second-factor/", {}),
        ("activity/", {"active": "0"}),
        ("removal/", {}),
    ],
)
def test_weighty_changes_ask_first_who_it_is(
    act: str, fields: dict[str, object], signed_in: SignedIn, aoi: User, ren: User, program: Program
) -> None:
    response = signed_in(aoi).post(f"{TEAM}{ren.pk}/{act}", fields)
    assert response.headers["Location"].startswith("/accounts/reauthenticate/")
    assert list(Membership.objects.filter(user=ren).values_list("role", flat=True)) == ["counselor"]


def test_roles_are_changed_on_a_persons_page(browser: Client, ren: User) -> None:
    path = f"{TEAM}{ren.pk}/"
    assert "役割を変えました" in post(browser, f"{path}roles/", roles=["supervisor", "counselor"])
    assert "ほかの役割と一緒には持てません" in post(browser, f"{path}roles/", roles=["officer", "counselor"])
    assert "役割を1つ以上" in post(browser, f"{path}roles/")
    assert Membership.objects.filter(user=ren).count() == 2


def test_ones_own_administration_stays(browser: Client, aoi: User) -> None:
    text = post(browser, f"{TEAM}{aoi.pk}/roles/", roles=["supervisor"])
    assert "自分からシステム管理者の役割は外せません" in text
    assert "ほかの操作" not in text


def test_an_administrator_keeps_a_persons_profile(browser: Client, ren: User) -> None:
    path = f"{TEAM}{ren.pk}/profile/"
    assert "プロフィールを保存しました" in post(browser, path, name="蓮見 蓮", languages=["zh"])
    assert "circle-alert" in post(browser, path, name="", languages=["zh"])
    ren.refresh_from_db()
    assert (ren.name, ren.languages) == ("蓮見 蓮", ["zh"])


def test_an_invitation_is_withdrawn_and_sent_again(browser: Client, mori: User) -> None:
    path = f"{TEAM}{mori.pk}/invitation/"
    assert "招待は取り下げられています" in post(browser, path, withdraw="")
    assert "返事を待っている招待がありません" in post(browser, path, withdraw="")
    assert "招待をもう一度送りました" in post(browser, path, again="")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "招待の期限切れ" in browser.get(TEAM).content.decode()


def test_a_person_is_stopped_let_in_and_removed(browser: Client, ren: User) -> None:
    path = f"{TEAM}{ren.pk}/"
    assert "利用停止" in post(browser, f"{path}activity/", active="0")
    assert "利用を再開しました" in post(browser, f"{path}activity/", active="1")
    assert "チームから外しました" in post(browser, f"{path}removal/")
    assert browser.get(path).status_code == 404


def test_refusals_are_said_on_the_page(browser: Client, aoi: User, ren: User, program: Program) -> None:
    assert "返事を待っている招待がありません" in post(browser, f"{TEAM}{ren.pk}/invitation/", again="")
    for act in ("removal/", "second-factor/"):
        assert "自分自身にはできません" in post(browser, f"{TEAM}{aoi.pk}/{act}")


def test_the_front_door_leads_an_administrator_to_the_office(signed_in: SignedIn, aoi: User, haru: User) -> None:
    response = signed_in(aoi).get("/", follow=True)
    assert response.redirect_chain[0][0].startswith("/programs/women/")
    assert signed_in(haru).get("/").headers["Location"] == "/console/"


def test_the_header_leads_where_a_person_may_go(signed_in: SignedIn, aoi: User, haru: User, kei: User) -> None:
    def places(user: User) -> tuple[bool, bool]:
        text = signed_in(user).get("/accounts/profile/").content.decode()
        return 'href="/console/"' in text, 'href="/office/"' in text

    # The officer of the commissioning body goes to the published results, and to no talk.
    assert (places(aoi), places(haru), places(kei)) == ((True, True), (True, True), (False, True))


def test_the_switcher_keeps_to_the_section(browser: Client, aoi: User, program: Program) -> None:
    other = Program.objects.create(slug="parents", name="ひとり親", kind="women", starts_on=program.starts_on)
    Membership.objects.create(user=aoi, program=other, role=Role.ADMINISTRATOR)
    assert 'href="/programs/parents/team/"' in browser.get(TEAM).content.decode()


def test_a_line_without_end_is_refused_at_once(browser: Client) -> None:
    text = post(browser, f"{TEAM}invite/", people=f"a{' ' * 500_000}a", roles="counselor")
    assert "1行目" in text and "の形で書いてください" in text
