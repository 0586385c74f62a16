"""A program's sessions as machines read them: numbers, states and times; no word, no visitor, nobody's name.

A page goes by the session's number, which never changes. Numbers are given under the program's row lock until the
commit, so no smaller one appears after a greater: a page skips nothing and repeats nothing, whatever changes meanwhile.
"""

from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Count, F, Q

from counseling.lifecycle import Medium
from counseling.models import Message, Program, Session
from counseling.models.message import Author

COLUMNS = (
    "number",
    "version",
    "state",
    "refusal",
    "received_at",
    "queued_at",
    "first_claimed_at",
    "first_response_at",
    "ended_at",
    "closed_at",
    "end_reason",
    "risk",
    "classification",
    "thankful_end",
    "trial",
    "visitor_count",
    "message_count",
)


class SessionPage(TypedDict):
    """Some sessions by number; `after` is where the next page begins, `more` whether there is one now."""

    sessions: list[dict[str, Any]]
    after: int
    more: bool


def sessions_page(
    program: Program, *, after: int, limit: int, since: datetime | None = None, until: datetime | None = None
) -> SessionPage:
    """At most `limit` sessions with a number above `after`, received from `since` to before `until`: two queries."""
    wanted = Q(program=program, number__gt=after, medium=Medium.CHAT)
    if since:
        wanted &= Q(received_at__gte=since)
    if until:
        wanted &= Q(received_at__lt=until)
    rows = Session.objects.filter(wanted).order_by("number")
    found = list(rows.values("pk", *COLUMNS, channel=F("visitor__channel__kind"))[: limit + 1])
    page = found[:limit]
    replies = _replies([row["pk"] for row in page])
    return {
        "sessions": [_session(row, replies.get(row["pk"], 0)) for row in page],
        "after": page[-1]["number"] if page else after,
        "more": len(found) > limit,
    }


def _replies(session_ids: list[int]) -> dict[int, int]:
    """How many messages counselors wrote in each."""
    written = Message.objects.filter(session__in=session_ids, author=Author.COUNSELOR)
    return dict(written.values_list("session").annotate(Count("pk")))


def _session(row: dict[str, Any], replies: int) -> dict[str, Any]:
    visitor, every = row.pop("visitor_count"), row.pop("message_count")
    messages = {"visitor": visitor, "counselor": replies, "automatic": every - visitor - replies}
    return {name: value for name, value in row.items() if name != "pk"} | {"messages": messages}
