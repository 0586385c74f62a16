"""Surveys (アンケート) as they are read: what was sent, what people wrote, and what a visitor's history tells of it.

Words written with a talk are a talk's words: supervisors read them. Those kept apart are nobody's, and told only where
so many answered in their month that nobody is found by them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.roles import Right, holders
from counseling import crypto
from counseling.forms import WORDS, Answer, Form, Kind
from counseling.languages import said
from counseling.lifecycle import Medium, State
from counseling.models import (
    ApartAnswer,
    Membership,
    Program,
    Session,
    SurveyAlarm,
    SurveyAnswer,
    SurveyInvitation,
    Visitor,
)
from counseling.models.survey import link_hash
from counseling.opening import TOKYO
from counseling.survey import InvitationState, Kept, Stage
from counseling.text import ruby

# Fewer answers apart than these in a month, and their words might tell whose they are.
LEAST_APART = 5
ENDED = frozenset({State.WRAP_UP, State.CLOSED})
MOST_WORDS = 200
YES_NO = {"yes": {"ja": "はい", "en": "Yes"}, "no": {"ja": "いいえ", "en": "No"}}


@dataclass(frozen=True)
class Standing:
    """How the program's surveys stand: invitations by state, and by the reason for which none was sent."""

    owed: int
    waiting: dict[str, int]
    sent: int
    finished: int
    dropped: dict[str, int]


@dataclass(frozen=True)
class Written:
    """What somebody wrote: to which questions, in which words; of a talk (its id and when) or of a month.

    `alarm`: supervisors were called to it, and nobody has looked yet.
    """

    lines: tuple[tuple[str, str], ...]
    risk: int = 0
    alarm: int | None = None
    session_id: int | None = None
    pseudonym: str = ""
    at: datetime | None = None
    month: date | None = None


@dataclass(frozen=True)
class SurveyEntry:
    """An answer in a visitor's history; `lines` are the questions and answers its reader may see."""

    at: datetime
    visitor_id: int
    session_id: int
    kind: str
    lines: tuple[tuple[str, str], ...]


def behind(program_id: int, token: str, *, lock: bool = False) -> SurveyAnswer | ApartAnswer | None:
    """The answer of the program to which a link with this token leads; None where there is none (any more)."""
    hashed = link_hash(token)
    kept = SurveyAnswer.objects.select_related("invitation__session__visitor", "invitation__session__program")
    apart = ApartAnswer.objects.select_related("program")
    if lock:
        kept, apart = (rows.select_for_update(of=("self",), no_key=True) for rows in (kept, apart))  # type: ignore[assignment]
    found = kept.filter(token_hash=hashed, invitation__session__program=program_id).first()
    return found or apart.filter(token_hash=hashed, program=program_id).first()


def is_asked(now: datetime) -> Q:
    """Invitations that can be answered on the visitor's page; the way to an answer apart is given once."""
    unanswered = Q(kept=Kept.WITH_TALK, answer__stage=Stage.OPEN) | Q(kept=Kept.APART, taken=False)
    return unanswered & Q(state=InvitationState.SENT, ends_on__gte=now.astimezone(TOKYO).date())


def is_asked_of(visitor: Visitor, now: datetime) -> bool:
    """Whether something is asked of this visitor now, or as soon as they look."""
    due = Q(state=InvitationState.OWED, next_try_at__lte=now)
    return SurveyInvitation.objects.filter(is_asked(now) | due, session__visitor=visitor).exists()


def uninvited(program: Program) -> QuerySet[Session]:
    """Talks of the program that are over, and whose visitors are owed no invitation."""
    talks = Session.objects.filter(program=program, trial=False, program__practice=False, state__in=ENDED, survey=None)
    return talks.filter(medium=Medium.CHAT, first_response_at__isnull=False, ended_at__isnull=False)


def standing(program: Program) -> Standing:
    """Counts of the program's invitations and answers: three queries."""
    rows = SurveyInvitation.objects.filter(session__program=program)
    counted = list(rows.values_list("state", "why").annotate(count=Count("pk")).order_by("state", "why"))

    def of(state: InvitationState) -> dict[str, int]:
        return {why: count for one, why, count in counted if one == state}

    kept = SurveyAnswer.objects.filter(invitation__session__program=program, stage=Stage.FINISHED)
    apart = ApartAnswer.objects.filter(program=program, stage=Stage.FINISHED)
    owed = of(InvitationState.OWED)
    return Standing(
        owed=sum(owed.values()),
        waiting={why: count for why, count in owed.items() if why},
        sent=sum(of(InvitationState.SENT).values()),
        finished=kept.count() + apart.count(),
        dropped=of(InvitationState.DROPPED),
    )


def _kept(program_ids: Iterable[int]) -> QuerySet[SurveyAnswer]:
    rows = SurveyAnswer.objects.filter(invitation__session__program__in=program_ids, stage=Stage.FINISHED)
    return rows.select_related("invitation__session__visitor")


def _programs_with(right: Right, by: User) -> set[int]:
    """The programs in which `by` holds the right (as permissions.programs says, which feeds do not reach)."""
    held = Membership.objects.filter(user=by, user__is_active=True, role__in=holders(right))
    return set(held.values_list("program_id", flat=True))


def written(program: Program, by: User, language: str) -> list[Written]:
    """What people wrote, newest first: with their talks for who may read every talk, apart for who sees results.

    The caller tells the audit.
    """
    found: list[Written] = []
    if program.pk in _programs_with(Right.READ_ALL, by):
        found += _with_talks(program, language)
    if program.pk in _programs_with(Right.SEE_RESULTS, by):
        found += _apart(program, language)
    return found


def _with_talks(program: Program, language: str) -> Iterator[Written]:
    alarms = {alarm.answer_id: alarm for alarm in _alarms(program)}
    rows = _kept([program.pk]).exclude(words=b"").order_by("-finished_at", "-pk")[:MOST_WORDS]
    for row in rows:
        session, alarm = row.invitation.session, alarms.get(row.pk)
        yield Written(
            lines=_lines(row.form(), words_of(row), language),
            risk=alarm.risk if alarm else 0,
            alarm=alarm.pk if alarm and alarm.seen_at is None else None,
            session_id=session.pk,
            pseudonym=session.visitor.pseudonym,
            at=row.finished_at,
        )


def _apart(program: Program, language: str) -> Iterator[Written]:
    alarms = {alarm.apart_id: alarm for alarm in _alarms(program)}
    rows = ApartAnswer.objects.filter(program=program, stage=Stage.FINISHED)
    months = dict(rows.values_list("month").annotate(count=Count("pk")))
    # By their random ids: the order says nothing of when they came.
    for row in rows.exclude(words=b"").order_by("-month", "pk")[:MOST_WORDS]:
        alarm = alarms.get(row.pk)
        if months[row.month] >= LEAST_APART or alarm:
            yield Written(
                lines=_lines(row.form(), words_of(row), language),
                risk=alarm.risk if alarm else 0,
                alarm=alarm.pk if alarm and alarm.seen_at is None else None,
                month=row.month,
            )


def lines_of_session(session: Session, language: str) -> tuple[tuple[str, str], ...]:
    """The questions the session's visitor answered with the talk, and their answers, for who gives them out."""
    row = SurveyAnswer.objects.filter(invitation__session=session, stage=Stage.FINISHED).first()
    return _lines(row.form(), {**row.codes, **words_of(row)}, language) if row else ()


def _alarms(program: Program) -> QuerySet[SurveyAlarm]:
    return SurveyAlarm.objects.filter(program=program)


def words_of(row: SurveyAnswer | ApartAnswer) -> dict[str, str]:
    """In own words; nothing where the person's key is gone."""
    try:
        return row.own_words()
    except crypto.CannotOpen:
        return {}


def _lines(form: Form, answers: Mapping[str, Answer], language: str) -> tuple[tuple[str, str], ...]:
    """Each question that was answered, and the answer as people read it."""
    told = [(one, answers[one.key]) for one in form.questions if one.key in answers]
    return tuple((ruby.plain(one.asked(language)), _said(form, one.key, answer, language)) for one, answer in told)


def _said(form: Form, key: str, answer: Answer, language: str) -> str:
    question = form.question(key)
    if question is None or question.kind in WORDS:
        return str(answer)
    labels = {one.value: one.label for one in question.choices} | (YES_NO if question.kind == Kind.YES_NO else {})
    codes = answer if isinstance(answer, list) else [str(answer)]
    return "、".join(ruby.plain(said(labels[code], language)) if code in labels else code for code in codes)


def of_visitors(by: User, visitor_ids: Iterable[int], language: str = "ja") -> list[SurveyEntry]:
    """Answers these visitors gave and that are kept with their talks, oldest first, as far as `by` may read them.

    Supervisors read all of it; others are told nothing. Answers kept apart are nobody's and never here.
    """
    rows = (
        _kept(_programs_with(Right.READ_ALL, by))
        .filter(invitation__session__visitor__in=list(visitor_ids))
        .order_by("finished_at", "pk")
    )
    return [
        SurveyEntry(
            at=row.finished_at,
            visitor_id=row.invitation.session.visitor_id,
            session_id=row.invitation.session_id,
            kind="survey",
            lines=_lines(row.form(), {**row.codes, **words_of(row)}, language),
        )
        for row in rows
        if row.finished_at
    ]
