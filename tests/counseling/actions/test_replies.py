"""Keeping canned replies: whose they are, which shortcuts may stand beside one another, what is counted and told."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from counseling.actions import replies
from counseling.actions.programs import ChangedMeanwhile
from counseling.actions.replies import CannotKeep, Words, fingerprint
from counseling.feeds.replies import offered
from counseling.models import CannedReply, Program
from counseling.permissions import NotVisible

HELLO = Words("hello", "あいさつ", "こんにちは。")


def add(program: Program, by: User, words: Words = HELLO, *, own: bool = False) -> CannedReply:
    return replies.add(program_id=program.pk, owner=by if own else None, words=words, by=by)


def codes(refused: pytest.ExceptionInfo[CannotKeep]) -> list[tuple[str, str]]:
    return [(field, code) for field, code, _what in refused.value.problems]


@pytest.mark.parametrize("who", ["aoi", "mio"])
def test_administrators_and_supervisors_write_for_the_program(
    program: Program, who: str, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    reply = add(program, by)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.deed, entry.subject, entry.details) == ("replies.changed", f"reply:{reply.pk}", {"did": "added"})


@pytest.mark.parametrize("who", ["haru", "kei", "nao"])
def test_others_do_not(program: Program, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        add(program, request.getfixturevalue(who))


def test_a_counselors_own_are_theirs_alone(program: Program, haru: User, ren: User) -> None:
    reply = add(program, haru, own=True)
    assert [one["mine"] for one in offered(haru, program)] == [True]
    assert offered(ren, program) == []
    for change in (
        lambda: replies.change(reply_id=reply.pk, words=HELLO, by=ren),
        lambda: replies.remove(reply_id=reply.pk, by=ren),
        lambda: replies.note_use(program_id=program.pk, reply_id=reply.pk, by=ren),
    ):
        with pytest.raises(NotVisible):
            change()
    assert not AuditEntry.objects.exists()


def test_nobody_writes_in_anothers_name(program: Program, haru: User, mio: User) -> None:
    with pytest.raises(NotVisible):
        replies.add(program_id=program.pk, owner=haru, words=HELLO, by=mio)


def test_who_talks_with_nobody_has_none_of_their_own(program: Program, aoi: User) -> None:
    with pytest.raises(NotVisible):
        add(program, aoi, own=True)


def test_a_shortcut_is_once_within_what_one_sees(program: Program, aoi: User, haru: User, ren: User) -> None:
    add(program, aoi)
    with pytest.raises(CannotKeep) as twice:
        add(program, aoi)
    with pytest.raises(CannotKeep) as own:
        add(program, haru, own=True)
    assert codes(twice) == codes(own) == [("shortcut", "taken")]
    other = Words("mata", "また", "また。")
    add(program, haru, other, own=True)
    add(program, ren, other, own=True)
    # What somebody has for themselves is not the program's affair: they are told on their own page.
    add(program, aoi, other)


def test_the_database_holds_it_too(program: Program, aoi: User) -> None:
    add(program, aoi)
    with pytest.raises(IntegrityError), transaction.atomic():
        CannedReply.objects.create(program=program, shortcut="hello", title="二つめ", body="あ")


def test_a_reply_is_written_anew_and_may_keep_its_shortcut(program: Program, aoi: User) -> None:
    reply = add(program, aoi)
    replies.change(
        reply_id=reply.pk, words=Words("hello", "あいさつ", "はじめまして。"), by=aoi, shown=fingerprint(reply)
    )
    reply.refresh_from_db()
    assert reply.body == "はじめまして。"


def test_the_same_again_is_no_deed(program: Program, aoi: User) -> None:
    reply = add(program, aoi)
    replies.change(reply_id=reply.pk, words=HELLO, by=aoi)
    assert AuditEntry.objects.count() == 1


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten(program: Program, aoi: User, mio: User) -> None:
    reply = add(program, aoi)
    seen = fingerprint(reply)
    replies.change(reply_id=reply.pk, words=Words("hello", "あいさつ", "おはよう。"), by=mio)
    with pytest.raises(ChangedMeanwhile):
        replies.change(reply_id=reply.pk, words=HELLO, by=aoi, shown=seen)


def test_a_reply_is_removed_once(program: Program, aoi: User) -> None:
    reply = add(program, aoi)
    replies.remove(reply_id=reply.pk, by=aoi)
    assert AuditEntry.objects.latest("pk").details == {"did": "removed"}
    with pytest.raises(NotVisible):
        replies.remove(reply_id=reply.pk, by=aoi)


def test_no_more_than_five_hundred(program: Program, aoi: User) -> None:
    CannedReply.objects.bulk_create(
        CannedReply(program=program, shortcut=f"s{number}", title="題", body="文") for number in range(500)
    )
    with pytest.raises(CannotKeep) as refused:
        add(program, aoi)
    assert codes(refused) == [("", "too_many")]


def test_what_is_used_often_stands_first(program: Program, aoi: User, haru: User, far_program: Program) -> None:
    first, second = add(program, aoi), add(program, aoi, Words("mata", "また", "{program}より。"))
    replies.note_use(program_id=program.pk, reply_id=second.pk, by=haru)
    told = offered(haru, program)
    assert [one["id"] for one in told] == [second.pk, first.pk]
    assert told[0]["body"] == "女性のための相談より。"
    with pytest.raises(NotVisible):
        replies.note_use(program_id=far_program.pk, reply_id=second.pk, by=haru)


@pytest.fixture
def far_program(program: Program) -> Program:
    """A program in which nobody of the cast works."""
    return Program.objects.create(slug="far", name="遠く", kind="women", starts_on=program.starts_on)


def test_a_file_adds_and_writes_anew_and_takes_nothing_away(program: Program, aoi: User) -> None:
    add(program, aoi)
    add(program, aoi, Words("mata", "また", "また。"))
    rows = [Words("hello", "あいさつ", "おはよう。"), Words("new", "新しい", "文"), Words("mata", "また", "また。")]
    taken = replies.take_in(program_id=program.pk, owner=None, rows=rows, by=aoi)
    assert (taken.new, taken.changed) == (1, 1)
    kept = dict(CannedReply.objects.values_list("shortcut", "body"))
    assert kept == {"hello": "おはよう。", "mata": "また。", "new": "文"}
    assert AuditEntry.objects.latest("pk").details == {"did": "imported", "added": 1, "changed": 1}


def test_a_file_with_one_wrong_row_changes_nothing(program: Program, aoi: User, haru: User) -> None:
    add(program, aoi)
    rows = [Words("new", "新しい", "文"), Words("hello", "あいさつ", "わたしの")]
    with pytest.raises(CannotKeep):
        replies.take_in(program_id=program.pk, owner=haru, rows=rows, by=haru)
    assert CannedReply.objects.count() == 1
