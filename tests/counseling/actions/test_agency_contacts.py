"""The contact log: nothing without a ground, nothing changed; and the sheet that is filed on it."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from counseling import crypto, permissions
from counseling.actions import agency_contacts, filings, sheets
from counseling.actions.contacting import InvalidContact
from counseling.actions.messages import ClientIdReused
from counseling.feeds import emergency as feed
from counseling.models import (
    Agency,
    AgencyContact,
    Filing,
    Note,
    Program,
    Session,
    SessionEvent,
    SheetReading,
)
from counseling.models.emergency import SheetReason
from tests.conftest import SORA, Say
from tests.counseling.actions.emergencies import by_life, file, kinds, log, told

pytestmark = pytest.mark.django_db


# Contacts


def test_a_contact_is_kept_sealed_and_told_to_all_who_may_read_the_talk(
    opened: SheetReading, active: Session, mio: User
) -> None:
    contact = log(opened, person="佐藤さん", answer="向かいます", next_step="到着を確かめる")
    assert b"\xe6\x88\xb8" not in bytes(contact.body)
    entry = feed.contacted(Session.objects.get(pk=active.pk))[0]
    assert (entry["agency"], entry["person"], entry["ground"], entry["by"]) == (
        "戸部警察署", "佐藤さん", "life", "Mio",
    )  # fmt: skip
    note = Note.objects.latest("pk")
    said = note.words(active.visitor.key())
    for words in ("連絡記録", "戸部警察署 佐藤さん", "根拠: 生命の保護", "橋の上", "向かいます", "到着を確かめる"):
        assert words in said
    event = SessionEvent.objects.get(session=active, kind="agency.contacted")
    assert (event.note_id, event.version, event.by) == (note.pk, contact.version, mio)
    assert event.header["reported_at"] == contact.contacted_at.isoformat()
    assert told()[-1] == ("contact.logged", {"contact": contact.pk, "ground": "life"})


def test_the_same_form_twice_is_one_contact(opened: SheetReading, active: Session, mio: User) -> None:
    given: dict[str, Any] = {"session_id": active.pk, "by": mio, "client_id": uuid4()}
    contacting = by_life()
    first, _new = agency_contacts.log(contacting=contacting, **given)
    assert agency_contacts.log(contacting=contacting, **given) == (first, False)
    with pytest.raises(ClientIdReused):
        agency_contacts.log(contacting=by_life(told="ちがうこと"), **given)
    assert (AgencyContact.objects.count(), len(told())) == (1, 2)


AN_HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"ground": ""}, {"ground": "missing"}),
        ({"ground": "convenience"}, {"ground": "missing"}),
        ({"ground": "consent"}, {"consent": "missing", "consented_at": "missing"}),
        ({"ground": "consent", "consent": " \n", "consented_at": -AN_HOUR}, {"consent": "missing"}),
        ({"ground": "consent", "consent": "はい", "consented_at": AN_HOUR}, {"consented_at": "future"}),
        ({"contacted_at": AN_HOUR}, {"contacted_at": "future"}),
        ({"next_due_at": -AN_HOUR}, {"next_due_at": "before"}),
        ({"agency": ""}, {"agency": "missing"}),
        ({"agency_id": 2_000_000_000}, {"agency_id": "unknown"}),
        ({"told": ""}, {"told": "missing"}),
        ({"told": "\0"}, {"told": "nul"}),
        ({"answer": "あ" * 2_001}, {"answer": "too_long"}),
        ({"ground": "", "told": "", "agency": ""}, {"ground": "missing", "told": "missing", "agency": "missing"}),
    ],
)
def test_what_cannot_be_written_down_is_refused_with_all_that_is_wrong(
    opened: SheetReading, changes: dict[str, Any], problems: dict[str, str]
) -> None:
    now = timezone.now()
    typed: dict[str, Any] = {
        name: now + value if isinstance(value, timedelta) else value for name, value in changes.items()
    }
    with pytest.raises(InvalidContact) as refused:
        log(opened, **typed)
    assert refused.value.problems == problems
    assert not AgencyContact.objects.exists()


def test_an_agency_of_the_directory_is_known_by_its_name_of_then(opened: SheetReading, program: Program) -> None:
    agency = an_agency(program, "児童相談所")
    contact = log(opened, agency_id=agency.pk, agency="")
    assert contact.agency == agency
    Agency.objects.filter(pk=agency.pk).update(name="別の名前")
    assert feed.contacted(opened.session)[0]["agency"] == "児童相談所"


def an_agency(program: Program, name: str, **columns: Any) -> Agency:
    return Agency.objects.create(program=program, name=name, kind="police", key=name, **columns)


def test_a_retired_agency_and_one_of_another_program_are_unknown(opened: SheetReading, program: Program) -> None:
    other = Program.objects.create(slug="other", name="別", kind="general", starts_on=program.starts_on)
    for agency in (an_agency(program, "むかし", retired_at=timezone.now()), an_agency(other, "よそ")):
        with pytest.raises(InvalidContact):
            log(opened, agency_id=agency.pk)


@pytest.mark.parametrize(("ground", "consented"), [("", False), ("other", False), ("consent", False), ("life", True)])
def test_the_database_itself_keeps_nothing_without_a_ground(
    opened: SheetReading, mio: User, ground: str, consented: bool
) -> None:
    now = timezone.now()
    row = AgencyContact(
        session=opened.session, version=1, by=mio, client_id=uuid4(), body=b"x", contacted_at=now, created_at=now,
        ground=ground, consented_at=now if consented else None,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_database_lets_nobody_change_what_was_written(opened: SheetReading) -> None:
    contact = log(opened)
    filing, _new = filings.file(session_id=opened.session_id, by=opened.user, client_id=uuid4(), contact_id=contact.pk)
    for row in (contact, filing):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(body=b"other")


def test_a_correction_follows_and_the_earlier_text_stays(opened: SheetReading, active: Session, mio: User) -> None:
    first = log(opened, told="橋の下")
    given: dict[str, Any] = {"session_id": active.pk, "by": mio, "contact_id": first.pk}
    earlier = by_life(told="橋の上", contacted_at=first.contacted_at - AN_HOUR)
    second, _new = agency_contacts.correct(client_id=uuid4(), contacting=earlier, **given)
    (entry,) = feed.contacted(Session.objects.get(pk=active.pk))
    assert (entry["id"], entry["told"], [one["told"] for one in entry["earlier"]]) == (second.pk, "橋の上", ["橋の下"])
    assert Session.objects.get(pk=active.pk).reported_at == second.contacted_at
    assert kinds(active)[-1] == "agency.corrected"
    assert told()[-1][0] == "contact.corrected"
    with pytest.raises(agency_contacts.CorrectedAlready):
        agency_contacts.correct(client_id=uuid4(), contacting=by_life(), **given)


def test_an_entry_of_another_session_is_not_corrected(opened: SheetReading, mio: User, sora_says: Say) -> None:
    contact, other = log(opened), sora_says(identity="U" + "1b" * 16)
    sheets.open_sheet(session_id=other.pk, by=mio, reason=SheetReason.DANGER)
    with pytest.raises(permissions.NotVisible):
        agency_contacts.correct(
            session_id=other.pk, contact_id=contact.pk, by=mio, client_id=uuid4(), contacting=by_life()
        )
    with pytest.raises(permissions.NotVisible):
        filings.file(session_id=other.pk, contact_id=contact.pk, by=mio, client_id=uuid4())


# Filing


def test_what_was_given_stands_as_it_stood(opened: SheetReading, active: Session, sora_says: Say) -> None:
    contact = log(opened)
    filing, new = file(opened, contact)
    sora_says("やっぱり話したい")
    found = feed.filed(Session.objects.select_related("visitor").get(pk=active.pk), filing.pk)
    assert found is not None and new and found.is_whole
    theirs = [one["text"] for one in found.sheet["messages"] if one["author"] == "visitor"]
    assert theirs == ["聞いてほしいことがあります"]
    assert found.sheet["sitting"]["line_id"] == SORA
    assert found.contact["agency"] == "戸部警察署"
    assert kinds(active)[-2:] == ["sheet.filed", "message.received"]
    assert told()[-1] == ("sheet.filed", {"contact": contact.pk, "filing": filing.pk, "ground": "life"})


def test_the_same_form_twice_is_one_filing(opened: SheetReading) -> None:
    contact, client_id = log(opened), uuid4()
    filing, _new = file(opened, contact, client_id)
    assert file(opened, contact, client_id) == (filing, False)
    assert Filing.objects.count() == 1


def test_what_was_corrected_is_no_ground_to_file(opened: SheetReading, mio: User) -> None:
    contact = log(opened)
    agency_contacts.correct(
        session_id=opened.session_id, contact_id=contact.pk, by=mio, client_id=uuid4(), contacting=by_life()
    )
    with pytest.raises(agency_contacts.CorrectedAlready):
        file(opened, contact)


def test_what_was_given_is_known_to_be_whole_by_its_hash(opened: SheetReading) -> None:
    filing, _new = file(opened, log(opened))
    key = opened.session.visitor.key()
    random, sheet = filing.given(key)
    assert crypto.digest(Filing.canonical(random, sheet)) == filing.digest
    sheet["sitting"]["number"] += 1
    assert crypto.digest(Filing.canonical(random, sheet)) != filing.digest
    assert json.loads(filing.words(key))["random"] not in filing.digest
