"""Review sheets as the two who write them read them, and the lists of them.

`readable` are the sheets the reader may read (permissions.readable_reviews): who may not finds none.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.models import User
from counseling import crypto, lifecycle
from counseling.feeds import heavy
from counseling.lifecycle import State
from counseling.models import Assignment, Program, ReviewDraft, ReviewSheet, ReviewVersion
from counseling.models.care import Side

LISTED = 50
RECENT = timedelta(days=7)


@dataclass(frozen=True)
class Written:
    """One version; `answers` by question, None where the visitor's words were erased."""

    version: ReviewVersion
    answers: dict[str, str] | None


@dataclass(frozen=True)
class Review:
    """A sheet as one of the two sees it: each side's versions, the newest first, and one's own draft."""

    sheet: ReviewSheet
    side: Side
    counselor: list[Written]
    supervisor: list[Written]
    draft: dict[str, str] | None
    erased: bool

    @property
    def own(self) -> list[Written]:
        """What the reader has shown."""
        return self.counselor if self.side == Side.COUNSELOR else self.supervisor

    @property
    def confirmed(self) -> bool:
        """Whether the reader has confirmed what both wrote."""
        sheet = self.sheet
        own = sheet.counselor_confirmed_at if self.side == Side.COUNSELOR else sheet.supervisor_confirmed_at
        return own is not None


def review(sheet_id: int, user: User, readable: QuerySet[ReviewSheet]) -> Review | None:
    """The sheet: three queries. None where it is not theirs."""
    sheet = _with_people(readable).filter(pk=sheet_id).first()
    if sheet is None:
        return None
    side = Side.COUNSELOR if sheet.counselor_id == user.pk else Side.SUPERVISOR
    try:
        key = sheet.session.visitor.key()
    except crypto.CannotOpen:
        key = None
    written: dict[str, list[Written]] = {Side.COUNSELOR: [], Side.SUPERVISOR: []}
    for version in ReviewVersion.objects.filter(sheet=sheet).select_related("by").order_by("-number"):
        version.sheet = sheet
        written[version.side].append(Written(version, _opened(version, key)))
    draft = ReviewDraft.objects.filter(sheet=sheet, side=side).first()
    if draft:
        draft.sheet = sheet
    return Review(
        sheet=sheet,
        side=side,
        counselor=written[Side.COUNSELOR],
        supervisor=written[Side.SUPERVISOR],
        draft=_opened(draft, key) if draft else None,
        erased=key is None,
    )


def _opened(row: ReviewVersion | ReviewDraft, key: bytes | None) -> dict[str, str] | None:
    answers: dict[str, str] | None = json.loads(row.words(key)) if key else None
    return answers


def supervised(user: User, program: Program, readable: QuerySet[ReviewSheet]) -> list[ReviewSheet]:
    """The sheets `user` supervises in the program: open ones first, then the newest."""
    return _listed(readable.filter(supervisor=user, session__program=program))


def written(user: User, readable: QuerySet[ReviewSheet]) -> list[ReviewSheet]:
    """The sheets `user` writes as a counselor, in all programs: open ones first, then the newest."""
    return _listed(readable.filter(counselor=user))


def waiting(program: Program, orphaned: QuerySet[ReviewSheet]) -> list[ReviewSheet]:
    """Sheets that wait for another supervisor in the program (permissions.orphaned_reviews), without their words."""
    return _listed(orphaned.filter(session__program=program))


def recent_parts(user: User, program: Program, now: datetime) -> list[Assignment]:
    """Who had which session that ended lately and has no sheet: where one may be begun, the newest first."""
    begun = ReviewSheet.objects.filter(session=OuterRef("session"), counselor=OuterRef("user"))
    over = heavy.over_since(now - RECENT).filter(
        ~Exists(begun), session__program=program, session__state__in=[State.WRAP_UP, *lifecycle.FINISHED]
    )
    newest = over.exclude(user=user).select_related("user", "session__visitor").order_by("-since", "-pk")
    return list(newest[:LISTED])


def begun(session_ids: list[int]) -> set[tuple[int, int]]:
    """Which counselors of these sessions have a sheet already: (session, counselor)."""
    return set(ReviewSheet.objects.filter(session__in=session_ids).values_list("session_id", "counselor_id"))


def _listed(sheets: QuerySet[ReviewSheet]) -> list[ReviewSheet]:
    return list(_with_people(sheets).order_by(F("finished_at").desc(nulls_first=True), "-begun_at")[:LISTED])


def _with_people(sheets: QuerySet[ReviewSheet]) -> QuerySet[ReviewSheet]:
    return sheets.select_related("session__visitor", "session__program", "counselor", "supervisor")
