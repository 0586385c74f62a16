"""Programs as the administration writes them."""

from counseling.models import Program


def keep(*, program: Program, changed: list[str] | None = None) -> None:
    """Keep a new program, or only what was changed in it: the count of its sittings goes on meanwhile."""
    program.save(update_fields=changed)
