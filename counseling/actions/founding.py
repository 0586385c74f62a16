"""A new program from a blueprint: a template of the house, the copy of another program, or a file."""

from datetime import date, timedelta
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right, Role
from counseling import permissions, replies
from counseling.actions import agency_sheets, editions
from counseling.blueprints import PARTS, Blueprint, agency
from counseling.bounds import RULES, SLUG, TIMES
from counseling.feeds.agency_sheets import table
from counseling.models import CannedReply, Channel, Edition, Membership, Part, Program, ShiftPattern
from counseling.stages import Stage

Made = Literal["template", "copy", "file"]


class BadSlug(ValueError):
    """No address is made of this: small letters, digits and hyphens, 2 to 40 of them."""


class SlugTaken(Exception):
    """Another program has this address already."""


@transaction.atomic
def found(
    *,
    blueprint: Blueprint,
    slug: str,
    by: User,
    starts_on: date,
    ends_on: date | None = None,
    made_from: Made = "template",
    **changes: Any,
) -> Program:
    """Make the program with its web page, still closed to the public; `by` becomes its administrator.

    `changes` replace texts of the blueprint (name, commissioner, audience, area, hours, channel_mode), or the stage of
    one that was over long ago.
    Raises permissions.NotVisible for who administers no program, BadSlug, SlugTaken.
    """
    permissions.require_founder(by)
    if not SLUG.fullmatch(slug):
        raise BadSlug
    if changes.get("practice"):
        changes["approves_trainees"] = False  # who practises alone would wait for ever
    try:
        with transaction.atomic():
            program = build(blueprint=blueprint, slug=slug, starts_on=starts_on, ends_on=ends_on, by=by, **changes)
    except IntegrityError as taken:
        raise SlugTaken from taken
    Membership.objects.create(user=by, program=program, role=Role.ADMINISTRATOR)
    audit.note(
        Deed.PROGRAM_FOUNDED, by=by, subject=f"program:{program.pk}", program_id=program.pk, made_from=made_from,
        template=blueprint.kind,
    )  # fmt: skip
    return program


def build(
    *,
    blueprint: Blueprint,
    slug: str,
    starts_on: date,
    ends_on: date | None = None,
    by: User | None = None,
    stage: Stage = Stage.DRAFT,
    **changes: Any,
) -> Program:
    """The rows of a new program in the caller's transaction."""
    # What is new asks for consent; a program that stood before asks as soon as somebody wants it to.
    rules = {"consents_on_line": True} | {name: _stored(name, value) for name, value in blueprint.rules.items()}
    texts = {
        name: getattr(blueprint, name)
        for name in ("name", "kind", "commissioner", "audience", "area", "channel_mode", "hours", "required_lines")
    }
    program = Program.objects.create(
        slug=slug,
        starts_on=starts_on,
        ends_on=ends_on,
        languages=list(blueprint.languages),
        furigana=list(blueprint.furigana),
        retention=blueprint.retention,
        report=blueprint.report,
        stage=stage,
        stage_by=by,
        **(texts | rules | changes),
    )
    for part, content in blueprint.parts.items():
        editions.put_in_force(program, Part(part), content, by=by)
    program.save(update_fields=["editions"])
    Channel.objects.create(program=program, kind="web", key=f"{slug}-web")
    CannedReply.objects.bulk_create(
        CannedReply(program=program, **(row | {"shortcut": replies.spelled(row["shortcut"])}))
        for row in blueprint.canned_replies
    )
    agency_sheets.fill(program_id=program.pk, entries=map(agency, blueprint.agencies))
    ShiftPattern.objects.bulk_create(ShiftPattern(program=program, **row) for row in blueprint.shift_patterns)
    return program


def _stored(name: str, value: Any) -> Any:
    return timedelta(seconds=value) if name in TIMES and value is not None else value


def _told(name: str, value: Any) -> Any:
    return int(value.total_seconds()) if name in TIMES and value is not None else value


def blueprint_of(program: Program) -> Blueprint:
    """The blueprint another program like this one would be made from: no people, no visitors, no secrets."""
    directory = [entry for _number, entry, _kind in table(program.pk)]
    in_force = Edition.objects.filter(pk__in=[pk for part, pk in program.editions.items() if part in PARTS])
    return Blueprint(
        name=program.name,
        kind=program.kind,
        commissioner=program.commissioner,
        audience=program.audience,
        area=program.area,
        channel_mode=program.channel_mode,
        languages=tuple(program.languages),
        furigana=tuple(program.furigana),
        hours=program.hours,
        required_lines=program.required_lines,
        rules={name: _told(name, getattr(program, name)) for name in RULES},
        retention=program.retention,
        report=program.report,
        parts=dict(in_force.values_list("part", "content")),
        canned_replies=_rows(program.canned_replies.filter(owner=None), "shortcut", "title", "body"),
        agencies=tuple({field: words for field, words in entry.cells().items() if words} for entry in directory),
        shift_patterns=_rows(program.shift_patterns.all(), "name", "role", "starts", "ends", "lines"),
    )


def _rows(rows: QuerySet[Any], *columns: str) -> tuple[dict[str, Any], ...]:
    return tuple(dict(row) for row in rows.order_by(*columns).values(*columns))


@transaction.atomic
def export(*, program_id: int, by: User) -> Blueprint:
    """The program as a file, which the audit log is told of. Raises permissions.NotVisible."""
    permissions.require(by, Right.CONFIGURE, program_id)
    program = Program.objects.get(pk=program_id)
    audit.note(Deed.PROGRAM_EXPORTED, by=by, subject=f"program:{program_id}", program_id=program_id)
    return blueprint_of(program)
