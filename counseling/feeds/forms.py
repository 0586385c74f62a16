"""What a form's builder needs to know: its versions, and what was answered in it. Reading only."""

from collections.abc import Iterable

from django.db.models import Count, Q

from counseling.forms import Form
from counseling.forms.reading import look
from counseling.models import Edition, Part, Program, Session
from counseling.models.edition import content


def kept(program: Program, part: Part) -> Form:
    """The form in force, as far as it can be read: one kept under older rules is shown, so that it can be mended."""
    stored = content(program.editions, part)
    return look(stored)[0] if stored else Form()


def in_force(program: Program, parts: Iterable[Part]) -> dict[Part, Edition]:
    """The versions in force of these parts, each with who made it."""
    wanted = [pk for part in parts if (pk := program.editions.get(part))]
    found = Edition.objects.filter(pk__in=wanted).select_related("made_by")
    return {Part(one.part): one for one in found}


def versions(program_id: int, part: Part) -> dict[int, Form]:
    """Every version of a form, by its number."""
    rows = Edition.objects.filter(program=program_id, part=part).order_by("number")
    return {number: look(stored)[0] for number, stored in rows.values_list("number", "content")}


def answered(program_id: int, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """In how many sittings a question (key, "") or one of its choices (key, code) was answered before the talk.

    Only answers in codes are counted: what is in the visitors' own words is sealed. Trials are not.
    """
    pairs = list(wanted)
    if not pairs:
        return {}
    sittings = Session.objects.filter(program=program_id, trial=False)
    counts = {f"n{place}": Count("pk", filter=_with(*pair)) for place, pair in enumerate(pairs)}
    found = sittings.aggregate(**counts)
    return {pair: found[f"n{place}"] for place, pair in enumerate(pairs)}


def _with(key: str, code: str) -> Q:
    if not code:
        return Q(attributes__has_key=key)
    return Q(attributes__contains={key: code}) | Q(attributes__contains={key: [code]})
