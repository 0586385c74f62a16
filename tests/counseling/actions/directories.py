"""What the tests of agencies share: one as somebody writes it, and a file of several."""

from datetime import date

from counseling.agencies import Area, Entry, spellings
from counseling.agencies.sheet import COLUMNS, Reading, read
from counseling.models import Agency, Program
from counseling.models.agency import kind_names

HEADING = ",".join(COLUMNS.values())
TODAY = date(2026, 11, 26)


def an_entry(name: str = "○○警察署", kind: str = "police", area: Area = Area("神奈川県"), **more: object) -> Entry:  # noqa: B008
    return Entry(**{"name": name, "kind": kind, "area": area, **more})  # type: ignore[arg-type]


def an_agency(program: Program, name: str = "○○警察署", **more: object) -> Agency:
    agency = Agency(program=program)
    agency.put(an_entry(name, **more))  # type: ignore[arg-type]
    agency.save()
    return agency


def a_file(*rows: str, heading: str = HEADING) -> bytes:
    return "\r\n".join([heading, *rows]).encode()


def a_reading(*rows: str, heading: str = HEADING) -> Reading:
    return read(a_file(*rows, heading=heading), spellings(kind_names()), TODAY)
