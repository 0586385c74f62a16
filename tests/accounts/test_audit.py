"""The audit log: every deed is told, and none is told that nobody knows."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils.translation import override

from accounts import audit
from accounts.deeds import SENTENCES, Deed
from accounts.models import AuditEntry, User

pytestmark = pytest.mark.django_db


def test_each_row_holds_the_hash_of_the_row_before_it(haru: User) -> None:
    audit.note(Deed.LOGIN_SUCCEEDED, by=haru, address="192.0.2.7")
    audit.note_each(Deed.SESSION_READ, by=haru, about=[("session:1", 1), ("session:2", 1)])
    first, second, third = AuditEntry.objects.order_by("pk")
    assert [row.previous_hash for row in (first, second, third)] == [audit.START, first.hash, second.hash]


@pytest.mark.parametrize("address", ["192.0.2.7", "::ffff:192.0.2.7", "2001:DB8:0::1", "", None])
def test_a_row_read_again_has_the_hash_it_was_written_with(haru: User, address: str | None) -> None:
    audit.note(Deed.SESSION_READ, by=haru, subject="session:7", program_id=1, address=address, 場所="空", n=[1, 2.5])
    row = AuditEntry.objects.values().get()
    assert audit.hash_of(row) == row["hash"]


def test_an_unknown_deed_is_refused(haru: User) -> None:
    with pytest.raises(audit.UnknownDeed):
        audit.note("coffee.made", by=haru)


def test_nobody_known_may_be_the_one_who_did_it() -> None:
    audit.note(Deed.LOGIN_FAILED, by=None, mail="ab12")
    entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.actor_name) == (None, "")


def test_every_deed_has_its_sentence() -> None:
    with override("ja"):
        said = {deed: str(SENTENCES[deed]) % {"who": "三浦", "what": "相談 K7Q2"} for deed in Deed}
    assert all("ました" in sentence for sentence in said.values())
    assert len(set(said.values())) == len(said)


@pytest.mark.django_db(transaction=True)
def test_many_who_tell_at_once_make_one_chain() -> None:
    def tell(number: int) -> None:
        try:
            for deed in (Deed.SESSION_READ, Deed.VISITOR_READ):
                audit.note(deed, by=None, subject=f"session:{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(tell, range(24)))
    assert audit.verify().count == 48
