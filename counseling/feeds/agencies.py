"""A program's directory of agencies: found by words, kind and area, the likeliest first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from counseling.agencies import NATIONWIDE, Area, Wanted, wanted
from counseling.events import AgencyList, AgencyView
from counseling.models import Agency, AgencyKind
from counseling.text import normalise

Agencies = QuerySet[Agency]
Order = list[Case]
MOST_TOLD = 20
MOST_WORDS = 8


@dataclass(frozen=True)
class Search:
    """What is looked for; an empty field looks for anything."""

    words: str = ""
    kind: str = ""
    area: str = ""
    retired: bool = False

    def terms(self) -> list[str]:
        """The words, folded as agencies are."""
        folded = (normalise(word).text for word in self.words.split()[:MOST_WORDS])
        return [word for word in folded if word]


def found(program_id: int, search: Search) -> Agencies:
    """The agencies that fit, the likeliest first: by name, nearest area, kind in the order of AgencyKind.

    One query more where an area is given.
    """
    rows = Agency.objects.filter(program=program_id, retired_at__isnull=not search.retired)
    if search.kind:
        rows = rows.filter(kind=search.kind)
    terms = search.terms()
    for term in terms:
        rows = rows.filter(Q(folded__contains=term) | Q(kind__in=_kinds_named(term)))
    rows, distance = _within(rows, program_id, wanted(search.area))
    return rows.order_by(*_closeness(terms), *distance, KIND_ORDER, "folded_name", "pk")


KIND_ORDER = Case(
    *(When(kind=kind.value, then=Value(place)) for place, kind in enumerate(AgencyKind)), output_field=IntegerField()
)


def _kinds_named(term: str) -> list[str]:
    return [kind.value for kind in AgencyKind if term in normalise(str(kind.label)).text]


def _closeness(terms: list[str]) -> Order:
    """The name begins with the first word; it holds all of them; they stand elsewhere."""
    if not terms:
        return []
    whole = Q(*(Q(folded_name__contains=term) for term in terms))
    return _first(Q(folded_name__startswith=terms[0]) & whole, whole)


def _first(*conditions: Q) -> Order:
    """Rows for which the first of these holds, then the second, and so on."""
    places = (When(condition, then=Value(place)) for place, condition in enumerate(conditions))
    return [Case(*places, default=Value(len(conditions)), output_field=IntegerField())]


def _within(rows: Agencies, program_id: int, area: Wanted | None) -> tuple[Agencies, Order]:
    """Those who serve the area, and how near they are to it: who names it, the prefecture around it, the country."""
    if area is None:
        return rows, []
    nationwide, whole = Q(prefecture=""), Q(municipalities=[])
    if not area.places:
        if not area.prefecture:
            return rows.filter(nationwide), []
        here = Q(prefecture=area.prefecture)
        return rows.filter(here | nationwide), _first(here & whole, here)
    named = Q(*(Q(places__contains=f"/{place}") for place in area.places), _connector=Q.OR) & ~nationwide
    around = Q(prefecture__in=_prefectures_around(program_id, area, named)) & whole
    if area.prefecture:
        named &= Q(prefecture=area.prefecture)
    return rows.filter(named | around | nationwide), _first(named & ~whole, named, around)


def _prefectures_around(program_id: int, area: Wanted, named: Q) -> list[str]:
    """The prefectures in which the area may lie: as somebody said, as the directory knows, or its only one."""
    if area.prefecture:
        return [area.prefecture]
    there = Agency.objects.filter(program=program_id, retired_at=None).exclude(prefecture="").values("prefecture")
    counts = dict(there.annotate(count=Count("pk", filter=named)).values_list("prefecture", "count"))
    return [prefecture for prefecture, count in counts.items() if count or len(counts) == 1]


def agencies(program_id: int, search: Search) -> AgencyList:
    """What the console shows of a search: at most MOST_TOLD, and how many there are. Two queries, three by area."""
    rows, today = found(program_id, search), timezone.localdate()
    return {
        "agencies": [agency_view(agency, today) for agency in rows[:MOST_TOLD]],
        "count": rows.order_by().count(),
    }


def agency_view(agency: Agency, today: date) -> AgencyView:
    """One agency as counselors read it."""
    return {
        "id": agency.pk,
        "name": agency.name,
        "kind": agency.kind,
        "area": area_words(agency.area),
        "telephones": agency.telephones,
        "web": agency.web,
        "address": agency.address,
        "hours": agency.hours,
        "audience": agency.audience,
        "note": agency.note,
        "checked_on": agency.checked_on.isoformat() if agency.checked_on else None,
        "stale": agency.is_stale(today),
    }


def area_words(area: Area) -> str:
    """「全国」, 「神奈川県」 or 「神奈川県 横浜市・川崎市」."""
    if not area.prefecture:
        return _("全国")
    return " ".join(filter(None, (area.prefecture, "・".join(area.municipalities))))


def areas(program_id: int) -> list[str]:
    """The areas that the directory knows, to choose from: the country, prefectures, municipalities. One query."""
    known = Agency.objects.filter(program=program_id, retired_at=None).values_list("prefecture", "municipalities")
    pairs = list(known.distinct())
    prefectures = sorted({prefecture for prefecture, _names in pairs if prefecture})
    municipalities = sorted({name for _prefecture, names in pairs for name in names})
    return [NATIONWIDE, *prefectures, *municipalities] if pairs else []
