"""The demonstration's rosters: two weeks around today, of which this week is published and the next one is not."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling.models import Membership, Program, Shift, ShiftPattern
from counseling.opening import TOKYO

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# name, role, starts, ends (minutes from midnight), lines
PATTERNS: dict[str, list[tuple[str, Role, int, int, int]]] = {
    "women": [
        ("日勤", Role.COUNSELOR, 9 * 60, 17 * 60, 2),
        ("夕方", Role.COUNSELOR, 16 * 60, 21 * 60, 2),
        ("夜勤", Role.COUNSELOR, 19 * 60, 26 * 60, 2),
        ("SV 日勤", Role.SUPERVISOR, 10 * 60, 18 * 60, 1),
        ("SV 夜", Role.SUPERVISOR, 17 * 60, 22 * 60, 1),
    ],
    "child": [
        ("午前", Role.COUNSELOR, 9 * 60, 14 * 60, 2),
        ("午後", Role.COUNSELOR, 14 * 60, 20 * 60, 2),
    ],
    "disaster": [("夜", Role.COUNSELOR, 19 * 60, 22 * 60, 3)],
}
REQUIRED: dict[str, dict[str, dict[str, int]]] = {
    "women": {
        **{day: dict.fromkeys(map(str, range(10, 26)), 2) | dict.fromkeys(("19", "20", "21"), 4) for day in DAYS},
        "holiday": dict.fromkeys(map(str, range(10, 26)), 3),
    },
    "child": {day: dict.fromkeys(map(str, range(9, 20)), 2) for day in DAYS},
    "disaster": {day: dict.fromkeys(("19", "20", "21"), 3) for day in DAYS},
}
# program, pattern, e-mail ("" is an open place), days of the week. What lacks and what strains is there to be seen.
PLANNED: list[tuple[str, str, str, str]] = [
    ("women", "日勤", "haru@example.jp", "01345"),
    ("women", "夕方", "ren@example.jp", "0235"),
    ("women", "夜勤", "ren@example.jp", "1"),
    ("women", "夜勤", "haru@example.jp", "6"),
    ("women", "夜勤", "", "0245"),
    ("women", "SV 日勤", "mio@example.jp", "024"),
    ("women", "SV 夜", "mio@example.jp", "15"),
    ("child", "午前", "haru@example.jp", "2"),
    ("child", "午後", "", "0134"),
    ("disaster", "夜", "ren@example.jp", "46"),
]


def load() -> None:
    """Patterns, required lines and shifts, where there are none yet: what somebody changed stays."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    for program in Program.objects.filter(slug__in=PATTERNS):
        if not program.required_lines:
            Program.objects.filter(pk=program.pk).update(required_lines=REQUIRED[program.slug])
        for name, role, starts, ends, lines in PATTERNS[program.slug]:
            kind = {"role": role, "starts": starts, "ends": ends, "lines": lines}
            ShiftPattern.objects.get_or_create(program=program, name=name, defaults=kind)
        for week in (monday, monday + timedelta(days=7)):
            _plan(program, week, published=week == monday)


def _plan(program: Program, monday: date, *, published: bool) -> None:
    begins = datetime.combine(monday, time(), TOKYO)
    if Shift.objects.filter(program=program, starts_at__gte=begins, starts_at__lt=begins + timedelta(days=7)).exists():
        return
    patterns = {pattern.name: pattern for pattern in ShiftPattern.objects.filter(program=program)}
    people = {user.email: user for user in User.objects.filter(memberships__program=program)}
    roles = set(Membership.objects.filter(program=program).values_list("user__email", "role"))
    shifts = [
        _shift(patterns[name], people.get(email), begins + timedelta(days=int(day)), published=published)
        for slug, name, email, days in PLANNED
        if slug == program.slug and name in patterns and (not email or (email, patterns[name].role) in roles)
        for day in days
    ]
    Shift.objects.bulk_create(shifts)


def _shift(pattern: ShiftPattern, user: User | None, midnight: datetime, *, published: bool) -> Shift:
    return Shift(
        program_id=pattern.program_id,
        user=user,
        role=pattern.role,
        starts_at=midnight + timedelta(minutes=pattern.starts),
        ends_at=midnight + timedelta(minutes=pattern.ends),
        lines=pattern.lines,
        published_at=timezone.now() if published else None,
    )
