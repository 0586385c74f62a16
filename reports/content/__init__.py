"""Results in words and tables: the same for the page, the files and the paper."""

from reports.content import counts, lengths, others, people, referrals, staff, surveys, times, topics
from reports.results import Results
from reports.tables import Table


def tables(results: Results, against: Results | None = None) -> list[Table]:
    """Every table of a period, in the order in which they are read."""
    return [
        counts.summary(results, against),
        counts.rates(results, against),
        counts.outcomes(results),
        counts.after(results, against),
        times.by_day(results),
        times.by_weekday(results),
        times.by_hour(results),
        *times.by_weekday_and_hour(results),
        lengths.waits(results),
        lengths.durations(results),
        lengths.bands(results),
        lengths.messages(results),
        people.sittings(results),
        *people.answers(results),
        people.risk(results),
        *topics.topics(results),
        *referrals.referrals(results),
        *surveys.tables(results),
        *staff.staff(results),
        *others.comparators(results),
    ]
