"""What a program is: the form, its bounds, and who may change what."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from counseling.actions import programs
from counseling.actions.programs import Basics
from counseling.models import Channel, Program
from counseling.stages import Stage

pytestmark = pytest.mark.django_db
PAGE = "/programs/women/general/"
SignedIn = Callable[[User], Client]
TYPED = {
    "name": "夜の相談",
    "kind": "general",
    "commissioner": "神奈川県",
    "audience": "どなたでも",
    "area": "神奈川県",
    "starts_on": "2026-12-01",
    "ends_on": "2027-03-31",
    "channel_mode": "line_talk",
    "neutral_title": "on",
    "consents_on_line": "on",
    "intake_lapses_after": "45",
    "link_life": "15",
    "on_call_email": "yakan@example.jp",
    "nudge_after": "5",
    "notice_after": "10",
    "close_after": "30",
    "amber_after": "2",
    "episode_silence": "60",
    "record_due_after": "10",
    "referral_ask_after": "7",
    "referral_overdue_after": "5",
    "follow_up_escalates_after": "6",
    "return_code_life": "7",
    "outreach_people": "3",
    "record_edit_for": "48",
    "record_read_for": "60",
    "retention_words": "1095",
    "retention_records": "1825",
    "retention_contacts": "",
    "retention_pictures": "365",
    "retention_addresses": "90",
    "report_day": "service",
}


@pytest.fixture
def typed(program: Program) -> dict[str, str]:
    """What the form holds when somebody has looked at the program and typed over all of it."""
    return TYPED | {"shown": programs.fingerprint(Program.objects.get(), Basics)}


def said(client: Client, **changes: str) -> str:
    return client.post(PAGE, changes, follow=True).content.decode()


def test_what_is_typed_is_saved_and_noted(typed: dict[str, str], aoi: User, signed_in: SignedIn) -> None:
    assert "保存しました。" in said(signed_in(aoi), **typed)
    program = Program.objects.get()
    assert (program.name, program.commissioner, program.audience) == ("夜の相談", "神奈川県", "どなたでも")
    assert (program.starts_on, program.ends_on) == (date(2026, 12, 1), date(2027, 3, 31))
    assert (program.nudge_after, program.close_after) == (timedelta(minutes=5), timedelta(minutes=30))
    assert program.episode_silence == timedelta(hours=1)
    assert (program.record_due_after, program.record_edit_for) == (timedelta(hours=10), timedelta(hours=48))
    assert program.record_read_for == timedelta(days=60)
    assert program.retention == {"words": 1095, "records": 1825, "pictures": 365, "addresses": 90}
    assert (program.kind, program.report) == ("general", {"day": "service"})
    noted = AuditEntry.objects.get(deed="program.changed")
    columns = {name.split("_")[0] if name.startswith(("retention_", "report_")) else name for name in TYPED}
    assert set(noted.details["fields"]) == columns - {"channel_mode", "neutral_title"}


def test_the_audit_says_in_words_what_was_changed(typed: dict[str, str], aoi: User, signed_in: SignedIn) -> None:
    browser = signed_in(aoi)
    said(browser, **typed)
    told = browser.get("/programs/women/audit/").content.decode()
    assert [word for word in ("事業名", "開始日", "お待たせの目安", "保存期間", "報告書") if word not in told] == []
    assert "amber_after" not in told


def test_an_open_end_and_a_name_in_the_tab(typed: dict[str, str], aoi: User, signed_in: SignedIn) -> None:
    del typed["neutral_title"]
    said(signed_in(aoi), **typed | {"ends_on": ""})
    program = Program.objects.get()
    assert (program.ends_on, program.neutral_title) == (None, False)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", " ", "事業の名前を書いてください"),
        ("name", "長" * 81, "80文字まで"),
        ("audience", "長" * 201, "200文字まで"),
        ("starts_on", "いつか", "日付を選んでください。"),
        ("ends_on", "2026-11-30", "開始日と同じか、あとの日"),
        ("ends_on", "2101-01-01", "2000年から2100年まで"),
        ("channel_mode", "fax", "方式を選んでください。"),
        ("nudge_after", "0", "1から60まで"),
        ("nudge_after", "十", "1から60まで"),
        ("notice_after", "5", "ひとつ前の時間より、後に"),
        ("close_after", "10", "ひとつ前の時間より、後に"),
        ("close_after", "181", "3から180まで"),
        ("amber_after", "61", "1から60まで"),
        ("episode_silence", "4", "5から1440まで"),
        ("record_due_after", "73", "1から72まで"),
        ("record_read_for", "0", "1から366まで"),
        ("kind", "cats", "種別を選んでください。"),
        ("retention_words", "29", "30から3650まで"),
        ("retention_addresses", "ずっと", "1から365まで"),
        ("report_day", "moon", "1日の数え方を選んでください。"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    field: str, value: str, words: str, typed: dict[str, str], aoi: User, signed_in: SignedIn
) -> None:
    answer = signed_in(aoi).post(PAGE, typed | {field: value})
    assert answer.status_code == 400
    beside = answer.content.decode().split(f'id="id_{field}_error"')[1].split("</div>")[0]
    assert words in beside
    assert answer.context["form"][field].value() == value
    assert Program.objects.get().name == "女性のための相談"


def test_whoever_saves_second_is_told_and_sees_both(typed: dict[str, str], aoi: User, signed_in: SignedIn) -> None:
    Program.objects.update(amber_after=timedelta(minutes=7), channel_mode="web_only", ends_on=None, stage=Stage.DRAFT)
    browser = signed_in(aoi)
    answer = browser.post(PAGE, typed)
    page = answer.content.decode()
    assert "ほかの人が設定を変えました" in page
    for now in ("7分", "Webのみ", "空"):
        assert f"いまは「{now}」になっています。" in page
    assert Program.objects.get().amber_after == timedelta(minutes=7)
    again = answer.context["form"]["shown"].value()
    assert "保存しました。" in said(browser, **typed | {"shown": again})


def test_staffing_changed_meanwhile_is_no_reason_to_ask_again(
    typed: dict[str, str], aoi: User, signed_in: SignedIn
) -> None:
    Program.objects.update(capacity=5)
    assert "保存しました。" in said(signed_in(aoi), **typed)
    assert Program.objects.get().capacity == 5


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.PAUSED])
def test_an_open_program_keeps_a_door_its_visitors_can_use(
    typed: dict[str, str], web_channel: Channel, aoi: User, signed_in: SignedIn, stage: Stage
) -> None:
    Program.objects.update(channel_mode="web_only", stage=stage)
    typed["shown"] = programs.fingerprint(Program.objects.get(), Basics)
    answer = signed_in(aoi).post(PAGE, typed)
    beside = answer.content.decode().split('id="id_channel_mode_error"')[1].split("</div>")[0]
    assert "LINEがつながっていません。" in beside
    assert Program.objects.get().channel_mode == "web_only"


def test_a_draft_may_plan_for_what_is_not_there_yet(
    typed: dict[str, str], web_channel: Channel, aoi: User, signed_in: SignedIn
) -> None:
    Program.objects.update(channel_mode="web_only", stage=Stage.DRAFT)
    typed["shown"] = programs.fingerprint(Program.objects.get(), Basics)
    assert "保存しました。" in said(signed_in(aoi), **typed)


@pytest.mark.parametrize("who", ["haru", "mio", "kei"])
def test_others_change_nothing(who: str, program: Program, request: pytest.FixtureRequest, signed_in: SignedIn) -> None:
    browser = signed_in(request.getfixturevalue(who))
    assert browser.post(PAGE, TYPED).status_code == 404
    assert Program.objects.get().name == "女性のための相談"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, {"name": "missing"}),
        ({"area": "長" * 81}, {"area": "too_long"}),
        ({"ends_on": date(2019, 1, 31)}, {"ends_on": "end_before_start"}),
        ({"channel_mode": "fax"}, {"channel_mode": "bad_value"}),
        ({"kind": "cats"}, {"kind": "bad_value"}),
        (
            {"retention": {"words": True, "photos": 1}},
            {"retention_words": "bad_value", "retention_photos": "unknown_key"},
        ),
        ({"report": {"day": "moon"}}, {"report_day": "bad_value"}),
        ({"nudge_after": timedelta(minutes=20)}, {"notice_after": "out_of_order", "close_after": "out_of_order"}),
    ],
)
def test_the_action_refuses_by_itself(
    changes: dict[str, object], code: dict[str, str], program: Program, aoi: User
) -> None:
    with pytest.raises(programs.CannotSet) as refused:
        programs.change_basics(program_id=program.pk, by=aoi, **changes)  # type: ignore[arg-type]
    assert code.items() >= refused.value.problems.items()
