"""What the checklist needs to know of a program, in few queries. Reading only."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial

from accounts.roles import Right, Role, holders
from counseling import blueprints, checklist
from counseling.checklist import LOOKED_AHEAD_DAYS, Facts, Item, Line, Team
from counseling.feeds.line_account import account_of, line_channel
from counseling.forms import unread
from counseling.languages import said_in, stem
from counseling.models import Channel, Membership, Part, Program, Session, Shift
from counseling.models.edition import contacts_of, content, form_of, survey_plan_of, texts_of
from counseling.models.program import ChannelKind
from counseling.opening import TOKYO
from counseling.survey.plan import hindrance
from counseling.wording import TEXTS, spoken

# Texts and forms that stand in editions, by their line.
PARTS = {
    Item.TEXTS: Part.TEXTS, Item.INTAKE: Part.INTAKE, Item.RISK: Part.RISK, Item.RECORD: Part.RECORD,
    Item.SURVEY: Part.SURVEY,
}  # fmt: skip
COUNSELORS = frozenset({Role.COUNSELOR, Role.TRAINEE})


def lines_of(program: Program, now: datetime) -> list[Line]:
    """The program's checklist: six queries, and one for each edition this process has not read yet."""
    return checklist.lines(facts_of(program, now))


def facts_of(program: Program, now: datetime) -> Facts:
    """What there is to know."""
    channel = line_channel(program)
    connected = channel if channel and channel.secret and channel.access_token else None
    account = account_of(connected) if connected else None
    stored = {item: content(program.editions, part) for item, part in PARTS.items()}
    valid = {item for item, part in PARTS.items() if stored[item] is None or not blueprints.wrong(part, stored[item])}
    forms = valid - {Item.TEXTS}
    terms, texts = content(program.editions, Part.TERMS) or {}, texts_of(program)
    read_in: dict[Item, Callable[[str], bool]] = {
        Item.TERMS: lambda language: stem(said_in(terms, language)) == stem(language),
        Item.TEXTS: lambda language: all(stem(spoken(texts, key, language)) == stem(language) for key in TEXTS["ja"]),
    } | {item: partial(_reads, program, PARTS[item]) for item in forms & {Item.INTAKE, Item.SURVEY}}
    return Facts(
        now=now,
        name=program.name,
        commissioner=program.commissioner,
        starts_on=program.starts_on,
        ends_on=program.ends_on,
        hours=program.opening(),
        has_terms=bool(terms.get("ja")),
        contacts_checked_on=contacts_of(program).checked_on,
        valid=frozenset(valid),
        unread=frozenset(item for item, read in read_in.items() if not all(map(read, program.languages))),
        has_questions=frozenset(item for item in forms if form_of(program.editions, PARTS[item]).questions),
        channel_mode=program.channel_mode,
        has_page=Channel.objects.filter(program=program, kind=ChannelKind.WEB).exists(),
        line=tuple((step, code) for step, code in account.findings) if account else None,
        line_checked=account is not None and account.checked_at is not None,
        line_paused=bool(connected and connected.paused_because),
        team=_team(program),
        least_on_duty=program.least_on_duty,
        least_supervisors=program.least_supervisors,
        rostered_on=_rostered_on(program, now),
        tried=Session.objects.filter(program=program, trial=True).exists(),
        practice=program.practice,
        survey=hindrance(survey_plan_of(program), now.astimezone(TOKYO).date(), program.ends_on, program.channel_mode),
    )


def _reads(program: Program, part: Part, language: str) -> bool:
    """Whether visitors read all questions of the form in this language."""
    return not any(unread(form_of(program.editions, part), language))


def _team(program: Program) -> Team:
    held: dict[int, set[str]] = {}
    members = Membership.objects.filter(program=program, user__is_active=True)
    for user_id, role in members.values_list("user_id", "role"):
        held.setdefault(user_id, set()).add(role)
    return Team(
        takers=_with(held.values(), holders(Right.TAKE_SESSIONS)),
        counselors=_with(held.values(), COUNSELORS),
        supervisors=_with(held.values(), {Role.SUPERVISOR}),
    )


def _with(people: Iterable[set[str]], roles: Iterable[str]) -> int:
    wanted = set(roles)
    return sum(not wanted.isdisjoint(held) for held in people)


def _rostered_on(program: Program, now: datetime) -> frozenset[date]:
    """The coming days on which a published shift of somebody begins."""
    first = max(now.astimezone(TOKYO).date(), program.starts_on)
    shifts = Shift.objects.filter(
        program=program,
        user__isnull=False,
        published_at__isnull=False,
        starts_at__gte=datetime.combine(first, datetime.min.time(), TOKYO),
        starts_at__lt=datetime.combine(first + timedelta(days=LOOKED_AHEAD_DAYS), datetime.min.time(), TOKYO),
    )
    return frozenset(at.astimezone(TOKYO).date() for at in shifts.values_list("starts_at", flat=True))
