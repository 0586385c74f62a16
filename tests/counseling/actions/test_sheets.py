"""The emergency sheet: opened for a reason, ticked, written down, and erased with the visitor."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling import crypto, emergency, permissions
from counseling.actions import agency_contacts, doors, editions, filings, messages, sessions, sheets, visits
from counseling.feeds import emergency as feed
from counseling.models import (
    Channel,
    Clue,
    Message,
    Part,
    Program,
    Session,
    SheetReading,
    StepTick,
    Visitor,
)
from counseling.models.emergency import SHEET_LIFE, SHEET_WRITES, ClueKind, SheetReason
from counseling.text import UnacceptableText
from tests.conftest import SORA, Say, person
from tests.counseling.actions.emergencies import by_life, file, kinds, log, told

pytestmark = pytest.mark.django_db


# Opening


def test_each_opening_is_told_with_its_reason(active: Session, mio: User) -> None:
    for reason in (SheetReason.DANGER, SheetReason.INQUIRY):
        sheets.open_sheet(session_id=active.pk, by=mio, reason=reason, address="192.0.2.1")
    assert told() == [("sheet.opened", {"reason": "danger"}), ("sheet.opened", {"reason": "inquiry"})]
    assert set(AuditEntry.objects.filter(deed="sheet.opened").values_list("subject", "address")) == {
        (f"session:{active.pk}", "192.0.2.1")
    }


@pytest.mark.parametrize("who", ["haru", "ren", "aoi", "kei", "nao"])
def test_nobody_but_a_supervisor_opens_it(active: Session, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(permissions.NotVisible):
        sheets.open_sheet(session_id=active.pk, by=request.getfixturevalue(who), reason=SheetReason.DANGER)
    assert not SheetReading.objects.exists()
    assert told() == []


def test_an_opening_is_good_for_its_person_and_an_hour(opened: SheetReading, mio: User, program: Program) -> None:
    assert sheets.opened_sheet(opened.pk, mio) == opened
    with pytest.raises(permissions.NotVisible):
        sheets.opened_sheet(opened.pk, person("Mei", program, "supervisor"))  # type: ignore[arg-type]
    SheetReading.objects.update(at=timezone.now() - SHEET_LIFE)
    with pytest.raises(permissions.NotVisible):
        sheets.opened_sheet(opened.pk, mio)
    assert sheets.opened_sheet(opened.pk, mio, writes=True) == opened


def test_who_is_no_supervisor_any_more_reads_nothing(opened: SheetReading, mio: User) -> None:
    mio.memberships.update(role="counselor")
    with pytest.raises(permissions.NotVisible):
        sheets.opened_sheet(opened.pk, mio)
    with pytest.raises(permissions.NotVisible):
        sheets.print_sheet(opened_id=opened.pk, by=mio)
    with pytest.raises(permissions.NotVisible):
        log(opened)


def test_nothing_is_written_without_a_reason(active: Session, mio: User) -> None:
    given: dict[str, Any] = {"session_id": active.pk, "by": mio}
    deeds: list[Callable[[], object]] = [
        lambda: sheets.tick(step=0, done=True, **given),
        lambda: sheets.note_clue(client_id=uuid4(), kind=ClueKind.NAME, words="ソラ", **given),
        lambda: agency_contacts.log(client_id=uuid4(), contacting=by_life(), **given),
        lambda: filings.file(client_id=uuid4(), contact_id=1, **given),
    ]
    for deed in deeds:
        with pytest.raises(permissions.NotVisible):
            deed()


def test_a_reason_of_yesterday_writes_nothing(opened: SheetReading) -> None:
    SheetReading.objects.update(at=timezone.now() - SHEET_WRITES)
    with pytest.raises(permissions.NotVisible):
        log(opened)


# Steps


def test_a_step_is_ticked_once_with_who_and_when_and_taken_back_without_being_lost(
    opened: SheetReading, active: Session, mio: User
) -> None:
    for done in (True, True, False, False, True):
        sheets.tick(session_id=active.pk, by=mio, step=2, done=done)
    assert kinds(active)[-3:] == ["step.ticked", "step.taken_back", "step.ticked"]
    assert list(StepTick.objects.order_by("pk").values_list("step", "by", "taken_back_by")) == [
        (2, mio.pk, mio.pk),
        (2, mio.pk, None),
    ]
    taken = feed.steps_taken(Session.objects.get(pk=active.pk))
    assert [one.place for one in taken if one.tick] == [2]


@pytest.mark.parametrize("step", [-1, len(emergency.HOUSE.lines), 10_000])
def test_a_step_that_is_not_on_the_list_is_refused(opened: SheetReading, mio: User, step: int) -> None:
    with pytest.raises(sheets.NoSuchStep):
        sheets.tick(session_id=opened.session_id, by=mio, step=step, done=True)


def test_a_session_keeps_the_list_it_began_with(
    opened: SheetReading, active: Session, program: Program, aoi: User, sora_says: Say
) -> None:
    content = {"steps": [{"text": "110番に電話する", "who": "SV"}]}
    editions.publish(program_id=program.pk, part=Part.STEPS, content=content, by=aoi)
    assert len(feed.steps_taken(Session.objects.get(pk=active.pk))) == len(emergency.HOUSE.lines)
    later = sora_says(identity="U" + "1b" * 16)
    assert [one.step.text for one in feed.steps_taken(later)] == ["110番に電話する"]


# What is known


def test_what_is_known_is_marked_in_the_visitors_words_and_taken_back(
    opened: SheetReading, active: Session, mio: User
) -> None:
    given: dict[str, Any] = {"session_id": active.pk, "by": mio, "client_id": uuid4()}
    clue, new = sheets.note_clue(kind=ClueKind.PLACE, words="横浜駅の西口", seq=1, **given)
    assert sheets.note_clue(kind=ClueKind.PLACE, words="横浜駅の西口", seq=1, **given) == (clue, False)
    assert new
    sheet = feed.sheet_of(Session.objects.get(pk=active.pk))
    assert [(one["kind"], one["words"], one["seq"], one["by"]) for one in sheet["clues"]] == [
        ("place", "横浜駅の西口", 1, "Mio")
    ]
    assert "横浜".encode() not in bytes(clue.body)
    for _twice in range(2):
        sheets.take_back_clue(session_id=active.pk, clue_id=clue.pk, by=mio)
    assert feed.sheet_of(Session.objects.get(pk=active.pk))["clues"] == []
    assert Clue.objects.count() == 1
    assert kinds(active)[-2:] == ["clue.noted", "clue.taken_back"]


@pytest.mark.parametrize("words", ["", " \n", "\0", "あ" * 501])
def test_what_cannot_be_kept_of_a_clue_is_refused(opened: SheetReading, mio: User, words: str) -> None:
    with pytest.raises(UnacceptableText):
        sheets.note_clue(session_id=opened.session_id, by=mio, client_id=uuid4(), kind=ClueKind.NAME, words=words)


def test_a_clue_is_marked_only_in_what_staff_may_read(opened: SheetReading, active: Session, mio: User) -> None:
    given: dict[str, Any] = {"session_id": active.pk, "by": mio, "kind": ClueKind.NAME, "words": "ソラ"}
    Message.objects.filter(session=active).update(before_consent="withheld")
    for seq in (1, 99):
        with pytest.raises(sheets.NotSaid):
            sheets.note_clue(client_id=uuid4(), seq=seq, **given)


# Later, and for ever


def test_the_log_goes_on_when_the_session_is_over(opened: SheetReading, active: Session, haru: User) -> None:
    sessions.end(session_id=active.pk, by=haru, reason="concluded", farewell=False)  # type: ignore[arg-type]
    log(opened)
    assert kinds(active)[-1] == "agency.contacted"


def test_erasing_the_visitors_key_destroys_all_of_it(opened: SheetReading, active: Session, mio: User) -> None:
    contact = log(opened)
    sheets.note_clue(session_id=active.pk, by=mio, client_id=uuid4(), kind=ClueKind.NAME, words="ソラ")
    filing, _new = file(opened, contact)
    Visitor.objects.filter(pk=active.visitor_id).update(wrapped_key=b"")
    session = Session.objects.select_related("visitor__channel", "program", "counselor").get(pk=active.pk)
    for read in (feed.sheet_of, feed.contacted, lambda one: feed.filed(one, filing.pk)):
        with pytest.raises(crypto.CannotOpen):
            read(session)
    with pytest.raises(permissions.NotVisible):
        sheets.open_sheet(session_id=active.pk, by=mio, reason=SheetReason.DANGER)


def test_who_came_through_lines_door_is_found_there_and_erased_there(
    web_channel: Channel, line_channel: Channel, program: Program, mio: User, haru: User
) -> None:
    at_line = visits.visitor_for(channel_id=line_channel.pk, identity=SORA, create=True)
    assert at_line is not None
    beyond = doors._beyond(at_line, web_channel)
    session = visits.open_sitting(beyond)
    opened = sheets.open_sheet(session_id=session.pk, by=mio, reason=SheetReason.DANGER)
    filing, _new = file(opened, log(opened))

    def found() -> feed.Filed:
        again = feed.filed(Session.objects.select_related("visitor").get(pk=session.pk), filing.pk)
        assert again is not None
        return again

    assert (found().sheet["sitting"]["line_id"], found().is_whole) == (SORA, True)
    Visitor.objects.filter(pk=at_line.pk).update(wrapped_key=b"")
    assert (found().sheet["sitting"]["line_id"], found().is_whole) == ("", False)
    assert SORA not in filing.words(beyond.key())


def test_words_before_consent_stand_on_no_sheet(opened: SheetReading, active: Session) -> None:
    Message.objects.filter(session=active).update(before_consent="withheld")
    assert feed.sheet_of(Session.objects.get(pk=active.pk))["messages"] == []


def test_what_was_unsent_stands_on_no_sheet(active: Session, line_channel: Channel) -> None:
    external_id = Message.objects.get(session=active, author="visitor").external_id
    assert external_id is not None
    messages.unsend(channel_id=line_channel.pk, external_id=external_id)
    sheet = feed.sheet_of(Session.objects.get(pk=active.pk))
    assert [one["text"] for one in sheet["messages"] if one["author"] == "visitor"] == [""]
