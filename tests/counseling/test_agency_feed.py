"""What is found in the directory, and in which order."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counseling.agencies import KINDS, Area
from counseling.feeds.agencies import MOST_TOLD, Search, agencies, areas, found
from counseling.models import Agency, AgencyKind, Program
from tests.counseling.actions.directories import an_agency

pytestmark = pytest.mark.django_db
YOKOHAMA, KAWASAKI = Area("神奈川県", ("横浜市",)), Area("神奈川県", ("川崎市", "横浜市"))


def names(program: Program, **search: str) -> list[str]:
    return [agency.name for agency in found(program.pk, Search(**search))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words", ["女性", "ｼﾞｮｾｲ", "じょせい", "045", "０４５－１２３", "夜間　女性", "配偶者暴力", "同行"]
)
def test_words_are_found_in_any_width_and_kana(words: str, program: Program) -> None:
    an_agency(
        program,
        "女性(ジョセイ)センター",
        kind="partner_violence",
        telephones=("045-123-4567",),
        hours="夜間も",
        note="同行できます",
    )
    an_agency(program, "そのほか", kind="police")
    assert names(program, words=words) == ["女性(ジョセイ)センター"]


def test_the_kinds_of_files_are_the_kinds_of_the_house() -> None:
    assert list(KINDS) == AgencyKind.values


@pytest.mark.parametrize("words", ["%", "_", "\\", "ー", "'", "／"])
def test_signs_alone_look_for_anything(words: str, program: Program) -> None:
    an_agency(program)
    assert names(program, words=words) == ["○○警察署"]


def test_every_word_must_be_found(program: Program) -> None:
    an_agency(program, "女性センター", hours="平日")
    assert names(program, words="女性 夜間") == []


def test_a_name_that_begins_with_the_word_comes_first(program: Program) -> None:
    an_agency(program, "相談所", audience="女性")
    an_agency(program, "かながわ女性センター")
    an_agency(program, "女性センター")
    assert names(program, words="女性") == ["女性センター", "かながわ女性センター", "相談所"]


def test_without_words_they_stand_by_kind_and_name(program: Program) -> None:
    for name, kind in (("ろ", "other"), ("い", "other"), ("は", "police")):
        an_agency(program, name, kind=kind)
    assert names(program) == ["は", "い", "ろ"]
    assert names(program, kind="police") == ["は"]


def test_the_nearest_area_comes_first_and_others_are_left_away(program: Program) -> None:
    an_agency(program, "全国", area=Area())
    an_agency(program, "県", area=Area("神奈川県"))
    an_agency(program, "市", area=YOKOHAMA)
    an_agency(program, "よそ", area=Area("東京都"))
    an_agency(program, "隣", area=Area("神奈川県", ("川崎市",)))
    assert names(program, area="横浜市") == ["市", "県", "全国"]
    assert names(program, area="横浜") == ["市", "県", "全国"]
    assert names(program, area="横浜市鶴見区") == ["市", "県", "全国"]
    assert names(program, area="神奈川県横浜市") == ["市", "県", "全国"]
    assert names(program, area="神奈川県") == ["県", "市", "隣", "全国"]
    assert names(program, area="全国") == ["全国"]
    assert names(program, area="東京都横浜市") == ["よそ", "全国"]


def test_a_town_that_nobody_names_is_served_by_the_directorys_only_prefecture(program: Program) -> None:
    an_agency(program, "県", area=Area("神奈川県"))
    an_agency(program, "市", area=YOKOHAMA)
    assert names(program, area="真鶴町") == ["県"]
    an_agency(program, "よそ", area=Area("東京都"))
    assert names(program, area="真鶴町") == []


def test_a_city_of_the_same_name_elsewhere_brings_its_prefecture_too(program: Program) -> None:
    for prefecture in ("東京都", "広島県"):
        an_agency(program, prefecture, area=Area(prefecture))
        an_agency(program, f"{prefecture}の府中", area=Area(prefecture, ("府中市",)))
    assert set(names(program, area="府中市")) == {"東京都", "東京都の府中", "広島県", "広島県の府中"}
    assert set(names(program, area="広島県府中市")) == {"広島県", "広島県の府中"}


def test_retired_and_other_programs_agencies_are_not_found(program: Program) -> None:
    other = Program.objects.create(slug="parents", name="ひとり親", kind="women", starts_on=program.starts_on)
    an_agency(other, "よそ")
    an_agency(program, "むかし")
    Agency.objects.filter(name="むかし").update(retired_at=timezone.now())
    assert names(program) == []
    assert [agency.name for agency in found(program.pk, Search(retired=True))] == ["むかし"]


def test_the_console_is_told_twenty_and_how_many_there_are(program: Program) -> None:
    today = timezone.localdate()
    for number in range(25):
        an_agency(program, f"{number:02}番", area=KAWASAKI, checked_on=today - timedelta(days=10 * number))
    told = agencies(program.pk, Search())
    assert (len(told["agencies"]), told["count"]) == (MOST_TOLD, 25)
    first, last = told["agencies"][0], told["agencies"][-1]
    assert (first["area"], first["checked_on"], first["stale"]) == ("神奈川県 川崎市・横浜市", today.isoformat(), False)
    assert last["stale"]


def test_a_large_directory_asks_no_more_of_the_database(program: Program) -> None:
    def queries(**search: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            agencies(program.pk, Search(**search))  # type: ignore[arg-type]
        return len(asked)

    for number in range(50):
        an_agency(program, f"{number}番", area=YOKOHAMA)
    assert queries(words="番", kind="police") == 2
    assert queries(words="番", area="横浜市") == 3


def test_the_areas_to_choose_from_are_those_of_the_directory(program: Program) -> None:
    assert areas(program.pk) == []
    an_agency(program, "一", area=KAWASAKI)
    an_agency(program, "二", area=YOKOHAMA)
    assert areas(program.pk) == ["全国", "神奈川県", "川崎市", "横浜市"]
