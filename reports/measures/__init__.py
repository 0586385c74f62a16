"""Every measure, defined once (architecture, law 12; domain.md §4): each with its words, definition and rounding.

Every screen, file and interface takes its figures from here; whoever changes a definition raises VERSION, and results
printed before keep theirs.
"""

from reports.measures.counts import (
    ACCESSES,
    ANSWERED,
    HEADLINES,
    IN_HOURS,
    MEASURES,
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

VERSION = 1

__all__ = [
    "ABANDONED",
    "ACCESSES",
    "ANSWERED",
    "BANDS",
    "DURATION",
    "HEADLINES",
    "IN_HOURS",
    "MEASURES",
    "MESSAGES",
    "NEW",
    "OUTCOMES",
    "OUTSIDE_THE_HOURS",
    "PHONED",
    "RATIOS",
    "RETURNING",
    "RISK",
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
