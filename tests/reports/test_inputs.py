"""The fingerprint reads every column that a measure reads: else a figure could change behind it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q

from counseling.models import Session
from reports import measures
from reports.inputs import COLUMNS
from reports.named import COUNTED


def fields(of: Any) -> Iterator[str]:
    """Every field a condition or a length names."""
    if isinstance(of, Q):
        for child in of.children:
            yield from fields(child)
    elif isinstance(of, tuple):
        yield of[0].split("__")[0]
        yield from fields(of[1]) if isinstance(of[1], F) else ()
    elif isinstance(of, F):
        yield str(vars(of)["name"])
    elif hasattr(of, "lhs"):
        yield from fields(of.lhs)
        yield from fields(of.rhs)


def test_no_measure_reads_what_the_fingerprint_does_not() -> None:
    # What reads other tables is kept by whom it counts.
    beside = {one.key for one in measures.AFTER}
    read = {name for one in COUNTED if one.key not in beside for name in fields(one.condition)}
    for length in (measures.WAIT, measures.DURATION):
        read |= {*fields(length.condition), *fields(length.length)}
    names = {field.name: field.attname for field in Session._meta.concrete_fields}
    assert {names[name] for name in read} <= set(COLUMNS)
    assert set(COLUMNS) <= set(names.values())
