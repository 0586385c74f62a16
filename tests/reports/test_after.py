"""What came after the talk, counted twice: in SQL, and row by row."""

from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from counseling.models import FollowUp, Outreach, Program
from reports import measures
from reports.days import DayKind
from reports.figures import figures
from tests.reports.conftest import KeepSessions, at
from tests.reports.naive import names_of
from tests.reports.test_measures import FIRST, LAST

pytestmark = pytest.mark.django_db
MOMENT = at("2026-04-01")
ENDS = {"open": None, "giving_up": None, "done": MOMENT, "given_up": MOMENT}
followed = st.tuples(st.sampled_from(sorted(ENDS)), st.booleans())
visits = st.lists(st.booleans(), max_size=2)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.lists(followed, max_size=3), visits, st.booleans()), max_size=8))
def test_visits_and_follow_ups_are_what_a_naive_count_says(
    program: Program, keep_sessions: KeepSessions, haru: User, rows: list[Any]
) -> None:
    with transaction.atomic():
        kept = keep_sessions(*({"received_at": MOMENT, "trial": trial} for _f, _v, trial in rows))
        for session, (follows, went, _trial) in zip(kept, rows, strict=True):
            of_it = {"program": program, "visitor": session.visitor, "session": session, "by": haru}
            for state, waived in follows:
                FollowUp.objects.create(
                    **of_it, origin="supervisor", client_id=uuid4(), state=state, waived=waived, due_at=MOMENT,
                    ended_at=ENDS[state],
                )  # fmt: skip
            for arrived in went:
                Outreach.objects.create(
                    **of_it, client_id=uuid4(), consented_at=MOMENT, consent=b"", state="over", ended_at=MOMENT,
                    arrived_at=timezone.now() if arrived else None,
                )  # fmt: skip
        totals = figures(program, FIRST, LAST, DayKind.CALENDAR).totals
        expected = Counter(name for session in kept for name in names_of(session))
        transaction.set_rollback(True)
    keys = [one.key for one in measures.AFTER]
    assert {key: totals[key] for key in keys} == {key: expected[key] for key in keys}
