"""Programs: as the administration writes them, and how one is staffed and routed."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import bounds, checklist, events, keeping, later, permissions
from counseling.checklist import Mark
from counseling.feeds.checklist import facts_of
from counseling.models import Program
from counseling.models.program import ChannelMode, Kind
from counseling.stages import Stage


class StaffingRules(TypedDict, total=False):
    """What a program asks of its people, and how sessions reach them; `rescue_after` None: by a person's hand only."""

    least_on_duty: int
    least_supervisors: int
    capacity: int
    surge_lines: int
    surge_first_hour: bool
    routing: str
    offer_for: timedelta
    same_counselor: bool
    rest_after_heavy: timedelta
    heavy_after: timedelta
    care_pause: timedelta
    rescue_after: timedelta | None
    call_after: timedelta
    approves_trainees: bool
    shows_reading: bool
    tells_stepping_in: bool


class Basics(TypedDict, total=False):
    """What a program is, for whom, when and where, how silence is answered, and what was agreed on what remains."""

    name: str
    kind: str
    commissioner: str
    audience: str
    area: str
    starts_on: date
    ends_on: date | None
    channel_mode: str
    neutral_title: bool
    consents_on_line: bool
    intake_lapses_after: timedelta
    link_life: timedelta
    on_call_email: str
    nudge_after: timedelta
    notice_after: timedelta
    close_after: timedelta
    amber_after: timedelta
    episode_silence: timedelta
    record_due_after: timedelta
    record_edit_for: timedelta
    record_read_for: timedelta
    referral_ask_after: timedelta
    referral_overdue_after: timedelta
    letter_names_writer: bool
    follow_up_escalates_after: timedelta
    return_code_life: timedelta
    outreach_people: int
    retention: dict[str, int]
    report: dict[str, str]


Group = type[StaffingRules] | type[Basics]
PUBLIC = frozenset({Stage.OPEN, Stage.PAUSED})


class CannotSet(Exception):
    """Something cannot be so: `problems` says of each field why (the codes of bounds.wrong)."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in problems.items()))
        self.problems = problems


class ChangedMeanwhile(Exception):
    """Somebody changed the program since it was looked at."""


def keep(*, program: Program, changed: list[str] | None = None) -> None:
    """Keep a new program, a draft, or only what was changed in it: the count of its sittings goes on meanwhile."""
    if changed is None:
        program.stage = Stage.DRAFT
    program.save(update_fields=changed)


def change_staffing(
    *, program_id: int, by: User, shown: str | None = None, **values: Unpack[StaffingRules]
) -> list[str]:
    """Staff and route the program so; the names of what that changed.

    `shown` is the fingerprint of what `by` looked at. Raises NotVisible, ChangedMeanwhile, CannotSet.
    """
    return _change(StaffingRules, dict(values), program_id=program_id, by=by, shown=shown)


def change_basics(*, program_id: int, by: User, shown: str | None = None, **values: Unpack[Basics]) -> list[str]:
    """Let the program be so; the names of what that changed.

    `shown` is the fingerprint of what `by` looked at. Raises NotVisible, ChangedMeanwhile, CannotSet.
    """
    return _change(Basics, dict(values), program_id=program_id, by=by, shown=shown)


@transaction.atomic
def _change(group: Group, values: dict[str, Any], *, program_id: int, by: User, shown: str | None) -> list[str]:
    permissions.require(by, Right.CONFIGURE, program_id)
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    if shown is not None and shown != fingerprint(program, group):
        raise ChangedMeanwhile
    changed = [name for name, value in values.items() if getattr(program, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(program, name, values[name])
    rules = {name: getattr(program, name) for name in group.__annotations__ if name in bounds.RULES}
    if problems := bounds.wrong(rules) | (_wrong_basics(program, changed) if group is Basics else {}):
        raise CannotSet(problems)
    program.save(update_fields=changed)
    events.ring(events.board_group(program_id))
    later.offer(program_id)
    audit.note(
        Deed.PROGRAM_CHANGED, by=by, subject=f"program:{program_id}", program_id=program_id, did="changed",
        fields=sorted(changed),
    )  # fmt: skip
    return changed


def _wrong_basics(program: Program, changed: list[str]) -> dict[str, str]:
    """What of the program in memory cannot be, each with a code: those of bounds.wrong, of text, of the checklist."""
    found = {name: "too_long" for name, longest in bounds.LINES.items() if len(getattr(program, name)) > longest}
    if not program.name.strip():
        found["name"] = "missing"
    if program.ends_on and program.ends_on < program.starts_on:
        found["ends_on"] = "end_before_start"
    if program.kind not in Kind.values:
        found["kind"] = "bad_value"
    found |= {f"retention_{kind}": code for kind, code in keeping.wrong_retention(program.retention)}
    found |= {f"report_{name}": code for name, code in keeping.wrong_report(program.report)}
    if program.channel_mode not in ChannelMode.values:
        found["channel_mode"] = "bad_value"
    elif "channel_mode" in changed and program.stage in PUBLIC:
        # Visitors of an open program would stand before a door that is not there.
        line = checklist.channel(facts_of(program, timezone.now()))
        if line.mark == Mark.MISSING:
            found["channel_mode"] = line.why
    return found


def fingerprint(program: Program, group: Group = StaffingRules) -> str:
    """Tells whether these settings of the program are still those somebody looked at."""
    values = [repr(getattr(program, name)) for name in group.__annotations__]
    return sha256("\n".join(values).encode()).hexdigest()[:16]
