"""The public page in other forms: readings are typed, never guessed; figures are spoken; plain words explain them."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from counseling.text.ruby import KANJI, pieces, plain
from reports.exports.document import Document
from reports.periods import Period
from reports.reading import aloud
from reports.reading.furigana import ENTRIES, marked
from reports.reading.plain import spoken, told, when
from reports.tables import Column, Row, Table, Unit, Unknown
from tests.accounts.test_english import marked_in

RUN = re.compile(f"[{KANJI}]+")
HIDDEN, NOTHING = Unknown.HIDDEN, Unknown.NOTHING
# A program's own rows follow a count with any word of theirs.
NOT_WHOLE = {"通"}


def unread(text: str) -> list[str]:
    return [run for piece in pieces(marked(text)) if not piece.reading for run in RUN.findall(piece.words)]


def fixed_words() -> set[str]:
    """All that tables, measures and covers say by themselves."""
    sources = [*Path(settings.BASE_DIR, "reports/content").glob("*.py"), Path(settings.BASE_DIR, "reports/public.py")]
    sources += Path(settings.BASE_DIR, "reports/measures").glob("*.py")
    sources.append(Path(settings.BASE_DIR, "reports/exports/document.py"))
    return {text for path in sources for text in marked_in(path.read_text())}


def test_every_fixed_word_of_results_has_its_reading() -> None:
    missing = {text: runs for text in fixed_words() if (runs := unread(re.sub(r"%\(\w+\)[sd]", "7", text)))}
    assert {text for text in missing if text not in NOT_WHOLE} == set()


def test_readings_take_nothing_from_the_words() -> None:
    assert all(plain(marked(text)) == text for text in fixed_words())
    assert all(not RUN.search(piece.reading) for entry in ENTRIES.values() for piece in pieces(entry))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("1日平均1.3件", "｜1日《いちにち》平均《へいきん》1.3件《けん》"),
        ("4月1日(水)", "4月《がつ》｜1日《ついたち》(水《すい》)"),
        ("3分20秒", "3分《ぷん》20秒《びょう》"),
        ("15分", "15分《ふん》"),
        ("実人数は2人", "実人数《じつにんずう》は｜2人《ふたり》"),
        ("12人", "12人《にん》"),
        ("入りません。入れません", "入《はい》りません。入《い》れません"),
    ],
)
def test_words_are_read_as_they_stand_there(words: str, read: str) -> None:
    assert marked(words) == read


@pytest.mark.parametrize("words", ["相談所", "薔薇", "相談窓口課", "紫陽花の件"])
def test_a_word_that_is_in_no_list_is_not_guessed(words: str) -> None:
    assert RUN.findall(words)[0] in unread(words)


def report(*tables: Table) -> Document:
    period = Period(date(2026, 4, 1), date(2026, 4, 30))
    return Document("実施報告書", [], period, ["2026年4月は1,240件でした。"], ["Xは、1〜4件の数です。"], tables)


OUTCOMES = Table(
    "outcomes",
    "アクセスの内訳",
    (),
    (Column("件数"), Column("割合(%)", Unit.PERCENT)),
    (Row("時間外", (1240, Decimal("31.0"))), Row("いたずら", (HIDDEN, HIDDEN)), Row("対象外", (0, NOTHING))),
    n=4000,
    of="アクセス",
)


def test_figures_are_spoken_and_a_hidden_one_is_said_to_be_hidden() -> None:
    said = aloud.sentences(report(OUTCOMES))
    assert said[1] == "期間は、令和8年4月1日、水曜日から令和8年4月30日、木曜日(30日間)です。"
    assert "2026年4月は1240件でした。" in said
    assert "Xは、1から4件の数です。" in said
    assert "時間外。件数は1240、割合(パーセント)は31.0パーセント。" in said
    assert "いたずらは、伏せています。" in said
    assert "対象外。件数は0、割合(パーセント)はありません。" in said


SUMMARY = Table("summary", "件数", (), (Column("件数"),), tuple(Row("", (one,)) for one in (1240, 1000, 900, HIDDEN)))
WAITS = Table("waits", "待ち時間", (), (Column("時間", Unit.ANY),), (Row("平均", (timedelta(minutes=3, seconds=20),)),))
DURATIONS = Table("durations", "所要時間", (), (Column("時間", Unit.ANY),), (Row("平均", (NOTHING,)),))


def test_plain_words_explain_each_figure_and_leave_out_what_there_is_not() -> None:
    with translation.override("ja-easy"):
        found = told(report(SUMMARY, WAITS, DURATIONS))
        assert plain(when(report())) == "2026年4月の　数です。"
    assert plain(found[0].sentence) == "来た　相談は、1240件です。"
    assert plain(found[3].sentence) == "話が　できた　相談は、Xです。"
    assert len(found) == 5
    assert all(one.meaning for one in found)
    assert spoken(found[4].sentence) == "返事を待った時間は、だいたい3ぷん20秒です。"


def test_every_easy_kanji_has_its_reading() -> None:
    with translation.override("ja-easy"):
        texts = [text for one in told(report(SUMMARY, WAITS)) for text in (one.sentence, one.meaning)]
        texts.append(when(report()))
    assert not [
        piece.words for text in texts for piece in pieces(text) if not piece.reading and RUN.search(piece.words)
    ]
