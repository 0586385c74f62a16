"""Results in words and tables: the same for the page, the files and the paper."""

from reports.content import against, counts, lengths, others, people, referrals, staff, surveys, times, topics
from reports.results import Results
from reports.tables import Table


def shown(results: Results, other: Results | None = None) -> list[Table]:
    """The tables that say something, in the order in which they are read; beside those of an `other` period."""
    found, compared = tables(results, other), tables(other, results) if other else []
    told = {table.key for table in (*found, *compared) if _says_something(table)}
    return [table for table in (against.beside(found, compared) if other else found) if table.key in told]


def _says_something(table: Table) -> bool:
    """A table of nobody says nothing that the first ones do not say."""
    return table.key in {"summary", "rates", "outcomes"} or table.n != 0


def tables(results: Results, other: Results | None = None) -> list[Table]:
    """Every table of a period; its hours are those in which anybody came in an `other` one, too."""
    return [
        counts.summary(results),
        counts.rates(results),
        counts.outcomes(results),
        counts.after(results),
        times.by_day(results),
        times.by_weekday(results),
        times.by_hour(results, other),
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
