"""`manage.py seed`: the demonstration's programs, people and channels; `--who` tells whom to sign in as."""

import json
import secrets
from argparse import ArgumentParser
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import crypto
from counseling.actions import channels, founding, team
from counseling.blueprints import template
from counseling.management import demonstration_agencies, demonstration_shifts
from counseling.management.demonstration import INVITED, KANAGAWA, PASSWORD, PROFILES, PROGRAMS, STAFF, DemoProgram
from counseling.management.demonstration_pilots import PILOTS, closed_at
from counseling.models import Channel, Membership, Program


class Command(BaseCommand):
    """Loads the demonstration; running it again changes nothing."""

    help = "Load the demonstration's programs, people and channels"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--who` only prints the people."""
        parser.add_argument("--who", action="store_true", help="only tell whom to sign in as")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then tell."""
        if not settings.DEBUG:
            raise CommandError("The demonstration's password is public: seed runs only where DEBUG is on.")
        if not options["who"]:
            self._load()
            _invite(*INVITED)
        for name, email, roles in STAFF:
            self.stdout.write(f"  {email:<18} {name}  {', '.join(sorted({role.value for role in roles.values()}))}")
        self.stdout.write(f"  password for each: {PASSWORD}")

    @transaction.atomic
    def _load(self) -> None:
        programs = {demo.slug: _program(demo) for demo in PROGRAMS}
        for name, email, roles in STAFF:
            person = _person(name, email)
            for slug, role in roles.items():
                Membership.objects.get_or_create(user=person, program=programs[slug], role=role)
        for program in programs.values():
            demonstration_agencies.load(program)
        _finished(*(User.objects.get(email=f"{name}@example.jp") for name in ("aoi", "kei")))
        line_channels = [_line_channel(program) for program in programs.values()]
        demonstration_shifts.load()
        _tell_simulator(Path(settings.VAR) / "simulator.json", line_channels)


def _finished(aoi: User, kei: User) -> None:
    """The programs of the founding report: what they said and asked can be read, and taken up again."""
    for pilot in PILOTS:
        if Program.objects.filter(slug=pilot.slug).exists():
            continue
        program = founding.found(
            blueprint=template(pilot.kind), by=aoi, stage_since=closed_at(pilot), **_changes(pilot)
        )
        if pilot.commissioner == KANAGAWA:
            Membership.objects.create(user=kei, program=program, role=Role.OFFICER)
        demonstration_agencies.load(program)


def _program(demo: DemoProgram) -> Program:
    known = Program.objects.filter(slug=demo.slug).first()
    # A handful of people plays every program, by rosters of their own (demonstration_shifts).
    plain = replace(template(demo.kind), rules={}, required_lines={}, shift_patterns=())
    return known or founding.build(blueprint=plain, **_changes(demo))


def _changes(demo: DemoProgram) -> dict[str, Any]:
    """What makes it this program and no other of its kind."""
    return {field.name: getattr(demo, field.name) for field in fields(demo) if field.name != "kind"}


def _person(name: str, email: str) -> User:
    if known := User.objects.filter(email=email).first():
        return known
    administers = email.startswith("aoi")
    qualifications, languages, can_take = PROFILES.get(email, ([], ["ja"], []))
    return User.objects.create_user(
        email,
        PASSWORD,
        name=name,
        is_staff=administers,
        is_superuser=administers,
        qualifications=qualifications,
        languages=languages,
        can_take=can_take,
    )


def _invite(name: str, email: str, slug: str, roles: list[Role]) -> None:
    """Not within _load: the mail goes out after the commit."""
    if not User.objects.filter(email=email).exists():
        program, aoi = Program.objects.get(slug=slug), User.objects.get(email="aoi@example.jp")
        team.invite(program_id=program.pk, email=email, name=name, roles=roles, by=aoi)


def _line_channel(program: Program) -> Channel:
    channel = Channel.objects.filter(program=program, kind="line").first()
    if channel is None:
        channel = Channel(program=program, kind="line", key=f"{program.slug}-line")
        channel.bot_user_id = "U" + secrets.token_hex(16)
        channel.secret = crypto.seal_house(secrets.token_hex(16).encode(), channel.place("secret"))
        channel.access_token = crypto.seal_house(secrets.token_urlsafe(64).encode(), channel.place("access_token"))
        channel.secret_at = channel.access_token_at = timezone.now()
        channels.keep(channel=channel)
    return channel


def _tell_simulator(path: Path, channels: list[Channel]) -> None:
    """The simulator plays the platform for these channels, so it knows their secrets."""
    listed = [
        {
            "channel_id": channel.key,
            "name": channel.program.name,
            "secret": channel.secrets_at(timezone.now())[0],
            "access_token": channel.token(),
            "webhook_url": f"http://localhost:{settings.PORT}/line/{channel.key}/webhook",
            "bot_user_id": channel.bot_user_id,
            "quota": 30_000,
        }
        for channel in channels
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps({"channels": listed}, ensure_ascii=False, indent=2))
