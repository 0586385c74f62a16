"""A disclosure is chosen piece by piece: nothing goes out that nobody looked through, and nothing outlives its week."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling import permissions
from counseling.actions import disclosures, erasures, forgetting, sessions
from counseling.lifecycle import EndReason
from counseling.models import Disclosure, Message, Session
from counseling.models.keeping import Checked, Why
from counseling.models.rights import Making, Part
from counseling.pages.disclosure_papers import papers_of, pieces_of
from counseling.text import UnacceptableText
from tests.conftest import Say
from tests.counseling.actions import recorded

PAPERS = {"000-index.pdf": {"title": "x", "says": [], "facts": [], "messages": [], "tables": []}}


@pytest.fixture
def closed(active: Session, haru: User) -> Session:
    """Sora's talk, over and recorded."""
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    recorded.ask(active.program)
    recorded.filed(active, haru)
    return Session.objects.select_related("visitor", "program").get(pk=active.pk)


def ask(session: Session, by: User, **other: Any) -> Disclosure:
    given: dict[str, Any] = {"client_id": uuid4(), "checked": Checked.PAPER, "words": "運転免許証", "parts": list(Part)}
    return disclosures.ask(visitor_id=session.visitor_id, by=by, **given | other)


def chosen(session: Session, by: User, *left_out: str) -> Disclosure:
    """Asked for, and looked through."""
    made = ask(session, by)
    return disclosures.leave_out(disclosure_id=made.pk, by=by, session_id=session.pk, names=left_out)


def ready(session: Session, by: User) -> Disclosure:
    made = chosen(session, by)
    disclosures.make(disclosure_id=made.pk, by=by, papers=PAPERS, left_out=[])
    assert disclosures.carry_on() == 1
    made.refresh_from_db()
    assert made.state == Making.READY
    return made


def test_words_record_and_answers_are_each_a_piece(closed: Session, mio: User) -> None:
    made = ask(closed, mio)
    told = {(one.part, one.text) for one in pieces_of(closed, made)}
    assert (Part.SAID, "聞いてほしいことがあります") in told
    assert (Part.RECORD, "仕事がつらいとのこと") in told


def test_what_is_left_out_is_said_where_it_stood(closed: Session, mio: User) -> None:
    name = f"{closed.pk}.record.summary"
    papers = papers_of(chosen(closed, mio, name))
    assert "仕事がつらいとのこと" not in str(papers)
    record = dict(
        next(rows for title, rows in papers[f"001-talk-{closed.number}.pdf"]["tables"] if title == "相談記録")
    )
    assert record["概要"] == "(ほかの方のことばを含むため、除いています)"
    assert "1件" in str(papers["000-index.pdf"]["says"])


def test_nothing_is_made_of_a_talk_nobody_looked_through(closed: Session, mio: User) -> None:
    made = ask(closed, mio)
    with pytest.raises(disclosures.NotLooked):
        disclosures.make(disclosure_id=made.pk, by=mio, papers=PAPERS, left_out=[])


def test_a_talk_that_began_meanwhile_is_looked_through_too(closed: Session, mio: User, sora_says: Say) -> None:
    made = chosen(closed, mio)
    sora_says("またお話ししたいです")
    with pytest.raises(disclosures.NotLooked):
        disclosures.make(disclosure_id=made.pk, by=mio, papers=PAPERS, left_out=[])
    made.refresh_from_db()
    assert made.state == Making.CHOOSING


def test_what_somebody_else_left_out_meanwhile_is_not_given(closed: Session, mio: User) -> None:
    made = chosen(closed, mio)
    papers = papers_of(made)
    disclosures.leave_out(disclosure_id=made.pk, by=mio, session_id=closed.pk, names=[f"{closed.pk}.message.1"])
    with pytest.raises(disclosures.Changed):
        disclosures.make(disclosure_id=made.pk, by=mio, papers=papers, left_out=[])


def test_another_talks_pieces_are_not_touched(closed: Session, mio: User, sora_says: Say) -> None:
    made = chosen(closed, mio, f"{closed.pk}.message.1")
    second = sora_says("もうひとつ")
    made = disclosures.leave_out(
        disclosure_id=made.pk, by=mio, session_id=second.pk, names=[f"{second.pk}.message.2", f"{closed.pk}.message.9"]
    )
    assert made.left_out == sorted([f"{closed.pk}.message.1", f"{second.pk}.message.2"])
    assert made.looked == sorted([closed.pk, second.pk])


def test_another_persons_talk_is_not_found(closed: Session, mio: User, sora_says: Say) -> None:
    made, other = ask(closed, mio), sora_says("別の方", identity="U" + "0b" * 16)
    with pytest.raises(permissions.NotVisible):
        disclosures.leave_out(disclosure_id=made.pk, by=mio, session_id=other.pk, names=[])


def test_what_is_made_does_not_change_any_more(closed: Session, mio: User) -> None:
    made = ready(closed, mio)
    with pytest.raises(disclosures.TooLate):
        disclosures.leave_out(disclosure_id=made.pk, by=mio, session_id=closed.pk, names=[])
    assert disclosures.make(disclosure_id=made.pk, by=mio, papers={}, left_out=[]).digest == made.digest


def test_asked_twice_is_one(closed: Session, mio: User) -> None:
    of: dict[str, Any] = {"client_id": uuid4()}
    assert ask(closed, mio, **of) == ask(closed, mio, **of)
    assert AuditEntry.objects.filter(deed="disclosure.asked").count() == 1


@pytest.mark.parametrize("wrong", [{"parts": []}, {"checked": Checked.NONE}])
def test_who_was_not_made_sure_of_is_given_nothing(wrong: dict[str, Any], closed: Session, mio: User) -> None:
    with pytest.raises(disclosures.NothingChosen):
        ask(closed, mio, **wrong)


def test_how_it_was_made_sure_is_written_down(closed: Session, mio: User) -> None:
    with pytest.raises(UnacceptableText):
        ask(closed, mio, words=" ")


@pytest.mark.parametrize("who", ["haru", "ren", "aoi", "kei", "nao"])
def test_only_supervisors_give_out(who: str, closed: Session, mio: User, request: pytest.FixtureRequest) -> None:
    by, made = request.getfixturevalue(who), ready(closed, mio)
    of: dict[str, Any] = {"disclosure_id": made.pk, "by": by}
    with pytest.raises(permissions.NotVisible):
        ask(closed, by)
    with pytest.raises(permissions.NotVisible):
        disclosures.leave_out(session_id=closed.pk, names=[], **of)
    with pytest.raises(permissions.NotVisible):
        disclosures.make(papers=PAPERS, left_out=[], **of)
    with pytest.raises(permissions.NotVisible):
        disclosures.take(**of)


def test_each_taking_is_told_to_the_audit(closed: Session, mio: User) -> None:
    made = ready(closed, mio)
    for _twice in range(2):
        assert disclosures.take(disclosure_id=made.pk, by=mio).startswith(b"PK")
    entries = AuditEntry.objects.filter(deed="disclosure.taken")
    assert [entry.details["digest"] for entry in entries] == [made.digest] * 2


def test_after_a_week_it_is_gone_by_the_sweep(closed: Session, mio: User) -> None:
    assert disclosures.carry_on in forgetting.PARTS
    made = ready(closed, mio)
    assert made.ends_at == made.ready_at + timedelta(days=7)  # type: ignore[operator]
    Disclosure.objects.update(ends_at=timezone.now())
    with pytest.raises(permissions.NotVisible):
        disclosures.take(disclosure_id=made.pk, by=mio)
    assert disclosures.carry_on() == 1
    made.refresh_from_db()
    assert (made.state, bytes(made.content)) == (Making.OVER, b"")


@pytest.mark.parametrize("state", [Making.CHOOSING, Making.MAKING, Making.READY])
def test_it_goes_with_who_is_erased(state: Making, closed: Session, mio: User, aoi: User) -> None:
    made = ready(closed, mio)
    Disclosure.objects.update(state=state)
    erasures.erase(visitor_id=closed.visitor_id, by=aoi, why=Why.REQUEST, checked=Checked.PAPER)
    assert disclosures.carry_on() == 1
    assert disclosures.carry_on() == 0
    made.refresh_from_db()
    assert (made.state, bytes(made.content), bytes(made.checked_words)) == (Making.OVER, b"", b"")
    with pytest.raises(permissions.NotVisible):
        ask(closed, mio)


def test_words_that_were_taken_back_are_no_piece(closed: Session, mio: User) -> None:
    Message.objects.filter(author="visitor").update(unsent_at=timezone.now())
    assert [one for one in pieces_of(closed, ask(closed, mio)) if one.part == Part.SAID] == []
