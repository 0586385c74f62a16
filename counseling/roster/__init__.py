"""Planned shifts against what is needed and what is healthy. Pure: no Django, no database, no clock."""

from counseling.roster.demand import Lines, gaps, required_on
from counseling.roster.health import double_bookings, strains
from counseling.roster.weeks import copied
from counseling.roster.work import Concern, Work, overlapping, service_day

__all__ = [
    "Concern",
    "Lines",
    "Work",
    "copied",
    "double_bookings",
    "gaps",
    "overlapping",
    "required_on",
    "service_day",
    "strains",
]
