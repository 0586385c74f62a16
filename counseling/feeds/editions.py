"""The versions of a part of a program, newest first."""

from counseling.models import Edition, Part


def versions(program_id: int, part: Part, count: int, before: int | None = None) -> list[Edition]:
    """The next `count` versions below the number `before`, each with who made it."""
    rows = Edition.objects.filter(program=program_id, part=part).select_related("made_by").order_by("-number")
    return list((rows if before is None else rows.filter(number__lt=before))[:count])


def version(program_id: int, part: Part, number: int) -> Edition | None:
    """One version; None where there is none of that number."""
    return Edition.objects.filter(program=program_id, part=part, number=number).first()
