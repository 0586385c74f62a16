"""A visitor's history in words: in which state a talk is, from when to when."""

from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from counseling.lifecycle import State
from counseling.models import Session
from counseling.pages.record_words import moment

Words = str | Promise
STATES: dict[str, Words] = {
    State.INTAKE: gettext_lazy("受付の途中"),
    State.WAITING: gettext_lazy("待っています"),
    State.ACTIVE: gettext_lazy("相談中"),
    State.HELD: gettext_lazy("保留中"),
    State.WRAP_UP: gettext_lazy("記録待ち"),
    State.CLOSED: gettext_lazy("終了"),
    State.ABANDONED: gettext_lazy("待つあいだに離れた"),
    State.OFF_HOURS: gettext_lazy("受け付けていないときの連絡"),
    State.OUT_OF_SCOPE: gettext_lazy("対象外"),
    State.BLOCKED: gettext_lazy("相談者がブロックした"),
}


def span(session: Session) -> str:
    """From when to when it was: 「2026年11月23日 14:02〜14:50」."""
    begins = moment(session.received_at)
    return f"{begins}〜{until(session.received_at, session.ended_at)}" if session.ended_at else begins


def until(begins: datetime, ends: datetime) -> str:
    """When it ended; with the day where that is another one."""
    local = timezone.localtime(ends)
    same = local.date() == timezone.localtime(begins).date()
    return f"{local:%H:%M}" if same else moment(ends)
