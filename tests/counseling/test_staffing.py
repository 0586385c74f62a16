"""The staffing rule, lines and the surge as pure rules."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counseling import staffing
from counseling.staffing import AtWork

NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)
small = st.integers(0, 5)
people = st.lists(
    st.builds(
        AtWork,
        user_id=st.integers(1, 99),
        away=st.sampled_from(["", "", "meal"]),
        present=st.booleans(),
        counsels=st.booleans(),
        supervises=st.booleans(),
        lines=st.none() | small,
        shift_ends_at=st.none() | st.integers(-60, 240).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    ),
    max_size=8,
)


def somebody(**more: object) -> AtWork:
    return AtWork(
        **{
            "user_id": 1,
            "away": "",
            "present": True,
            "counsels": True,
            "supervises": False,
            "lines": None,
            "shift_ends_at": None,
            **more,
        }  # type: ignore[arg-type]
    )


@given(people, small, small)
def test_one_more_on_duty_never_closes_reception(crew: list[AtWork], least: int, supervisors: int) -> None:
    rule = {"least_on_duty": least, "least_supervisors": supervisors}
    more = [*crew, somebody(supervises=True)]
    assert staffing.does_rule_hold(more, **rule) or not staffing.does_rule_hold(crew, **rule)


@given(people)
def test_without_a_rule_reception_opens_by_its_hours_alone(crew: list[AtWork]) -> None:
    assert staffing.does_rule_hold(crew, least_on_duty=0, least_supervisors=0)


@given(people, small, small)
def test_who_disappears_in_a_tunnel_closes_nothing(crew: list[AtWork], least: int, supervisors: int) -> None:
    rule = {"least_on_duty": least, "least_supervisors": supervisors}
    gone = [AtWork(**{**vars(person), "present": False}) for person in crew]
    assert staffing.does_rule_hold(crew, **rule) == staffing.does_rule_hold(gone, **rule)


def test_the_rule_counts_who_can_answer_and_supervisors_among_them() -> None:
    crew = [somebody(), somebody(supervises=True), somebody(away="meal"), somebody(counsels=False)]
    assert staffing.counted(crew) == (2, 1)
    assert staffing.does_rule_hold(crew, least_on_duty=2, least_supervisors=1)
    assert not staffing.does_rule_hold(crew, least_on_duty=3, least_supervisors=1)
    assert not staffing.does_rule_hold(crew, least_on_duty=2, least_supervisors=2)


@given(people, small, small)
def test_open_lines_are_the_capacities_of_those_who_can_take(crew: list[AtWork], usual: int, surge: int) -> None:
    capacities = [staffing.capacity(person.lines, usual=usual, surge=surge) for person in crew if person.takes]
    assert staffing.lines_open(crew, usual=usual, surge=surge) == sum(capacities)
    assert staffing.lines_open(crew, usual=usual, surge=0) == sum(capacities) - surge * len(capacities)


def test_a_shifts_lines_come_before_what_is_usual_and_the_surge_on_top() -> None:
    assert staffing.capacity(None, usual=2, surge=0) == 2
    assert staffing.capacity(3, usual=2, surge=1) == 4
    assert staffing.capacity(0, usual=2, surge=0) == 0


@given(people)
def test_who_is_offered_sessions_can_take_them(crew: list[AtWork]) -> None:
    assert all(person.takes for person in crew if staffing.may_be_offered(person, NOW))


def test_offers_stop_shortly_before_the_shifts_end() -> None:
    def offered(minutes: int) -> bool:
        return staffing.may_be_offered(somebody(shift_ends_at=NOW + timedelta(minutes=minutes)), NOW)

    assert [offered(minutes) for minutes in (60, 16, 15, 0, -5)] == [True, True, False, False, False]
    assert staffing.may_be_offered(somebody(), NOW)


def test_the_surge_runs_in_the_first_hour_or_until_its_moment() -> None:
    def surges(opened: int | None, *, first: bool = True, until: int | None = None) -> bool:
        moment = {minutes: NOW + timedelta(minutes=minutes) for minutes in (opened, until) if minutes is not None}
        opened_at = None if opened is None else moment[opened]
        ends = None if until is None else moment[until]
        return staffing.does_surge(NOW, opened_at=opened_at, in_first_hour=first, until=ends)

    assert [surges(opened) for opened in (0, -59, -60, None)] == [True, True, False, False]
    assert not surges(-10, first=False)
    assert [surges(None, until=until) for until in (1, 0, -1)] == [True, False, False]
