"""What the page of a record shows: the form, the talk beside it, what the house knows by itself, and its versions."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from counseling import feeds, lifecycle, permissions
from counseling.actions import reading
from counseling.events import RiskChange
from counseling.feeds import follow_ups as follow_feed
from counseling.feeds import keeping, referrals
from counseling.feeds import records as feed
from counseling.feeds.records import Sheet
from counseling.lifecycle import Classification, State
from counseling.models import Hold, Session
from counseling.models.program import ChannelKind
from counseling.models.risk import RISKS
from counseling.models.supervision import Reason
from counseling.pages.follow_words import Line as FollowLine
from counseling.pages.record_forms import RecordForm
from counseling.pages.record_words import CLASSIFICATIONS, STATES, answers, changes, facts
from counseling.pages.referral_words import Line
from counseling.recording import RecordState, Refused
from counseling.triage import Risk

SECTION = "records"
WHY_NOT = {
    Refused.TOO_LATE: _(
        "提出してから時間がたったため、もう直せません。直すところがあれば、SVに差し戻してもらってください。"
    ),
    Refused.CHECKED: _("SVが確認したため、もう直せません。直すところがあれば、SVに差し戻してもらってください。"),
}
TO_REVIEW = frozenset({RecordState.FILED, RecordState.CHECKED})


def shown(sheet: Sheet, form: RecordForm | None, by: User, language: str, address: str | None) -> dict[str, Any]:
    """The context of the page for `by`; `form` where one was refused."""
    session, record = sheet.session, sheet.record
    steers = permissions.steers(by, session.program_id)
    refused = feed.refusal(session, record, timezone.now(), steers=steers)
    filed = sheet.latest is not None
    return {
        "session": session,
        "record": record,
        "sheet": sheet,
        "form": form or RecordForm(sheet, language),
        "facts": facts(session),
        "state": STATES[RecordState(record.state)] if filed else _state_of(session),
        "risk": RISKS[Risk(session.risk)],
        "is_risky": session.risk >= Risk.HIGH,
        "assessed": _assessed(session),
        "proposed": feed.proposed(session),
        "proposed_words": CLASSIFICATIONS[feed.proposed(session)],
        "may_edit": refused is None and not sheet.erased,
        "why_not": WHY_NOT[refused] if refused else "",
        "is_over": session.state in {State.WRAP_UP, State.CLOSED},
        "may_review": steers and filed and record.state in TO_REVIEW and session.counselor_id != by.pk,
        "is_own": session.counselor_id == by.pk,
        "filed": answers(sheet.latest, language) if sheet.latest else {},
        "history": _history(sheet, language),
        "returned": next((one for one in reversed(sheet.reviews) if record.state == RecordState.RETURNED), None),
        "full": Classification.VALID,
        "needs_code": session.visitor.channel.kind == ChannelKind.WEB and session.visitor.door_id is None,
        "held": _held(session),
        "followed": [FollowLine(one, timezone.now()) for one in follow_feed.of_session(session)],
        "referrals": _referrals(session, by),
        **_talk(session, by, address, erased=sheet.erased),
    }


def _held(session: Session) -> list[Hold]:
    """The legal holds that keep this talk."""
    holds = keeping.holds_on(session.program_id, [session.visitor_id], timezone.now())
    return [one for one in holds if one.session_id in {None, session.pk}]


def _referrals(session: Session, by: User) -> list[Line]:
    """What the talk's visitor was connected to."""
    rows = referrals.of_session(session, by)
    names = referrals.names(rows)
    return [Line(one, names[one.pk], timezone.localdate()) for one in rows]


def _assessed(session: Session) -> RiskChange | None:
    """What somebody found when they last looked at the risk; nothing where nobody did, or its words are gone."""
    return next((one for one in feeds.risk_state(session.pk)["history"] if one["answers"] or one["word"]), None)


def _state_of(session: Session) -> Any:
    return (
        _("記録待ち")
        if session.state == State.WRAP_UP
        else _("相談中")
        if session.state in lifecycle.TAKEN
        else _("記録なし")
    )


def _talk(session: Session, by: User, address: str | None, *, erased: bool) -> dict[str, Any]:
    """The words of the talk, for who may read them; otherwise the reasons a supervisor may give."""
    if erased or not permissions.readable_sessions(by).filter(pk=session.pk).exists():
        return {"talk": None, "reasons": Reason.choices}
    reading.tell_session(session=session, by=by, address=address)
    state = feeds.session_state(session.pk, by)
    said = [(message, datetime.fromisoformat(message["at"])) for message in state["messages"]]
    return {"talk": state, "said": said, "reasons": []}


def _history(sheet: Sheet, language: str) -> list[dict[str, Any]]:
    """Every version with what it changed, and what supervisors said of it; the latest first."""
    changed = [changes(before, after, language) for before, after in pairwise(sheet.versions)]
    return [
        {
            "version": opened.version,
            "changes": changed[place - 1] if place else [],
            "reviews": [(one, word) for one, word in sheet.reviews if one.number == opened.version.number],
        }
        for place, opened in reversed(list(enumerate(sheet.versions)))
    ]
