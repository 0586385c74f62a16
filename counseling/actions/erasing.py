"""Emptying what was kept, by the table: counseling.privacy says of each column how long it is kept, and here it goes.

A new table is covered by its row there. Empty is `b""`: every reader takes it for words that are gone.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import BinaryField, ForeignKey, Model, Q, QuerySet

from counseling.models import Attachment, Session, Visitor
from counseling.models.message import AttachmentState
from counseling.privacy import FIELDS, KINDS, Kept, Level

# A visitor's row itself: what finds them and their key go by the hand that erases them (actions.erasures).
BY_HAND = frozenset({"Visitor"})
SEALED = frozenset({Level.WORDS, Level.IDENTITY})
Ways = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Sealed columns of one table that are kept alike, and how its rows lead to a session and to a visitor."""

    model: type[Model]
    kept: Kept
    columns: tuple[str, ...]
    to_session: Ways
    to_visitor: Ways

    def rows(self, ways: Ways, ids: Collection[int]) -> QuerySet[Any]:
        """Those rows that lead there and still hold something."""
        found = self.model._default_manager.filter(_either((f"{way}__in", ids) for way in ways))
        return found.filter(_either((f"{column}__gt", b"") for column in self.columns))


@cache
def places() -> tuple[Place, ...]:
    """Every place where something sealed stands that leads to a session or a visitor."""
    return tuple(place for name in FIELDS if name not in BY_HAND for place in _places_of(name))


def _places_of(name: str) -> Iterable[Place]:
    try:
        model = apps.get_model("counseling", name)
    except LookupError:  # the house's own, in accounts
        return
    to_session, to_visitor = _ways(model)
    for kept in KINDS:
        columns = tuple(
            column
            for column, (level, how) in FIELDS[name].items()
            if how == kept and level in SEALED and isinstance(model._meta.get_field(column), BinaryField)
        )
        if columns and to_visitor:
            yield Place(model, kept, columns, to_session, to_visitor)


def _ways(model: type[Model]) -> tuple[Ways, Ways]:
    """How rows lead to a session, and how to a visitor: by keys of their own, or by those of what they belong to."""
    if model is Session:
        return ("pk",), ("visitor",)
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    to_session = tuple(key.name for key in keys if key.related_model is Session)
    to_visitor = tuple(key.name for key in keys if key.related_model is Visitor)
    if to_session or to_visitor:
        return to_session, (*to_visitor, *(f"{name}__visitor" for name in to_session))
    for key in keys:
        if not key.null and isinstance(key.related_model, type) and key.related_model is not model:
            sessions, visitors = _ways(key.related_model)
            if visitors:
                return tuple(f"{key.name}__{way}" for way in sessions), tuple(f"{key.name}__{way}" for way in visitors)
    return (), ()


def of_sessions(kind: str, session_ids: Collection[int]) -> int:
    """Empty this kind of what these sessions hold: how many rows."""
    found = (place for place in places() if KINDS[place.kept] == kind and place.kept != Kept.KEY and place.to_session)
    return sum(place.rows(place.to_session, session_ids).update(**_emptied(place)) for place in found)


def of_visitors(visitor_ids: Collection[int]) -> Counter[str]:
    """Empty everything sealed of these visitors: how many rows of each kind."""
    gone: Counter[str] = Counter()
    for place in places():
        gone[KINDS[place.kept]] += place.rows(place.to_visitor, visitor_ids).update(**_emptied(place))
    return gone


def held_by(visitor_ids: Collection[int]) -> Counter[str]:
    """How many rows of each kind hold something sealed of these visitors: what of_visitors would empty."""
    holds: Counter[str] = Counter()
    for place in places():
        holds[KINDS[place.kept]] += place.rows(place.to_visitor, visitor_ids).count()
    return holds


def _emptied(place: Place) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(place.columns, b"")
    return empty | {"state": AttachmentState.GONE} if place.model is Attachment else empty


def _either(conditions: Iterable[tuple[str, Any]]) -> Q:
    either = Q(pk__in=())
    for condition in conditions:
        either |= Q(condition)
    return either
