"""Which languages a program speaks: chosen by its administration, Japanese always among them."""

import pytest

from accounts.models import AuditEntry, User
from counseling.actions import languages
from counseling.actions.languages import CannotOffer, fingerprint
from counseling.actions.programs import ChangedMeanwhile
from counseling.models import Program
from counseling.permissions import NotVisible


def offer(
    program: Program, by: User, *codes: str, furigana: tuple[str, ...] = (), shown: str | None = None
) -> list[str]:
    return languages.offer(program_id=program.pk, languages=codes, furigana=furigana, by=by, shown=shown)


def test_the_languages_are_spoken_from_then_on(program: Program, aoi: User) -> None:
    assert offer(program, aoi, "ja-easy", "ja", "ne", furigana=("ja", "ja-easy")) == ["languages", "furigana"]
    program.refresh_from_db()
    assert (program.languages, program.furigana) == (["ja-easy", "ja", "ne"], ["ja", "ja-easy"])


def test_who_did_it_is_told_to_the_audit(program: Program, aoi: User) -> None:
    offer(program, aoi, "ja", "en", furigana=("ja-easy",))
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor_id, entry.deed, entry.details["fields"]) == (aoi.pk, "program.changed", ["languages"])


def test_the_same_again_changes_nothing(program: Program, aoi: User) -> None:
    offer(program, aoi, "ja", furigana=("ja-easy",))
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("codes", "furigana"), [(("en",), ()), ((), ()), (("ja", "xx"), ()), (("ja",), ("xx",))])
def test_what_cannot_be_spoken_is_refused(
    program: Program, aoi: User, codes: tuple[str, ...], furigana: tuple[str, ...]
) -> None:
    with pytest.raises(CannotOffer):
        offer(program, aoi, *codes, furigana=furigana)
    program.refresh_from_db()
    assert program.languages == ["ja"]


@pytest.mark.parametrize("who", ["haru", "mio", "kei", "nao"])
def test_only_the_administration_chooses(program: Program, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        offer(program, request.getfixturevalue(who), "ja", "en")


def test_what_a_colleague_chose_meanwhile_is_not_overwritten(program: Program, aoi: User) -> None:
    seen = fingerprint(program)
    offer(program, aoi, "ja", "en")
    with pytest.raises(ChangedMeanwhile):
        offer(program, aoi, "ja", "ko", shown=seen)
