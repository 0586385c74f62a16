"""A program that asks for a record, and what is written into it."""

from typing import Any

from accounts.models import User
from counseling import permissions
from counseling.actions import editions, records
from counseling.feeds import records as feed
from counseling.feeds.records import Sessions
from counseling.forms import Choice, Condition, Form, Kind, Question, ReportKey
from counseling.lifecycle import Classification
from counseling.models import Part, Program, Record, RecordVersion, Session
from counseling.recording import Written

SUMMARY = Question("summary", Kind.LONG_TEXT, {"ja": "概要"}, required=True)
COMPLAINT = Question(
    "complaint", Kind.CHOICE, {"ja": "主訴"}, (Choice("work", {"ja": "仕事"}), Choice("money", {"ja": "お金"})),
    required=True, report=ReportKey.MAIN_COMPLAINT,
)  # fmt: skip
FOLLOW_UP = Question("follow_up", Kind.YES_NO, {"ja": "フォロー"}, report=ReportKey.FOLLOW_UP)
UNTIL = Question("until", Kind.DATE, {"ja": "期日"}, required=True, shown_if=Condition("follow_up", ("yes",)))
WHAT = Question("what", Kind.LONG_TEXT, {"ja": "何を"}, shown_if=Condition("follow_up", ("yes",)))
FORM = Form((COMPLAINT, SUMMARY, FOLLOW_UP, UNTIL, WHAT))
ANSWERS: dict[str, Any] = {"complaint": "work", "summary": "仕事がつらいとのこと"}


def ask(program: Program, form: Form = FORM) -> None:
    """From now on the program's record asks this."""
    program.refresh_from_db()
    editions.put_in_force(program, Part.RECORD, form.to_json(), by=None)
    program.save(update_fields=["editions"])


def filed(session: Session, by: User, **other: Any) -> RecordVersion:
    """`by` files the record, complete unless `other` says otherwise."""
    given: dict[str, Any] = {"classification": Classification.VALID, "thankful_end": True, "answers": ANSWERS} | other
    return records.file(session_id=session.pk, by=by, **given)


def readable(user: User, program: Program) -> Sessions:
    """The program's sessions whose record `user` may read."""
    return feed.listed(permissions.recorded_sessions(user), program)


def draft(session: Session, by: User, revision: int = 0, form: int = 1, **answers: list[str]) -> Record:
    """`by` keeps what was typed."""
    return records.keep_draft(session_id=session.pk, by=by, written=Written(answers), form=form, revision=revision)
