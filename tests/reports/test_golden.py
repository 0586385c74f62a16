"""The figures that were published (2019-04-22, and the founding report), from sittings made through the actions."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling.actions import founding, messages, records, sessions, visits
from counseling.blueprints import template
from counseling.forms import Answers
from counseling.lifecycle import Classification, EndReason
from counseling.management.commands.seed import _changes
from counseling.management.demonstration_pilots import PILOTS
from counseling.models import Channel, Duty, Membership, Program, Session
from counseling.models.edition import Part, number
from counseling.opening import midnight
from counseling.stages import Stage
from reports.actions import comparators
from reports.actions.comparators import Entered
from reports.models import Per
from tests.conftest import person

pytestmark = pytest.mark.django_db
PUBLISHED = json.loads((Path(__file__).parent.parent / "data/kanagawa_pilots.json").read_text(encoding="utf-8"))
KANAGAWA = ("kanagawa-child-2019", "kanagawa-family-2019", "kanagawa-women-2019")
SignedIn = Callable[[User], Client]
# The smallest numbers of which 82.6 % is the published one.
VALID, THANKFUL = 23, 19
TELEPHONE = 25
# What the disaster program's record asks of every talk before it may be filed.
RECORD: Answers = {
    "who": "self", "age": "40s", "gender": "unknown", "area": "affected", "main_complaint": "anxiety",
    "topics": ["anxiety"], "disaster": ["home"], "summary": "余震への不安", "done": ["listened"], "follow_up": "no",
}  # fmt: skip


class Then:
    """A clock that stands where it was put."""

    def __init__(self) -> None:
        self.at = midnight(date(2018, 1, 1))

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def then(monkeypatch: pytest.MonkeyPatch) -> Then:
    """The house's clock, to be put back into those years."""
    clock = Then()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


def opened(slug: str) -> tuple[Program, int]:
    """A pilot as it was founded and opened, and its web page."""
    pilot = next(one for one in PILOTS if one.slug == slug)
    program = founding.build(blueprint=template(pilot.kind), **_changes(pilot) | {"stage": Stage.OPEN})
    Program.objects.filter(pk=program.pk).update(least_on_duty=0, least_supervisors=0, routing="pull")
    return Program.objects.get(pk=program.pk), Channel.objects.get(program=program, kind="web").pk


def come(program: Program, web: int, count: int, then: Then) -> list[Session]:
    """So many visitors, spread over the opening hours of the program's days."""
    assert program.ends_on is not None
    hours = program.opening().between(program.starts_on, program.ends_on)
    days = [
        program.starts_on + timedelta(days=ahead) for ahead in range((program.ends_on - program.starts_on).days + 1)
    ]
    came = []
    for one in range(count):
        day = days[one % len(days)]
        opens = hours.windows_on(day)[0].opens
        then.at = midnight(day) + timedelta(minutes=opens + one // len(days))
        came.append(
            visits.start(
                channel_id=web,
                identity=f"{program.slug} {one}".ljust(43, "x"),
                terms_version=number(program.editions, Part.TERMS),
                attributes={},
                line="聞いてください",
            )
        )
    return came


def read(browser: Client, program: Program) -> str:
    said: str = browser.get(f"/programs/{program.slug}/results/").content.decode()
    return said


@pytest.mark.parametrize("slug", KANAGAWA)
def test_the_prefectures_table_is_shown_exactly(slug: str, then: Then, signed_in: SignedIn) -> None:
    program, web = opened(slug)
    published = next(one for one in PUBLISHED["programs"] if one["name"] == program.name)
    come(program, web, published["received"], then)
    mio = person("Mio", program, Role.SUPERVISOR)
    then.at = midnight(date(2019, 4, 22))
    said = read(signed_in(mio), program)
    received = published["received"]
    assert f"は{received}件、1日平均{published['per_day']}件" in said
    assert f"({published['days']}日間)" in said
    assert (
        f"検算: 内訳の合計 {published['received']}件 = アクセス数 {published['received']}件。一致しています。" in said
    )


def talk(session: Session, haru: User, then: Then, *, thankful: bool) -> None:
    """A talk of twenty minutes, filed as valid."""
    sessions.claim(session_id=session.pk, by=haru)
    then.at += timedelta(minutes=1)
    messages.reply(session_id=session.pk, by=haru, client_id=UUID(int=session.pk), words="お話しください")
    then.at += timedelta(minutes=1)
    identity = session.visitor.address()
    key: dict[str, Any] = {"channel_id": session.visitor.channel_id, "identity": identity}
    messages.receive(**key, text="こわかったです", client_id=UUID(int=session.pk))
    then.at += timedelta(minutes=19)
    sessions.end(session_id=session.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    records.file(
        session_id=session.pk, by=haru, classification=Classification.VALID, thankful_end=thankful, answers=RECORD
    )


def test_osaka_had_327_in_ten_days_and_82_6_percent_ended_in_thanks(then: Then, signed_in: SignedIn) -> None:
    program, web = opened("osaka-2018")
    published = PUBLISHED["disaster"][0]
    haru, mio = person("Haru", program, None), person("Mio", program, Role.SUPERVISOR)
    Membership.objects.create(user=haru, program=program, role=Role.COUNSELOR)
    came = come(program, web, published["received"], then)
    then.at = came[0].received_at + timedelta(minutes=1)
    Duty.objects.create(user=haru, program=program, began_at=then.at)
    for place, session in enumerate(came[:VALID]):
        talk(session, haru, then, thankful=place < THANKFUL)
    then.at = midnight(date(2018, 7, 3))
    # What the line counted was never published: 25 is the number that gives the published "about 13 times".
    line = Entered("同じ日の電話相談", program.starts_on, date(2018, 7, 1), 1_800, 10, TELEPHONE, Per.DAY, 0)
    comparators.enter(program_id=program.pk, entries=[line], by=mio)
    said = read(signed_in(mio), program)
    assert f"この窓口は約{published['times_the_telephone']}倍です。" in said
    assert "は327件、1日平均32.7件" in said
    rate = said[said.index("感謝で終了した割合</th>") :]
    assert f'<td class="number">{published["thankful_of_valid"]}</td>' in rate[: rate.index("</tr>")]
    assert "20分0秒" in said
