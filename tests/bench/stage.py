"""Who and what is there before anything is measured: programs, people, logins, open talks. Fresh at every start."""

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import redis
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.utils import timezone

from accounts import gate
from accounts.logins import SessionStore
from accounts.models import User
from accounts.roles import Role
from counseling import crypto
from counseling.actions import messages, sessions, visits
from counseling.gateways.web import cookie
from counseling.models import Assignment, Channel, Delivery, Duty, Membership, Presence, Program, Session
from tests.bench.plan import Plan
from tests.conftest import ALWAYS
from tests.emptying import let_go_of_the_audit

_numbers = count(1)


@dataclass(frozen=True)
class Console:
    """A counselor who is signed in: the login's key, and what the console watches."""

    login: str
    user: int
    program: int
    talks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Talk:
    """An open session: who writes (cookie or LINE user id), and the login of the counselor who has it."""

    session: int
    slug: str
    identity: str
    login: str


@dataclass(frozen=True)
class WallStage:
    """One large program: the logins of its supervisors, and its open talks."""

    program: int
    logins: list[str]
    talks: list[Talk]


@dataclass
class Stage:
    """Everything that was made."""

    consoles: list[Console] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    line_consoles: list[Console] = field(default_factory=list)
    line_talks: list[Talk] = field(default_factory=list)
    line: dict[str, Any] = field(default_factory=dict)
    idle: list[Console] = field(default_factory=list)
    racers: list[Console] = field(default_factory=list)
    prizes: list[int] = field(default_factory=list)
    wall: WallStage | None = None  # made when it is first measured


def prepare(plan: Plan) -> Stage:
    """Clear the bench's own database and Redis, and set the stage."""
    call_command("migrate", interactive=False, verbosity=0)
    let_go_of_the_audit()
    call_command("flush", interactive=False, verbosity=0)
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    stage = Stage()
    password = make_password(secrets.token_urlsafe())
    for place in range(plan.programs):
        program = _program(f"web{place}", plan.most_at_once)
        web = Channel.objects.create(program=program, kind="web", key=f"{program.slug}-web")
        people = _people(program, plan.consoles, password)
        talks = [_web_talk(web, people[n % len(people)]) for n in range(plan.talks)]
        stage.talks += talks
        stage.consoles += _consoles(program, people, talks)
    _prepare_line(stage, plan, password)
    _prepare_idle(stage, plan, password)
    _prepare_race(stage, plan, password)
    return stage


def prepare_wall(plan: Plan) -> WallStage:
    """A program as large as they come: everybody on duty at an open console, each with some of the talks."""
    password = make_password(secrets.token_urlsafe())
    program = _program("wall", plan.wall_sessions)
    web = Channel.objects.create(program=program, kind="web", key="wall-web")
    counselors = _people(program, plan.wall_counselors, password)
    seen_at = timezone.now() + timedelta(hours=1)
    Presence.objects.bulk_create(Presence(user=user, seen_at=seen_at) for user, _login in counselors)
    supervisors = _people(program, plan.walls, password, Role.SUPERVISOR)
    talks = [_web_talk(web, counselors[number % len(counselors)]) for number in range(plan.wall_sessions)]
    return WallStage(program.pk, [login for _user, login in supervisors], talks)


def versions_of(talks: list[Talk]) -> dict[int, int]:
    """At which version each session stands."""
    return dict(Session.objects.filter(pk__in=[talk.session for talk in talks]).values_list("pk", "version"))


def _program(slug: str, capacity: int) -> Program:
    return Program.objects.create(
        slug=slug,
        name=slug,
        kind="general",
        starts_on=date(2019, 2, 1),
        hours=ALWAYS,
        routing="pull",
        capacity=capacity,
        # Racers have no console open: what they won must stay with them.
        rescue_after=None,
    )


def _people(program: Program, how_many: int, password: str, role: Role = Role.COUNSELOR) -> list[tuple[User, str]]:
    """People of the program, on duty, each with a login's key."""
    users = User.objects.bulk_create(
        User(email=f"bench{number}@example.jp", name=f"相談員{number}", password=password)
        for number in (next(_numbers) for _ in range(how_many))
    )
    Membership.objects.bulk_create(Membership(user=user, program=program, role=role) for user in users)
    Duty.objects.bulk_create(Duty(user=user, program=program) for user in users)
    return [(user, _login(user)) for user in users]


def _login(user: User) -> str:
    """What signing in leaves in the database, without the second that a password's hash takes."""
    login = SessionStore()
    login[SESSION_KEY] = str(user.pk)
    login[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    login[HASH_SESSION_KEY] = user.get_session_auth_hash()
    login[gate.PASSED] = True
    login.create()
    return str(login.session_key)


def _consoles(program: Program, people: list[tuple[User, str]], talks: list[Talk]) -> list[Console]:
    return [
        Console(login, user.pk, program.pk, tuple(talk.session for talk in talks if talk.login == login))
        for user, login in people
    ]


def _web_talk(channel: Channel, counselor: tuple[User, str]) -> Talk:
    identity = cookie.new_identity()
    session = visits.start(channel_id=channel.pk, identity=identity, terms_version=0, attributes={}, line="")
    return _claimed(session, identity, counselor)


def _claimed(session: Session, identity: str, counselor: tuple[User, str]) -> Talk:
    user, login = counselor
    sessions.claim(session_id=session.pk, by=user)
    return Talk(session.pk, session.program.slug, identity, login)


def _prepare_line(stage: Stage, plan: Plan, password: str) -> None:
    program = _program("line", plan.most_at_once)
    channel = Channel(program=program, kind="line", key="bench-line", bot_user_id="U" + secrets.token_hex(16))
    secret, token = secrets.token_hex(16), secrets.token_urlsafe(64)
    channel.secret = crypto.seal_house(secret.encode(), channel.place("secret"))
    channel.access_token = crypto.seal_house(token.encode(), channel.place("access_token"))
    channel.save()
    people = _people(program, plan.consoles, password)
    stage.line_talks = [_line_talk(channel, people[n % len(people)]) for n in range(plan.talks)]
    stage.line_consoles = _consoles(program, people, stage.line_talks)
    stage.line = {
        "channel_id": channel.key,
        "secret": secret,
        "access_token": token,
        "bot_user_id": channel.bot_user_id,
    }


def _line_talk(channel: Channel, counselor: tuple[User, str]) -> Talk:
    identity = "U" + secrets.token_hex(16)
    message, _new = messages.receive(
        channel_id=channel.pk,
        identity=identity,
        text="こんばんは",
        external_id=str(next(_numbers)),
        written_at=timezone.now(),
    )
    return _claimed(message.session, identity, counselor)


def _prepare_idle(stage: Stage, plan: Plan, password: str) -> None:
    for place in range(plan.idle_programs):
        program = _program(f"idle{place}", 2)
        how_many = len(range(place, plan.idle, plan.idle_programs))
        stage.idle += _consoles(program, _people(program, how_many, password), [])


def _prepare_race(stage: Stage, plan: Plan, password: str) -> None:
    program = _program("race", plan.most_at_once)
    web = Channel.objects.create(program=program, kind="web", key="race-web")
    stage.racers = _consoles(program, _people(program, plan.racers, password), [])
    stage.prizes = list(_waiting(web, plan.races * plan.rounds))


def _waiting(channel: Channel, how_many: int) -> Iterator[int]:
    for _ in range(how_many):
        identity = cookie.new_identity()
        yield visits.start(channel_id=channel.pk, identity=identity, terms_version=0, attributes={}, line="").pk


def speak(talks: list[Talk]) -> dict[int, int]:
    """One word in each talk, straight into the house, while the lines are down; returns the versions before."""
    versions = versions_of(talks)
    channels = {channel.key: channel.pk for channel in Channel.objects.all()}
    for talk in talks:
        channel_id = channels[f"{talk.slug}-web"]
        messages.receive(channel_id=channel_id, identity=talk.identity, text="もしもし", client_id=uuid4())
    return versions


def holders(session_ids: list[int]) -> list[int]:
    """How many counselors have each of these sessions, in the house's own books."""
    open_ones = Assignment.objects.filter(session__in=session_ids, until=None).values_list("session_id", flat=True)
    counted = Counter(open_ones)
    return [counted[pk] for pk in session_ids]


def owed() -> int:
    """Pushes that have not gone out yet."""
    return Delivery.objects.filter(state__in=("queued", "sending")).count()
