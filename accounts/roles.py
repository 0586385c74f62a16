"""Roles in code: what each role may do. Pure: no Django.

A person holds roles per program (`Membership`); rights follow from here and from nowhere else.
"""

from enum import StrEnum


class Role(StrEnum):
    """A person's part in one program (domain.md §3)."""

    COUNSELOR = "counselor"
    TRAINEE = "trainee"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    OFFICER = "officer"


class Right(StrEnum):
    """One thing a role may be allowed."""

    WATCH_BOARD = "watch_board"  # queue, load, clocks: no words
    TAKE_SESSIONS = "take_sessions"  # claim, be offered, be handed a session
    READ_ALL = "read_all"  # every transcript of the program, not only one's own
    STEER = "steer"  # act on sessions of others: transfer, end, risk
    CONFIGURE = "configure"  # the program itself
    WORK_SHIFTS = "work_shifts"  # have shifts, check in and out, ask for a substitute
    PLAN_SHIFTS = "plan_shifts"  # the roster, its publishing, requests, hours worked
    MANAGE_TEAM = "manage_team"  # invite people, give and take roles
    READ_AUDIT = "read_audit"  # who did what
    WRITE_REPLIES = "write_replies"  # the program's canned replies
    KEEP_AGENCIES = "keep_agencies"  # the directory of agencies; whoever watches the board reads it
    REFER = "refer"  # refer visitors of one's own talks, and ask what came of it
    FOLLOW_REFERRALS = "follow_referrals"  # every referral of the program, never a transcript
    SEE_RESULTS = "see_results"  # every figure of the program, today's among them
    SEE_PUBLIC_RESULTS = "see_public_results"  # figures of finished months without small cells: no way to a person


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.COUNSELOR: frozenset({Right.WATCH_BOARD, Right.TAKE_SESSIONS, Right.WORK_SHIFTS, Right.REFER}),
    Role.TRAINEE: frozenset({Right.WATCH_BOARD, Right.TAKE_SESSIONS, Right.WORK_SHIFTS, Right.REFER}),
    Role.SUPERVISOR: frozenset(
        {
            Right.WATCH_BOARD,
            Right.TAKE_SESSIONS,
            Right.READ_ALL,
            Right.STEER,
            Right.WORK_SHIFTS,
            Right.PLAN_SHIFTS,
            Right.WRITE_REPLIES,
            Right.KEEP_AGENCIES,
            Right.REFER,
            Right.FOLLOW_REFERRALS,
            Right.SEE_RESULTS,
            Right.SEE_PUBLIC_RESULTS,
        }
    ),
    Role.COORDINATOR: frozenset(
        {Right.WATCH_BOARD, Right.WORK_SHIFTS, Right.KEEP_AGENCIES, Right.REFER, Right.FOLLOW_REFERRALS}
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.WATCH_BOARD,
            Right.CONFIGURE,
            Right.PLAN_SHIFTS,
            Right.MANAGE_TEAM,
            Right.READ_AUDIT,
            Right.WRITE_REPLIES,
            Right.KEEP_AGENCIES,
            Right.SEE_RESULTS,
            Right.SEE_PUBLIC_RESULTS,
        }
    ),
    Role.OFFICER: frozenset({Right.SEE_PUBLIC_RESULTS}),
}


def holders(right: Right) -> list[str]:
    """The roles that hold `right`, as stored values, in the order of `Role`."""
    return [role.value for role in Role if right in RIGHTS[role]]
