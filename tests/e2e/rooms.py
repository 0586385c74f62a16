"""Programs of one's own for each journey: run inside the house's environment, it prints what it made as JSON."""

import json
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import Role  # noqa: E402
from counseling import events, timeline  # noqa: E402
from counseling.lifecycle import OPEN, TAKEN, State  # noqa: E402
from counseling.management.commands.seed import _line_channel, _program  # noqa: E402
from counseling.management.demonstration import ALWAYS, DAYS, PASSWORD, DemoProgram  # noqa: E402
from counseling.models import (  # noqa: E402
    Channel,
    Duty,
    FollowUp,
    LineAccount,
    Membership,
    Message,
    Presence,
    Program,
    Session,
    Shift,
    Visitor,
)
from counseling.models.staff import PRESENCE_LIFE  # noqa: E402
from counseling.opening import TOKYO  # noqa: E402
from counseling.stages import Stage  # noqa: E402

CAST = (
    ("haru", "早川 遥", Role.COUNSELOR),
    ("ren", "蓮見 蓮", Role.COUNSELOR),
    ("mio", "三浦 澪", Role.SUPERVISOR),
)
AOI = "aoi@example.jp"
LONGEST_OFFER = timedelta(minutes=5)


def make(count: str) -> list[dict[str, Any]]:
    """`count` more programs, always open, each with its own people on duty; the simulator's channels to them."""
    password, there = make_password(PASSWORD), Program.objects.filter(slug__startswith="room-").count()
    numbers = range(there + 1, there + int(count) + 1)
    return [_make(f"room-{number}", f"女性のための相談{number}", password) for number in numbers]


def _make(slug: str, name: str, password: str) -> dict[str, Any]:
    program = _program(DemoProgram(slug, name, "women", "神奈川県", "県内にお住まいの女性", ALWAYS))
    # Whom a talk is offered to is decided by people here, not by a clock that runs out between two of their clicks.
    Program.objects.filter(pk=program.pk).update(offer_for=LONGEST_OFFER)
    Membership.objects.create(user=User.objects.get(email=AOI), program=program, role=Role.ADMINISTRATOR)
    for person, full_name, role in CAST:
        user = User.objects.create(email=f"{person}-{slug}@example.jp", name=full_name, password=password)
        Membership.objects.create(user=user, program=program, role=role)
        Duty.objects.create(user=user, program=program)
    channel = _line_channel(program)
    return {
        "channel_id": channel.key,
        "name": name,
        "secret": channel.secrets_at(timezone.now())[0],
        "access_token": channel.token(),
        "bot_user_id": channel.bot_user_id,
    }


def shut(slug: str) -> None:
    """From now on this program is open for an hour in three days, and not before."""
    day = DAYS[(timezone.localtime() + timedelta(days=3)).weekday()]
    _receives(slug, {"weekly": {day: ["12:00-13:00"]}, "intake_close": 30})


def _receives(slug: str, hours: dict[str, Any]) -> None:
    """Other hours, and the boards look at once, as when somebody saves them."""
    program = Program.objects.get(slug=slug)
    program.hours = hours
    program.save(update_fields=["hours"])
    events.ring(events.board_group(program.pk))


def age(slug: str) -> None:
    """What came within seconds looks as if it had come over a quarter of an hour: for pictures."""
    now = timezone.now()
    waits = Session.objects.filter(program__slug=slug, state=State.WAITING).order_by("queued_at")
    for session, seconds in zip(waits, (250, 130, 45), strict=False):
        since = now - timedelta(seconds=seconds)
        _seems(session, received_at=since, queued_at=since, waiting_since=since)
    for session in Session.objects.filter(program__slug=slug, state=State.ACTIVE):
        messages = list(session.messages.order_by("-seq"))
        times = [now - timedelta(seconds=35 + 110 * place) for place in range(len(messages))]
        for message, at in zip(messages, times, strict=True):
            Message.objects.filter(pk=message.pk).update(created_at=at)
        times_of = {"received_at": times[-1], "first_claimed_at": times[-2], "silent_since": times[0]}
        _seems(session, **times_of, waiting_since=times[0] if session.waiting_since else None)


def _seems(session: Session, **times: datetime | None) -> None:
    """Other times in a line of the log: boards read a session again only at its next version."""
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(pk=session.pk)
        for name, at in times.items():
            setattr(locked, name, at)
        timeline.record(locked, "session.found", at=timezone.now(), fields=tuple(times))


def plan(slug: str) -> None:
    """Haru is not on duty, but has a shift that began an hour ago and ends in a quarter of one."""
    program, now = Program.objects.get(slug=slug), timezone.now()
    haru = User.objects.get(email=f"haru-{slug}@example.jp")
    Duty.objects.filter(user=haru).delete()
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(minutes=15), "published_at": now}
    Shift.objects.create(program=program, user=haru, **times)


def train(slug: str) -> None:
    """Haru is in training here."""
    Membership.objects.filter(user__email=f"haru-{slug}@example.jp").update(role=Role.TRAINEE)


def practise(slug: str) -> None:
    """The program is for practice, and never was anything else; Haru is in training there."""
    Program.objects.filter(slug=slug).update(practice=True, stage=Stage.DRAFT, approves_trainees=False)
    train(slug)


def share(slugs: str) -> None:
    """The supervisor of the first program supervises the second one, too: «room-1 room-2»."""
    first, second = slugs.split()
    mio = User.objects.get(email=f"mio-{first}@example.jp")
    Membership.objects.create(user=mio, program=Program.objects.get(slug=second), role=Role.SUPERVISOR)


def found(slug: str) -> None:
    """Nobody but the administrator works here yet."""
    Duty.objects.filter(program__slug=slug).delete()
    Membership.objects.filter(program__slug=slug).exclude(user__email=AOI).delete()


def begin(slug: str) -> None:
    """The hours begin with this very minute, and run for eight hours."""
    _open_from(slug, timezone.localtime(timezone=TOKYO))


def soon(slug: str) -> str:
    """The hours begin with the next minute; when that is."""
    turn = timezone.localtime(timezone=TOKYO).replace(second=0, microsecond=0) + timedelta(minutes=1)
    _open_from(slug, turn)
    return turn.isoformat()


def _open_from(slug: str, begin: datetime) -> None:
    window = f"{begin:%H:%M}-{begin.hour + 8:02}:{begin:%M}"
    _receives(slug, {"weekly": {DAYS[begin.weekday()]: [window]}})


def away(email: str) -> None:
    """Nothing was heard from this person's console for as long as presence lasts."""
    gone = timezone.now() - PRESENCE_LIFE
    Presence.objects.filter(user__email=email).update(seen_at=gone)


def wait(slug: str) -> None:
    """All that time has passed after which the program gives back what its counselors lost."""
    program = Program.objects.get(slug=slug)
    long_ago = timezone.now() - (program.rescue_after or timedelta())
    Session.objects.filter(program=program, counselor_lost_at__isnull=False).update(counselor_lost_at=long_ago)
    Presence.objects.filter(came_at__gt=long_ago).update(came_at=long_ago)


def dusk(slug: str) -> None:
    """The shifts that run end in a quarter of an hour."""
    now = timezone.now()
    running = Shift.objects.filter(program__slug=slug, starts_at__lte=now, ends_at__gt=now)
    running.update(ends_at=now + timedelta(minutes=15))


def count(slug: str) -> dict[str, Any]:
    """The program's number, who is on duty, its open sessions, and those of them that nobody has and no queue holds."""
    program = Program.objects.get(slug=slug)
    there = Duty.objects.filter(program=program, ended_at=None).order_by("pk")
    still = Session.objects.filter(program=program, state__in=OPEN).order_by("pk")
    held = still.filter(state__in=TAKEN, counselor__in=there.values("user"), counselor_lost_at=None)
    queued = still.filter(state=State.WAITING, queued_at__isnull=False, counselor=None)
    return {
        "program": program.pk,
        "on_duty": list(there.values_list("user__name", flat=True)),
        "open": list(still.values_list("pk", flat=True)),
        "orphans": list(still.exclude(pk__in=held).exclude(pk__in=queued).values_list("pk", flat=True)),
    }


def log(slug: str) -> list[str]:
    """What happened in the program's last session, in order: the kinds of its events."""
    last = Session.objects.filter(program__slug=slug).latest("received_at")
    return list(last.events.order_by("version").values_list("kind", flat=True))


def unplug(slug: str) -> None:
    """The program has no LINE account any more."""
    LineAccount.objects.filter(channel__program__slug=slug).delete()
    Channel.objects.filter(program__slug=slug, kind="line").delete()


def asks(slug: str) -> None:
    """On LINE consent comes first, and the program's questions."""
    Program.objects.filter(slug=slug).update(consents_on_line=True)


def door(slug: str) -> None:
    """LINE is only the door to the page."""
    Program.objects.filter(slug=slug).update(channel_mode="line_entry_webchat")


def absent(slug: str) -> None:
    """The program's visitors have not looked at the page for a while."""
    Visitor.objects.filter(program__slug=slug).update(seen_at=timezone.now() - timedelta(minutes=2))


def miss(slug: str) -> None:
    """Nobody did in time what the program's follow-ups were for."""
    ago = timezone.now() - timedelta(hours=1)
    FollowUp.objects.filter(program__slug=slug, ended_at=None).update(due_at=ago, by_time=True)


def close(slug: str) -> None:
    """The program is closed for good."""
    Program.objects.filter(slug=slug).update(stage=Stage.CLOSED)


WISHES: dict[str, Callable[[str], Any]] = {
    wish.__name__: wish
    for wish in (
        *(make, shut, age, plan, share, train, found, begin, soon, away, wait, dusk, count, log, unplug),
        *(asks, door, absent, practise, miss, close),
    )
}

if __name__ == "__main__":
    wish, subject = sys.argv[1:]
    sys.stdout.write(json.dumps(WISHES[wish](subject)))
