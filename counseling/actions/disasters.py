"""A disaster's program (災害の窓口) from five answers: founded, its people borrowed, all in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from counseling import blueprints
from counseling.actions import borrowing, founding, volunteers
from counseling.feeds.programs import free_slug
from counseling.models import JoinLink, Program
from counseling.models.program import ChannelMode, Kind

# Its LINE account can be connected later: the page on the web is there at once.
DOOR = ChannelMode.WEB_ONLY
# Who stands behind it until somebody writes another name: helpers of many places, who come by themselves.
COMMISSIONER = "ボランティア"


class FoundedAlready(Exception):
    """The same form was sent before: `program` is what it made."""

    def __init__(self, program: Program) -> None:
        super().__init__(program.slug)
        self.program = program


@dataclass(frozen=True)
class Founded:
    """What the five answers made, and who of those who help the mail server took no mail for.

    `link`: the one for volunteers with its key, which nobody can be told again.
    """

    program: Program
    untold: list[User]
    link: tuple[JoinLink, str] | None = None


def found(
    *,
    name: str,
    area: str,
    hours: dict[str, Any],
    starts_on: date,
    ends_on: date,
    user_ids: Collection[int],
    invites: bool,
    slug: str,
    by: User,
) -> Founded:
    """Make the program as the house's template for disasters has it, still closed to the public.

    `hours`: the weekly windows; when intake closes stays the template's. `slug` is the address that was proposed: the
    next free one where somebody else took it meanwhile. Those who help are told by mail after the commit.
    `invites`: with a link for volunteers.
    Raises permissions.NotVisible, founding.BadSlug, FoundedAlready.
    """
    # The template's shifts and lines are for the template's hours.
    blueprint = replace(blueprints.template(Kind.DISASTER), required_lines={}, shift_patterns=())
    changes = {"name": name, "area": area, "hours": blueprint.hours | hours, "commissioner": COMMISSIONER}
    with transaction.atomic(durable=True):
        program = _founded(blueprint, slug, by, starts_on=starts_on, ends_on=ends_on, channel_mode=DOOR, **changes)
        joined = borrowing.borrow(program, user_ids, by)
        link = volunteers.make_link(program_id=program.pk, by=by) if invites else None
    return Founded(program, borrowing.tell(joined), link)


def _founded(blueprint: blueprints.Blueprint, slug: str, by: User, **how: Any) -> Program:
    while True:
        try:
            return founding.found(blueprint=blueprint, slug=slug, by=by, **how)
        except founding.SlugTaken:
            known = Program.objects.filter(slug=slug, stage_by=by, name=how["name"], starts_on=how["starts_on"]).first()
            if known is not None:
                raise FoundedAlready(known) from None
            slug = free_slug(Kind.DISASTER)
