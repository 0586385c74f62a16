"""The page with words that suggest danger: a program's own, those it leaves out, a sentence to try, versions."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from counseling.actions import editions
from counseling.models import Edition, Part, Program, Session
from counseling.triage import Risk
from tests.conftest import Say

pytestmark = pytest.mark.django_db
PAGE = "/programs/women/danger-words/"
EMPTY = {"based_on": "0", "left_out": "", "sample": ""}


@pytest.fixture
def office(signed_in: Callable[[User], Client], aoi: User, program: Program) -> Client:
    """Aoi's browser."""
    return signed_in(aoi)


def in_force() -> object:
    """What the program has."""
    edition = Edition.objects.filter(pk=Program.objects.get().editions.get(Part.DANGER_WORDS)).first()
    return edition and edition.content


def text_of(client: Client, **typed: str) -> str:
    """The page after these were sent."""
    return client.post(PAGE, EMPTY | typed).content.decode()


def test_the_houses_words_stand_there_to_read(office: Client) -> None:
    page = office.get(PAGE).content.decode()
    assert "いまは、もとからのことばだけを探しています" in page
    assert "飛び降り" in page


def test_a_word_of_ones_own_raises_the_risk_from_now_on(office: Client, sora_says: Say) -> None:
    office.post(PAGE, EMPTY | {"suicide_3": "海へ行く\n あの橋 \n"})
    added = [{"pattern": pattern, "level": 3, "meaning": "suicide"} for pattern in ("海へ行く", "あの橋")]
    assert in_force() == {"added": added, "left_out": []}
    sora_says("今日、うみへ行くね")
    assert Session.objects.get().risk == Risk.NONE
    sora_says("やっぱり 海へ 行く")
    assert Session.objects.get().risk == Risk.HIGH


def test_a_word_left_out_is_looked_for_no_more(office: Client, sora_says: Say) -> None:
    office.post(PAGE, EMPTY | {"left_out": "助けて"})
    sora_says("だれか助けてくれる人を探しています")
    assert Session.objects.get().risk == Risk.NONE


def test_who_changed_them_stands_in_the_audit(office: Client, aoi: User) -> None:
    office.post(PAGE, EMPTY | {"violence_2": "なぐさめもの"})
    entry = AuditEntry.objects.get(deed="program.changed")
    assert (entry.actor_id, entry.details["fields"]) == (aoi.pk, ["danger_words"])


def test_a_sentence_shows_what_is_found_and_saves_nothing(office: Client) -> None:
    page = text_of(office, sample="もう<b>海へ行く</b>", suicide_3="海へ行く", **{"try": "1"})
    assert "<mark>海へ行く <small>(死にたい気持ち・高)</small></mark>" in page
    assert "&lt;b&gt;" in page
    assert in_force() is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"suicide_3": "。。。"}, "「。。。」は使えません"),
        ({"suicide_1": "あ" * 61}, "60文字まで"),
        ({"suicide_3": "海へ行く", "violence_1": "海へ 行く"}, "二度出てきます"),
        ({"left_out": "りんご"}, "もとからのことばの中にありません"),
        ({"self_harm_2": "\n".join(f"ことば{number}" for number in range(501))}, "500個まで"),
    ],
)
def test_what_cannot_be_looked_for_is_told_and_stays_as_typed(office: Client, typed: dict[str, str], says: str) -> None:
    page = text_of(office, **typed)
    assert says in page
    assert all(word.split("\n")[0] in page for word in typed.values())
    assert in_force() is None


def test_who_is_second_sees_what_the_first_saved_and_loses_nothing(office: Client, program: Program, aoi: User) -> None:
    first = {"added": [{"pattern": "あの橋", "level": 3, "meaning": "suicide"}], "left_out": []}
    editions.publish(program_id=program.pk, part=Part.DANGER_WORDS, content=first, by=aoi)
    page = text_of(office, suicide_3="海へ行く")
    assert "ほかの人が保存しました" in page
    assert "あの橋" in page
    assert "海へ行く" in page
    assert in_force() == first
    office.post(PAGE, EMPTY | {"based_on": "1", "suicide_3": "海へ行く\nあの橋"})
    assert Edition.objects.filter(part=Part.DANGER_WORDS).count() == 2


def test_the_history_says_what_changed_and_an_earlier_version_is_used_again(office: Client) -> None:
    office.post(PAGE, EMPTY | {"suicide_3": "海へ行く"})
    office.post(PAGE, EMPTY | {"based_on": "1", "suicide_3": "あの橋", "left_out": "助けて"})
    history = office.get("/programs/women/editions/danger_words/").content.decode()
    for words in ("死にたい気持ち・緊急度 高", "海へ行く", "あの橋", "探さないことば", "助けて"):
        assert words in history


@pytest.mark.parametrize("who", ["haru", "mio", "kei", "nao"])
def test_only_administrators_see_the_page(
    program: Program, signed_in: Callable[[User], Client], who: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    answer = signed_in(user).get(PAGE)
    assert answer.status_code in {302, 404}
