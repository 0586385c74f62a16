"""The vault's halves of visitors' keys: given to visitors from before there was a vault, and all of them looked at."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from counseling import crypto, vault
from counseling.models import DoomedHalf, Erasure, Visitor
from counseling.vault import Standing

BATCH = 200


class KeyState(StrEnum):
    """How a visitor's key stands."""

    OPENS = "opens"
    WITHOUT_HALF = "without half"
    ERASED = "erased"
    # An older database was restored: the half was destroyed after that backup was made.
    ERASED_SINCE = "erased since"
    MISSING = "half missing"
    BROKEN = "does not open"


LOST = (KeyState.MISSING, KeyState.BROKEN)


def adopt() -> int:
    """Give halves to those who have none yet; how many got one."""
    waiting = Visitor.objects.filter(share="").exclude(wrapped_key=b"").order_by("pk")
    return sum(_adopt(pk) for pk in list(waiting.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _adopt(visitor_id: int) -> int:
    """The data key stays: no word is sealed anew. The half is on the disk before the row names it."""
    visitor = Visitor.objects.select_for_update(of=("self",), no_key=True).get(pk=visitor_id)
    if visitor.share or not visitor.wrapped_key:
        return 0
    key, share = visitor.key(), vault.make()
    wrapped = crypto.wrap(key, visitor.place_of_key, share)
    return Visitor.objects.filter(pk=visitor_id).update(share=share, wrapped_key=wrapped)


def destroy_doomed() -> int:
    """Destroy the halves that are owed to be; how many. Twice is the same, and so is dying in the middle."""
    owed = list(DoomedHalf.objects.order_by("pk")[:BATCH])
    for doomed in owed:
        vault.destroy(doomed.share)
        doomed.delete()
    Erasure.objects.filter(finished_at=None, halves=None).update(finished_at=timezone.now())
    return len(owed)


def examine() -> Counter[KeyState]:
    """How every visitor's key stands."""
    return Counter(state_of(visitor) for visitor in _all_visitors())


def state_of(visitor: Visitor) -> KeyState:
    """How the key of one visitor stands."""
    if not visitor.wrapped_key:
        return KeyState.ERASED
    standing = vault.standing(visitor.share) if visitor.share else Standing.KEPT
    if standing == Standing.DESTROYED:
        return KeyState.ERASED_SINCE
    if standing == Standing.MISSING:
        return KeyState.MISSING
    try:
        visitor.key()
    except crypto.CannotOpen:
        return KeyState.BROKEN
    return KeyState.OPENS if visitor.share else KeyState.WITHOUT_HALF


def _all_visitors() -> Iterator[Visitor]:
    rows = Visitor.objects.only("identity_hash", "wrapped_key", "share").order_by("pk")
    yield from rows.iterator(chunk_size=1_000)


def prepare() -> None:
    """Make KEYS_DIR a vault. Raises vault.NotAVault where the halves that the database names must lie elsewhere."""
    if vault.is_prepared():
        return
    if Visitor.objects.exclude(share="").exists():
        raise vault.NotAVault(settings.KEYS_DIR)
    vault.prepare()
