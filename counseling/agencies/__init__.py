"""Agencies (関係機関・社会資源) as people write them, and as rows of a table. Pure: no database, no clock."""

from counseling.agencies.areas import NATIONWIDE, PREFECTURES, Area, Wanted, names_a_place, wanted
from counseling.agencies.cells import Reason
from counseling.agencies.entry import CODES, FIELDS, KINDS, LIMITS, Entry, Unwritable, entry_of, spellings

__all__ = [
    "CODES",
    "FIELDS",
    "KINDS",
    "LIMITS",
    "NATIONWIDE",
    "PREFECTURES",
    "Area",
    "Entry",
    "Reason",
    "Unwritable",
    "Wanted",
    "entry_of",
    "names_a_place",
    "spellings",
    "wanted",
]
