"""Putting a program into practice: once, before anybody came; and what it can never have from then on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from counseling import permissions
from counseling.actions import practice, stages, subscriptions, tokens, visits
from counseling.actions.channels import ForPracticeOnly, connect
from counseling.machines import Event, Scope
from counseling.models import Channel, Program
from counseling.stages import Stage, Step
from tests.conftest import Say
from tests.counseling.actions.practising import learning

__all__ = ["learning"]
pytestmark = pytest.mark.django_db


def test_a_draft_becomes_one_for_practice_and_stays_it(program: Program, web_channel: Channel, aoi: User) -> None:
    Program.objects.update(stage=Stage.DRAFT)
    for _twice in range(2):
        practice.dedicate(program_id=program.pk, by=aoi)
    program.refresh_from_db()
    assert (program.practice, program.approves_trainees) == (True, False)
    with pytest.raises(stages.CannotOpen) as refused:
        stages.step(program_id=program.pk, step=Step.OPEN, by=aoi)
    assert [line.why for line in refused.value.missing if line.item == "practice"] == ["never_opens"]


def test_what_was_open_or_had_a_visitor_never_becomes_one(program: Program, aoi: User, sora_says: Say) -> None:
    with pytest.raises(practice.CannotDedicate, match="not_draft"):
        practice.dedicate(program_id=program.pk, by=aoi)
    sora_says()
    Program.objects.update(stage=Stage.DRAFT)
    with pytest.raises(practice.CannotDedicate, match="visited"):
        practice.dedicate(program_id=program.pk, by=aoi)
    assert not Program.objects.get().practice


def test_a_friend_who_never_wrote_is_a_visitor_too(program: Program, line_channel: Channel, aoi: User) -> None:
    Program.objects.update(stage=Stage.DRAFT)
    visits.visitor_for(channel_id=line_channel.pk, identity="U" + "1" * 32, create=True)
    with pytest.raises(practice.CannotDedicate, match="visited"):
        practice.dedicate(program_id=program.pk, by=aoi)


def test_only_who_configures_a_program_puts_it_into_practice(program: Program, haru: User, mio: User) -> None:
    Program.objects.update(stage=Stage.DRAFT)
    for other in (haru, mio):
        with pytest.raises(permissions.NotVisible):
            practice.dedicate(program_id=program.pk, by=other)


def test_what_machines_are_told_of_is_not_for_practice_and_the_other_way_round(program: Program, aoi: User) -> None:
    Program.objects.update(stage=Stage.DRAFT)
    made, _key = tokens.make(program_id=program.pk, by=aoi, name="県", scopes=[Scope.FIGURES], life=timedelta(days=30))
    with pytest.raises(practice.CannotDedicate, match="machines"):
        practice.dedicate(program_id=program.pk, by=aoi)
    tokens.revoke(program_id=program.pk, token_id=made.pk, by=aoi)
    practice.dedicate(program_id=program.pk, by=aoi)
    with pytest.raises(tokens.CannotMakeToken, match="practice"):
        tokens.make(program_id=program.pk, by=aoi, name="国", scopes=[Scope.FIGURES], life=timedelta(days=30))
    with pytest.raises(subscriptions.CannotSubscribe, match="practice"):
        subscriptions.make(program_id=program.pk, by=aoi, url="https://example.jp/", events=[Event.RISK_RAISED])


@pytest.mark.parametrize(
    ("host", "real"),
    [("https://api.line.me", True), ("https://api-data.line.me/", True), ("http://localhost:8001", False),
     ("https://line.me.example.jp", False), ("https://api.line.me:443", True)],
)  # fmt: skip
def test_an_account_of_the_real_line_is_never_connected(
    learning: Program, aoi: User, settings: object, host: str, real: bool
) -> None:
    settings.LINE_HOST = host  # type: ignore[attr-defined]
    keys = {"secret": "s" * 32, "access_token": "t" * 100, "now": timezone.now()}
    if real:
        with pytest.raises(ForPracticeOnly):
            connect(program_id=learning.pk, by=aoi, **keys)  # type: ignore[arg-type]
        assert not Channel.objects.filter(kind="line").exists()
    else:
        connect(program_id=learning.pk, by=aoi, **keys)  # type: ignore[arg-type]
