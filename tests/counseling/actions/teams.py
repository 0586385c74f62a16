"""What the tests of a team share: asking Mori to join, what was refused, a mail server that is away."""

from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import User
from counseling.actions import team
from counseling.actions.joining import CannotChangeTeam, Code
from counseling.models import Membership, Program
from tests.conftest import ALWAYS

AWAY = "tests.counseling.actions.teams.NoServer"


class NoServer:
    """A mail server that does not answer."""

    def __init__(self, **_options: object) -> None:
        pass

    def send_messages(self, _mails: object) -> int:
        raise ConnectionRefusedError


def ask_mori(program: Program, by: User, roles: tuple[str, ...] = ("counselor",)) -> team.Invited:
    return team.invite(program_id=program.pk, email="Mori@Example.jp ", name=" 森  杜 ", roles=roles, by=by)


def refusal(act: Callable[..., object], **how: object) -> Code:
    with pytest.raises(CannotChangeTeam) as refused:
        act(**how)
    return refused.value.code


def roles_of(user: User, program: Program) -> set[str]:
    return set(Membership.objects.filter(user=user, program=program).values_list("role", flat=True))


@pytest.fixture
def parents() -> Program:
    """Another program, in which nobody has a part yet."""
    return Program.objects.create(
        slug="parents", name="ひとり親", kind="women", starts_on=date(2019, 2, 1), hours=ALWAYS
    )
