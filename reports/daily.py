"""What is counted of a single day, so that days in a row add up to any period: counted in SQL, kept as JSON.

Medians do not add up: a day holds the lengths themselves, in order, without anybody they belong to. Nor do people:
who came on two days is counted in the sessions (queries.visitors).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from counseling.models import Program
from reports import answers, measures, queries, surveys, topics
from reports.answers import Given
from reports.days import Days
from reports.measures import Counts
from reports.queries import Written
from reports.surveys import SurveyedDay
from reports.topics import Chosen

COUNTED = (*measures.MEASURES, measures.ABANDONED, measures.NEW, measures.RETURNING, *measures.RISK)
BY_HOUR = (measures.ACCESSES, measures.ANSWERED)
# Of the form in which a day is kept; with the definitions it says which days were counted as they would be now.
SHAPE = 1


@dataclass(frozen=True)
class Day:
    """One day of a program; lengths in microseconds, the shortest first."""

    counts: Counts
    hours: Mapping[int, Counts]  # 25 is 01:00 of the next morning
    waits: Sequence[int]
    durations: Sequence[int]
    bands: Sequence[int]  # how many of the durations lie in each of measures.BANDS
    messages: Written
    referrals: Counts
    answers: Given
    topics: Chosen
    survey: SurveyedDay

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        hours = {str(hour): dict(counts) for hour, counts in self.hours.items()}
        return asdict(self) | {"hours": hours, "messages": list(self.messages)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Day":
        """The day that was kept so."""
        hours = {int(hour): counts for hour, counts in kept["hours"].items()}
        sent, grouped = kept["survey"]["sent"], kept["survey"]["grouped"]
        return cls(
            **(kept | {"hours": hours, "messages": tuple(kept["messages"]), "survey": SurveyedDay(sent, grouped)})
        )


def layout() -> str:
    """What a day that is kept holds, and by which definitions; another where any of it is another."""
    keys = [[one.key for one in group] for group in (COUNTED, BY_HOUR, answers.COUNTED, measures.REFERRED)]
    bands = [[least, below] for least, below, _within in measures.BANDS]
    told = [SHAPE, measures.VERSION, keys, bands, [one.value for one in answers.ASKED]]
    return sha256(json.dumps(told).encode()).hexdigest()


def counted(program: Program, days: Days) -> list[Day]:
    """Each of the days, counted in the log as it is now: seven queries, two for the survey, and those of the forms."""
    waits = queries.lengths(program, days, measures.WAIT)
    durations = queries.lengths(program, days, measures.DURATION)
    by_hour: list[dict[int, Counts]] = [{} for _day in days.dates]
    for (place, hour), found in sorted(queries.counted_by_hour(program, days, BY_HOUR).items()):
        by_hour[place][hour] = found
    each = zip(
        queries.counted(program, days, COUNTED),
        queries.messages(program, days),
        queries.referred(program, days),
        answers.given(program, days),
        topics.chosen(program, days),
        surveys.surveyed(program, days),
        strict=True,
    )
    return [
        Day(
            counts=counts,
            hours=by_hour[place],
            waits=waits[place][0],
            durations=durations[place][0],
            bands=durations[place][1],
            messages=written,
            referrals=referred,
            answers=given,
            topics=chosen,
            survey=surveyed,
        )
        for place, (counts, written, referred, given, chosen, surveyed) in enumerate(each)
    ]


def summed(every: Sequence[Counts], keys: Sequence[str]) -> dict[str, int]:
    """Counts of several days together."""
    return {key: sum(counts[key] for counts in every) for key in keys}


def written(every: Sequence[Written]) -> Written:
    """The messages of several days together."""
    talks, messages, most, visitors = zip(*every, strict=True)
    return sum(talks), sum(messages), max(most), sum(visitors)
