"""Results for everybody: published and taken back by an administrator, with the officer's figures and no others."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from counseling.models import Program
from counseling.permissions import NotVisible
from reports.actions import releases
from reports.actions.releases import CannotRelease, Reason
from reports.models import ReportRun
from tests.conftest import confirm
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_results import valid_at
from tests.reports.test_runs import frozen

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
LIST, PAGE = "/results/women/", "/results/women/1/"
EVERY = (LIST, PAGE, "/results/women/1.csv", "/results/women/1.xlsx", "/results/women/1.pdf")


@pytest.fixture
def april(program: Program, keep_sessions: KeepSessions, mio: User) -> ReportRun:
    """A frozen April of 40 talks, of which 3 nobody answered."""
    keep_sessions(*(valid_at(at("2026-04-02"), minutes=20, editions=program.editions) for _each in range(37)))
    keep_sessions(*({"received_at": at("2026-04-03"), "state": "abandoned"} for _each in range(3)))
    return frozen(program, mio)


@pytest.fixture
def published(april: ReportRun, program: Program, aoi: User) -> ReportRun:
    releases.release(program_id=program.pk, number=1, by=aoi)
    releases.publish(program_id=program.pk, number=1, by=aoi)
    april.refresh_from_db()
    return april


def statuses() -> set[int]:
    return {Client().get(path).status_code for path in EVERY}


@pytest.mark.usefixtures("published")
def test_anybody_reads_what_the_officer_reads_and_nothing_is_kept_of_them(kei: User, signed_in: SignedIn) -> None:
    anybody = Client()
    answer = anybody.get(PAGE)
    assert "2026年4月は40件" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies
    assert not anybody.cookies
    assert '<td class="number">3</td>' not in answer.content.decode()
    officer = signed_in(kei)
    confirm(officer)
    for kind in ("csv", "xlsx", "pdf"):
        theirs = officer.get(f"/programs/women/results/public/1.{kind}").content
        assert anybody.get(f"/results/women/1.{kind}").content == theirs
    assert "/results/women/1/" in anybody.get(LIST).content.decode()


def test_what_is_frozen_or_only_released_is_nobodys(april: ReportRun, program: Program, aoi: User) -> None:
    assert statuses() == {404}
    with pytest.raises(CannotRelease) as refused:
        releases.publish(program_id=program.pk, number=april.number, by=aoi)
    assert refused.value.reason == Reason.NOT_RELEASED
    releases.release(program_id=program.pk, number=april.number, by=aoi)
    assert statuses() == {404}


def test_what_is_taken_back_is_gone(published: ReportRun, program: Program, aoi: User) -> None:
    releases.unpublish(program_id=program.pk, number=published.number, by=aoi)
    assert statuses() == {404}
    releases.publish(program_id=program.pk, number=published.number, by=aoi)
    assert statuses() == {200}
    # Not even the officer has it: so nobody has.
    releases.withdraw(program_id=program.pk, number=published.number, by=aoi)
    assert statuses() == {404}
    releases.release(program_id=program.pk, number=published.number, by=aoi)
    assert statuses() == {404}


@pytest.mark.usefixtures("published")
def test_a_practice_s_and_another_program_s_address_lead_nowhere(program: Program) -> None:
    Program.objects.create(slug="other", name="other", kind="women", starts_on=program.starts_on)
    assert [Client().get(f"/results/other/{path}").status_code for path in ("", "1/", "1.csv")] == [404] * 3
    assert [Client().get(path).status_code for path in ("/results/nobody/", "/results/women/2/")] == [404] * 2
    assert Client().get("/results/women/1.exe").status_code == 404
    Program.objects.filter(pk=program.pk).update(practice=True)
    assert statuses() == {404}


@pytest.mark.usefixtures("published")
def test_it_is_read_and_never_written(mio: User) -> None:
    assert {Client().post(path).status_code for path in EVERY} == {405}


def test_an_administrator_publishes_and_nobody_else(
    april: ReportRun, program: Program, mio: User, aoi: User, kei: User, signed_in: SignedIn
) -> None:
    releases.release(program_id=program.pk, number=april.number, by=aoi)
    for by in (mio, kei):
        with pytest.raises(NotVisible):
            releases.publish(program_id=program.pk, number=april.number, by=by)
    browser = signed_in(aoi)
    confirm(browser)
    office = f"/programs/women/results/runs/{april.number}/"
    browser.post(office, {"deed": "publish"})
    browser.post(office, {"deed": "publish"})
    assert "/results/women/" in browser.get(office).content.decode()
    assert statuses() == {200}
    browser.post(office, {"deed": "unpublish"})
    deeds = AuditEntry.objects.filter(deed__in=["results.published", "results.unpublished"]).order_by("pk")
    assert [one.deed for one in deeds] == ["results.published", "results.unpublished"]


@pytest.mark.usefixtures("published")
def test_a_correction_stands_in_the_list_and_the_older_one_leads_to_it(
    program: Program, mio: User, aoi: User, keep_sessions: KeepSessions
) -> None:
    keep_sessions(*(valid_at(at("2026-04-05"), editions=program.editions) for _each in range(20)))
    frozen(program, mio, reason="20件もれていた")
    for deed in (releases.release, releases.publish):
        deed(program_id=program.pk, number=2, by=aoi)
    listed = Client().get(LIST).content.decode()
    assert "/results/women/2/" in listed
    assert "/results/women/1/" not in listed
    assert "訂正した新しい版があります" in Client().get(PAGE).content.decode()


@pytest.mark.usefixtures("published")
def test_it_is_read_with_readings_without_a_script() -> None:
    said = Client().get(PAGE, {"form": "furigana"}).content.decode()
    assert "<ruby>応答率<rp>(</rp><rt>おうとうりつ</rt>" in said
    # What a program wrote is read by nobody but them.
    assert "女性のための相談 実施報告書" in said
    assert "<ruby>" not in Client().get(PAGE, {"form": "🙂"}).content.decode()


@pytest.mark.usefixtures("published")
def test_it_is_read_in_plain_words() -> None:
    said = Client().get(PAGE, {"form": "easy"}).content.decode()
    assert "40<ruby>件<rp>(</rp><rt>けん</rt>" in said
    assert "<ruby>相談員<rp>" in said
    assert "results-table" not in said


@pytest.mark.usefixtures("published")
def test_what_is_read_aloud_stands_on_the_page(kei: User, signed_in: SignedIn) -> None:
    for said in (
        Client().get(PAGE).content.decode(),
        signed_in(kei).get("/programs/women/results/public/", {"month": "2026-04"}).content.decode(),
    ):
        assert "<li>未対応は、伏せています。</li>" in said
        assert "令和8年4月1日、水曜日から" in said
        assert "data-aloud hidden" in said
