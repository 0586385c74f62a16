"""Editions: every version is kept, the newest is in force, a sitting keeps what was."""

import pytest

from accounts.models import AuditEntry, User
from counseling.actions import editions
from counseling.actions.editions import InvalidContent, NewerEdition
from counseling.models import Edition, Part, Program, Session
from counseling.models.edition import content, number, text_for
from counseling.permissions import NotVisible
from tests.conftest import Say

FAREWELL = {"ja": {"farewell": "またお話ししましょう。"}}


def publish(program: Program, by: User, words: object = FAREWELL, based_on: int | None = None) -> Edition:
    return editions.publish(program_id=program.pk, part=Part.TEXTS, content=words, by=by, based_on=based_on)


def test_what_is_published_is_told_from_then_on(program: Program, aoi: User) -> None:
    publish(program, aoi)
    program.refresh_from_db()
    assert text_for(program, "farewell") == "またお話ししましょう。"


def test_every_version_is_kept(program: Program, aoi: User) -> None:
    publish(program, aoi)
    second = publish(program, aoi, {"ja": {"farewell": "ありがとう。"}})
    assert second.number == 2
    assert list(Edition.objects.filter(part=Part.TEXTS).values_list("number", flat=True)) == [1, 2]


def test_the_same_again_is_no_new_version(program: Program, aoi: User) -> None:
    assert publish(program, aoi).pk == publish(program, aoi).pk


def test_a_sitting_keeps_the_versions_it_began_with(program: Program, aoi: User, sora_says: Say) -> None:
    terms = program.editions[Part.TERMS]
    session = sora_says()
    editions.publish(program_id=program.pk, part=Part.TERMS, content={"ja": "新しい規約"}, by=aoi)
    kept = Session.objects.get(pk=session.pk).editions
    assert kept[Part.TERMS] == terms
    assert (content(kept, Part.TERMS), number(kept, Part.TERMS)) == ({"ja": "匿名・無料です。"}, 1)


def test_who_did_it_is_told_to_the_audit(program: Program, aoi: User) -> None:
    publish(program, aoi)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor_id, entry.deed, entry.details) == (
        aoi.pk, "program.changed", {"did": "published", "fields": ["texts"], "version": 1},
    )  # fmt: skip


@pytest.mark.parametrize("who", ["haru", "mio", "kei"])
def test_only_the_administration_publishes(program: Program, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        publish(program, request.getfixturevalue(who))


def test_words_that_cannot_be_told_change_nothing(program: Program, aoi: User) -> None:
    with pytest.raises(InvalidContent):
        publish(program, aoi, {"ja": {"off_hours": "{secret}"}})
    assert not Edition.objects.filter(part=Part.TEXTS).exists()


def test_what_a_colleague_published_meanwhile_is_not_overwritten(program: Program, aoi: User) -> None:
    publish(program, aoi)
    with pytest.raises(NewerEdition):
        publish(program, aoi, {"ja": {"farewell": "ありがとう。"}}, based_on=0)
