"""A person is erased (削除): their key destroyed, everything sealed emptied, and nothing left that finds them.

First the database forgets, in one transaction; then the halves in the vault are destroyed, which the sweep goes on with
where a process died in between. Codes, times and the audit stay: figures survive. Who writes next is somebody new.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Collection

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import AuditEntry, User
from accounts.roles import Right
from counseling import crypto, permissions
from counseling.actions import erasing, key_shares
from counseling.feeds import keeping as feed
from counseling.models import DoomedHalf, EntryLink, Erasure, InboundEvent, ReturnCode, Session, Trace, Visitor
from counseling.models.delivery import InboundState
from counseling.models.keeping import Checked, Why
from counseling.models.program import ChannelKind

NAME_BYTES = 32  # as long as a keyed hash


class UnderHold(Exception):
    """A legal hold keeps something of this person."""


class StillOpen(Exception):
    """A talk, a record, a sheet, a call, a follow-up or a connection of this person is not over."""


@transaction.atomic
def erase(*, visitor_id: int, by: User, why: Why, checked: Checked, address: str | None = None) -> Erasure:
    """Erase this person for good, also who they are at LINE or on our page. Twice is the same: the first one stands.

    Raises permissions.NotVisible, UnderHold, StillOpen.
    """
    family = locked_family(visitor_id)
    visitor = next((one for one in family if one.pk == visitor_id), None)
    if visitor is None:
        raise permissions.NotVisible
    permissions.require(by, Right.CONFIGURE, visitor.program_id)
    if done := Erasure.objects.filter(visitor=visitor).first():
        return done
    refuse(family)
    erased = Erasure.objects.create(program_id=visitor.program_id, visitor=visitor, why=why, checked=checked, by=by)
    forget(family, erased)
    audit.note(
        Deed.PERSON_ERASED, by=by, subject=f"visitor:{visitor.pk}", program_id=visitor.program_id, address=address,
        why=why.value, checked=checked.value, **erased.counts,
    )  # fmt: skip
    return erased


def locked_family(visitor_id: int) -> list[Visitor]:
    """The visitor and who they are behind the other door, locked: their words wait until the transaction ends."""
    visitor = Visitor.objects.filter(pk=visitor_id).first()
    family = feed.family_of(visitor) if visitor else []
    rows = Visitor.objects.select_for_update(of=("self",), no_key=True).select_related("channel")
    return list(rows.filter(pk__in=family).order_by("pk"))


def refuse(family: Collection[Visitor]) -> None:
    """Raises UnderHold, StillOpen where this person may not be erased now."""
    now = timezone.now()
    rows = Visitor.objects.filter(pk__in=[one.pk for one in family])
    if rows.filter(feed.held_visitors(now)).exists():
        raise UnderHold
    if rows.filter(feed.occupied_visitors(now)).exists():
        raise StillOpen


def forget(family: Collection[Visitor], erased: Erasure | None = None) -> Counter[str]:
    """Empty all of these visitors and doom their halves; what went, in counts. The caller holds their locks."""
    ids = [one.pk for one in family]
    stays = stays_of(ids)
    gone = erasing.of_visitors(ids)
    gone["addresses"] += Trace.objects.filter(session__visitor__in=ids).delete()[0]
    EntryLink.objects.filter(visitor__in=ids).delete()
    ReturnCode.objects.filter(visitor__in=ids).delete()
    for visitor in family:
        gone["contacts"] += _unname(visitor, lambda _nobody: b"")
        gone["keys"] += int(bool(visitor.wrapped_key))
    doom([one.share for one in family if one.share], erased)
    if erased:
        erased.counts, erased.stays = {kind: gone[kind] for kind in sorted(gone) if gone[kind]}, stays
        erased.save(update_fields=["counts", "stays"])
    return gone


def stays_of(visitor_ids: Collection[int]) -> dict[str, int]:
    """What no erasure touches, in counts: talks in the figures, rows in the audit log."""
    talks = list(Session.objects.filter(visitor__in=visitor_ids).values_list("pk", flat=True))
    subjects = [f"session:{pk}" for pk in talks] + [f"visitor:{pk}" for pk in visitor_ids]
    return {"figures": len(talks), "audit": AuditEntry.objects.filter(subject__in=subjects).count()}


def forget_contact(visitor: Visitor) -> int:
    """What finds the visitor outside goes; their key is wrapped for a name nobody has, and opens as before.

    0 where nothing did, or where the key does not open: a vault that is away must not cost somebody's words.
    """
    if not visitor.identity:
        return 0
    try:
        key = visitor.key()
    except crypto.CannotOpen:
        return 0
    return _unname(visitor, lambda nobody: crypto.wrap(key, visitor.place_for(nobody), visitor.share))


def _unname(visitor: Visitor, wrapped_for: Callable[[str], bytes]) -> int:
    """Nobody is found by this row any more: who comes back is somebody new. 1 where anybody was."""
    _forget_events(visitor)
    nobody = secrets.token_hex(NAME_BYTES)
    rows = Visitor.objects.filter(pk=visitor.pk)
    rows.update(identity=b"", identity_hash=nobody, wrapped_key=wrapped_for(nobody))
    return int(bool(visitor.identity))


def _forget_events(visitor: Visitor) -> None:
    """Events of theirs that could not be read are kept sealed until somebody looks: they go, too."""
    if visitor.channel.kind != ChannelKind.LINE:
        return
    try:
        source = crypto.keyed_hash(visitor.address(), "line.user")
    except crypto.CannotOpen:
        return
    failed = InboundEvent.objects.filter(channel=visitor.channel_id, source=source, state=InboundState.FAILED)
    failed.update(body=b"")


def doom(shares: Collection[str], erased: Erasure | None = None) -> None:
    """These halves are to be destroyed: after the commit, and by the sweep where a process dies before."""
    DoomedHalf.objects.bulk_create([DoomedHalf(share=one, erasure=erased) for one in shares], ignore_conflicts=True)
    transaction.on_commit(key_shares.destroy_doomed, robust=True)


@transaction.atomic
def certify(*, erasure_id: int, by: User, digest: str, address: str | None = None) -> None:
    """`by` takes the certificate with this digest along: the audit log can say later whether a paper is that one.

    Raises permissions.NotVisible.
    """
    erased = Erasure.objects.filter(pk=erasure_id).exclude(finished_at=None).first()
    if erased is None:
        raise permissions.NotVisible
    permissions.require(by, Right.CONFIGURE, erased.program_id)
    subject = f"visitor:{erased.visitor_id}"
    audit.note(
        Deed.ERASURE_CERTIFIED, by=by, subject=subject, program_id=erased.program_id, address=address, digest=digest
    )
