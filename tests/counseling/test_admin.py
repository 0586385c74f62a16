"""The administration while the house is at work: nothing that goes on meanwhile is undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from counseling.admin import ProgramForm
from counseling.models import Channel, LineAccount, Membership, Program
from tests.conftest import Say, confirm


@pytest.fixture
def administrator(signed_in: Callable[[User], Client], aoi: User) -> Client:
    """Aoi in the administration."""
    User.objects.filter(pk=aoi.pk).update(is_staff=True, is_superuser=True)
    aoi.refresh_from_db()
    client = signed_in(aoi)
    confirm(client)
    return client


def filled(page: Any, **changes: str) -> dict[str, str]:
    """The form as the page shows it, with these changes."""
    form = page.context["adminform"].form
    values = {bound.html_name: bound.value() for bound in form}
    return {name: str(value) for name, value in values.items() if value is not None} | changes


def test_a_sitting_that_begins_while_its_program_is_saved_keeps_its_number(
    administrator: Client, program: Program, sora_says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/admin/counseling/program/{program.pk}/change/"
    fields = filled(administrator.get(address), name="新しい名前")

    def clean_hours(form: ProgramForm) -> Any:
        sora_says("こんばんは", "U" + "1" * 32)
        return form.cleaned_data["hours"]

    monkeypatch.setattr(ProgramForm, "clean_hours", clean_hours)
    duration = {"offer_for", "nudge_after", "notice_after", "close_after", "amber_after", "episode_silence"}
    response = administrator.post(
        address,
        {name: value for name, value in fields.items() if name not in duration}
        | dict.fromkeys(duration, "600")
        | {"hours": '{"weekly": {"mon": ["09:00-10:00"]}}', "retention": "{}", "report": "{}"},
    )
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert sora_says("はじめまして", "U" + "2" * 32).number == 2
    assert Program.objects.get(pk=program.pk).name == "新しい名前"


def test_a_channels_key_stays_as_its_secrets_are_bound_to_it(administrator: Client, line_channel: Channel) -> None:
    address = f"/admin/counseling/channel/{line_channel.pk}/change/"
    administrator.post(address, {"key": "another", "kind": "web", "bot_user_id": "U" + "c" * 32})
    changed = Channel.objects.get(pk=line_channel.pk)
    assert (changed.key, changed.kind, changed.bot_user_id) == ("women-line", "line", "U" + "b" * 32)
    assert changed.token() == "channel-token"


def test_secrets_are_typed_elsewhere(administrator: Client, line_channel: Channel) -> None:
    said = administrator.get(f"/admin/counseling/channel/{line_channel.pk}/change/").content.decode()
    assert "secret" not in said.replace("/admin/", "")
    assert "token" not in said.replace("csrfmiddlewaretoken", "")


def test_a_channel_made_here_has_its_account_behind_it(administrator: Client, program: Program) -> None:
    form = {"program": program.pk, "kind": "line", "key": "by-hand"}
    assert administrator.post("/admin/counseling/channel/add/", form).status_code == 302
    assert LineAccount.objects.get().channel.key == "by-hand"


def test_a_role_given_or_taken_is_told_at_once(
    administrator: Client, program: Program, ren: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("counseling.events.ring", lambda *groups: told.extend(groups))
    Membership.objects.filter(user=ren).delete()
    form = {"user": ren.pk, "program": program.pk, "role": "supervisor"}
    assert administrator.post("/admin/counseling/membership/add/", form).status_code == 302
    assert told == [f"user.{ren.pk}", f"board.{program.pk}"]
    given = Membership.objects.get(user=ren)
    administrator.post(f"/admin/counseling/membership/{given.pk}/delete/", {"post": "yes"})
    assert not Membership.objects.filter(user=ren).exists()
    assert told == [f"user.{ren.pk}", f"board.{program.pk}"] * 2


def test_who_commissions_a_program_has_no_other_part_in_it(
    administrator: Client, program: Program, kei: User, ren: User
) -> None:
    for person, role in ((kei, "counselor"), (ren, "officer")):
        wish = {"user": str(person.pk), "program": str(program.pk), "role": role}
        answer = administrator.post("/admin/counseling/membership/add/", wish)
        assert "委託元担当者は、ほかの役割と一緒には持てません" in answer.content.decode()
    assert not Membership.objects.filter(user=kei).exclude(role="officer").exists()
    assert not Membership.objects.filter(user=ren, role="officer").exists()
