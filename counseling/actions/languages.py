"""Which languages a program speaks with its visitors, and in which of them readings are shown."""

from collections.abc import Collection, Sequence

from django.db import transaction

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import events, permissions
from counseling.actions.programs import ChangedMeanwhile
from counseling.languages import JAPANESE, LANGUAGES
from counseling.models import Program


class CannotOffer(Exception):
    """Japanese is missing, in which everything is told that has no other words, or a language is not known."""


@transaction.atomic
def offer(
    *, program_id: int, languages: Sequence[str], furigana: Collection[str], by: User, shown: str | None = None
) -> list[str]:
    """Speak these languages, the first one where a visitor chose none; the names of what that changed.

    `shown` is the fingerprint of what `by` looked at. Raises permissions.NotVisible, ChangedMeanwhile, CannotOffer.
    """
    permissions.require(by, Right.CONFIGURE, program_id)
    spoken = list(dict.fromkeys(languages))
    read = [code for code in LANGUAGES if code in furigana]
    if JAPANESE not in spoken or not set(spoken) | set(furigana) <= set(LANGUAGES):
        raise CannotOffer
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    if shown is not None and shown != fingerprint(program):
        raise ChangedMeanwhile
    wanted = {"languages": spoken, "furigana": read}
    changed = [name for name, value in wanted.items() if getattr(program, name) != value]
    if not changed:
        return []
    program.languages, program.furigana = spoken, read
    program.save(update_fields=changed)
    events.ring(events.board_group(program_id))
    audit.note(
        Deed.PROGRAM_CHANGED, by=by, subject=f"program:{program_id}", program_id=program_id, did="changed",
        fields=changed,
    )  # fmt: skip
    return changed


def fingerprint(program: Program) -> str:
    """Tells whether the program's languages are still those somebody looked at."""
    return f"{','.join(program.languages)}|{','.join(program.furigana)}"
