"""What a visitor's history is made of: who they are in this program, their sessions, and what belongs to each.

Nothing here asks who may read it: histories.py says which sessions somebody may know.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Prefetch, Q

from counseling.feeds.records import form_numbered
from counseling.forms import Form
from counseling.models import (
    AgencyContact,
    Approach,
    Merge,
    PhoneCall,
    PhoneTransfer,
    Program,
    Record,
    RecordVersion,
    Session,
    Visitor,
)

# Merges that hold, and the door by which somebody came from LINE to our page: from one visitor to the next.
_PERSONS = """
WITH RECURSIVE person (start, id) AS (
    SELECT id, id FROM counseling_visitor WHERE id = ANY(%s)
  UNION
    SELECT person.start, near.id FROM person CROSS JOIN LATERAL (
        SELECT other_id AS id FROM counseling_merge WHERE one_id = person.id AND undone_at IS NULL
      UNION ALL
        SELECT one_id FROM counseling_merge WHERE other_id = person.id AND undone_at IS NULL
      UNION ALL
        SELECT door_id FROM counseling_visitor WHERE id = person.id AND door_id IS NOT NULL
      UNION ALL
        SELECT id FROM counseling_visitor WHERE door_id = person.id
    ) near
)
SELECT start, id FROM person
"""


def persons_of(visitor_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """For each of these visitors: all who are the same person, themselves among them. One query.

    Only for reading: whoever sends, limits or counts goes by the visitor alone.
    """
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_PERSONS, [list(visitor_ids)])
        for start, pk in cursor.fetchall():
            found[start].add(pk)
    return {start: frozenset(pks) for start, pks in found.items()}


def person_of(visitor_id: int) -> list[Visitor]:
    """The visitors who are the same person as this one, themselves first, then as they came."""
    visitors = Visitor.objects.filter(pk__in=persons_of([visitor_id]).get(visitor_id, ()))
    found = visitors.select_related("program", "channel").order_by("created_at", "pk")
    return sorted(found, key=lambda one: one.pk != visitor_id)


def merges_of(visitor_ids: Iterable[int]) -> list[Merge]:
    """Every merge of these visitors, those that were undone too, the latest first."""
    ids = list(visitor_ids)
    rows = Merge.objects.filter(Q(one__in=ids) | Q(other__in=ids))
    return list(rows.select_related("one", "other", "by", "undone_by").order_by("-at", "-pk"))


def approaches_of(visitors: list[Visitor]) -> list[tuple[Visitor, Approach, str]]:
    """How to answer each of them, opened, where a note holds and the visitor's key is there."""
    kept = {one.pk: one for one in visitors if one.wrapped_key}
    latest = Approach.objects.filter(visitor__in=kept).order_by("visitor", "-number").distinct("visitor")
    return [
        (kept[row.visitor_id], row, row.words(kept[row.visitor_id].key(), "body"))
        for row in latest.select_related("by")
        if row.body
    ]


@dataclass(frozen=True)
class Filed:
    """The latest version of a session's record."""

    record: Record
    version: RecordVersion
    form: Form


@dataclass(frozen=True)
class Belongings:
    """What belongs to sessions, each by the session's id."""

    records: dict[int, Filed] = field(default_factory=dict)
    phones: dict[int, list[PhoneTransfer]] = field(default_factory=dict)
    contacts: dict[int, int] = field(default_factory=dict)  # how often an agency was told


def belongings(program: Program, session_ids: list[int]) -> Belongings:
    """What belongs to these sessions of one program: four queries, and one for each version of the record's form."""
    latest = RecordVersion.objects.filter(record__session__in=session_ids).order_by("record", "-number")
    forms: dict[int, Form] = {}
    records = {}
    for version in latest.distinct("record").select_related("record", "by"):
        if version.form not in forms:
            forms[version.form] = form_numbered(Session(program=program), version.form)
        records[version.record.session_id] = Filed(version.record, version, forms[version.form])
    phones: dict[int, list[PhoneTransfer]] = defaultdict(list)
    calls = Prefetch("calls", PhoneCall.objects.select_related("by").order_by("pk"))
    moves = PhoneTransfer.objects.filter(session__in=session_ids).select_related("offered_by", "taken_by")
    for transfer in moves.prefetch_related(calls).order_by("pk"):
        phones[transfer.session_id].append(transfer)
    contacts: dict[int, int] = defaultdict(int)
    told = AgencyContact.objects.filter(session__in=session_ids, corrects=None)
    for session_id in told.values_list("session_id", flat=True):
        contacts[session_id] += 1
    return Belongings(records, phones, contacts)
