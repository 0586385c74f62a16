"""Every measure, defined once (architecture, law 12; domain.md §4): each with its words, definition and rounding.

Every screen, file and interface takes its figures from here; whoever changes a definition raises VERSION, and results
printed before keep theirs.
"""

from reports.measures.after import AFTER
from reports.measures.counts import (
    ACCESSES,
    ANSWERED,
    BEFORE,
    HEADLINES,
    IN_HOURS,
    OUTCOMES,
    OUTSIDE_THE_HOURS,
    PHONED,
    RATIOS,
    THANKFUL,
    VALID,
    Counts,
    Measure,
    Partition,
    Ratio,
)
from reports.measures.lengths import ABANDONED, BANDS, DURATION, MESSAGES, WAIT, Length, Measured
from reports.measures.people import NEW, RETURNING, RISK, VISITORS
from reports.measures.referrals import CONSENTS, KINDS, LEVELS, REFERRALS, REFERRED, RESULTS
from reports.measures.surveys import FAVOURABLE, RETURN_RATE, SAID, SURVEY_ANSWERED, SURVEY_SENT

# Each counted once, whatever it is part of.
MEASURES: tuple[Measure, ...] = (*BEFORE, *AFTER)

VERSION = 5

__all__ = [
    "ABANDONED",
    "ACCESSES",
    "AFTER",
    "ANSWERED",
    "BANDS",
    "CONSENTS",
    "DURATION",
    "FAVOURABLE",
    "HEADLINES",
    "IN_HOURS",
    "KINDS",
    "LEVELS",
    "MEASURES",
    "MESSAGES",
    "NEW",
    "OUTCOMES",
    "OUTSIDE_THE_HOURS",
    "PHONED",
    "RATIOS",
    "REFERRALS",
    "REFERRED",
    "RESULTS",
    "RETURNING",
    "RETURN_RATE",
    "RISK",
    "SAID",
    "SURVEY_ANSWERED",
    "SURVEY_SENT",
    "THANKFUL",
    "VALID",
    "VERSION",
    "VISITORS",
    "WAIT",
    "Counts",
    "Length",
    "Measure",
    "Measured",
    "Partition",
    "Ratio",
]
