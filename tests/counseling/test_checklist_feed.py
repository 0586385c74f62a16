"""What the checklist finds of a program that stands in the database, and in how many queries."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from counseling import blueprints, checklist
from counseling.actions import founding
from counseling.checklist import Item, Mark
from counseling.feeds.checklist import lines_of
from counseling.models import Channel, Edition, LineAccount, Membership, Part, Program, Session, Shift
from tests.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh(db: None) -> Program:
    """A program fresh from its template, which nobody has touched."""
    return founding.build(blueprint=blueprints.template("general"), slug="fresh", starts_on=date(2019, 2, 1))


def marks(program: Program) -> dict[Item, tuple[Mark, str]]:
    return {line.item: (line.mark, line.why) for line in lines_of(program, timezone.now())}


def test_a_template_lacks_only_what_it_cannot_know(fresh: Program) -> None:
    missing = [line.item for line in checklist.blocking(lines_of(fresh, timezone.now()))]
    assert missing == [Item.COMMISSIONER, Item.CHANNEL, Item.PEOPLE]


def test_it_opens_once_these_are_there(fresh: Program) -> None:
    fresh.commissioner, fresh.channel_mode = "神奈川県", "web_only"
    for name, role in (("Haru", "counselor"), ("Mio", "supervisor")):
        Membership.objects.create(user=person(name, None, None), program=fresh, role=role)
    assert checklist.blocking(lines_of(fresh, timezone.now())) == []


@pytest.mark.parametrize("kind", blueprints.KINDS)
def test_every_template_lacks_no_more_than_that(kind: str) -> None:
    made = founding.build(blueprint=blueprints.template(kind), slug=kind, starts_on=date(2019, 2, 1))
    missing = {line.item for line in checklist.blocking(lines_of(made, timezone.now()))}
    assert missing == {Item.COMMISSIONER, Item.CHANNEL, Item.PEOPLE}


def test_who_was_only_invited_or_left_is_nobody_yet(program: Program, haru: User, nao: User) -> None:
    User.objects.filter(pk=haru.pk).update(is_active=False)
    assert marks(program)[Item.PEOPLE] == (Mark.MISSING, "no_counselor")


def test_a_line_channel_without_its_secrets_is_none(program: Program, line_channel: Channel) -> None:
    assert marks(program)[Item.CHANNEL] == (Mark.LOOK, "line_unchecked")
    Channel.objects.filter(pk=line_channel.pk).update(access_token=b"")
    assert marks(program)[Item.CHANNEL] == (Mark.MISSING, "no_line")


def test_what_line_answered_is_what_counts(program: Program, line_channel: Channel) -> None:
    account = LineAccount(channel=line_channel, checked_at=timezone.now(), findings=[["account", "token"]])
    account.save()
    assert marks(program)[Item.CHANNEL] == (Mark.MISSING, "line_fails")


def test_a_published_shift_of_somebody_stands_for_its_day(program: Program, haru: User) -> None:
    assert marks(program)[Item.ROSTER] == (Mark.LOOK, "no_shifts")
    now = timezone.now()
    for ahead in range(3):
        begins = timezone.localtime(now).replace(hour=9) + timedelta(days=ahead)
        times = {"starts_at": begins, "ends_at": begins + timedelta(hours=4), "published_at": now}
        Shift.objects.create(program=program, user=haru, **times)
    assert marks(program)[Item.ROSTER] == (Mark.DONE, "")
    Shift.objects.update(published_at=None)
    assert marks(program)[Item.ROSTER] == (Mark.LOOK, "no_shifts")


def test_texts_and_forms_that_cannot_be_used_are_found(program: Program) -> None:
    for part, content in ((Part.TEXTS, {"ja": {"paused": "また今度"}}), (Part.INTAKE, [])):
        edition = Edition.objects.create(program=program, part=part, number=9, content=content)
        program.editions = program.editions | {part.value: edition.pk}
    found = marks(program)
    assert (found[Item.TEXTS], found[Item.INTAKE]) == ((Mark.MISSING, "invalid"),) * 2
    assert (found[Item.RISK], found[Item.SURVEY]) == ((Mark.LOOK, "empty"),) * 2


def test_a_language_that_reads_another_is_worth_a_look(program: Program) -> None:
    assert marks(program)[Item.TERMS] == (Mark.DONE, "")
    read = (Item.TERMS, Item.TEXTS, Item.INTAKE)
    program.languages = ["ja", "ja-easy"]
    assert [marks(program)[item] for item in read] == [(Mark.DONE, "")] * 3
    program.languages = ["ja", "ko"]
    assert [marks(program)[item] for item in read] == [(Mark.LOOK, "not_translated")] * 3


def test_a_trial_is_a_trial_only_when_it_was_one(program: Program, waiting: Session) -> None:
    assert marks(program)[Item.TRIAL] == (Mark.LOOK, "not_tried")
    Session.objects.update(trial=True)
    assert marks(program)[Item.TRIAL] == (Mark.DONE, "")


def test_it_asks_the_database_five_times(program: Program, haru: User, django_assert_num_queries: Any) -> None:
    lines_of(program, timezone.now())
    with django_assert_num_queries(5):
        lines_of(program, timezone.now())
