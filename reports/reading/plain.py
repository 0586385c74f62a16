"""A report in plain words (やさしい日本語): one thing a sentence, and what each figure means. Pure.

Its easy wording is in locale/ja_Easy (ADR 18). It tells the figures one asks for first; the tables stay on the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counseling.text import ruby
from reports import words
from reports.exports.document import Document
from reports.reading.furigana import marked
from reports.tables import Table, Unit, Unknown, Value

Words = str | Promise


@dataclass(frozen=True)
class Told:
    """A figure in a sentence, and what it means."""

    sentence: str
    meaning: str


# By the table and the place of its row: what is said of it.
FIGURES: dict[tuple[str, int], tuple[Words, Words]] = {
    ("summary", 0): (
        gettext_lazy("来た相談は、%(number)sです。"),
        gettext_lazy("メッセージを書いた人と、「相談する」を押した人の数です。同じ人が2回来たら、2件です。"),
    ),
    ("summary", 1): (
        gettext_lazy("受付の時間に来た相談は、%(number)sです。"),
        gettext_lazy("受付の時間は、相談員がいる時間です。"),
    ),
    ("summary", 2): (
        gettext_lazy("相談員が返事をした相談は、%(number)sです。"),
        gettext_lazy("相談員が1回でも返事を書いたら、数えます。"),
    ),
    ("summary", 3): (
        gettext_lazy("話ができた相談は、%(number)sです。"),
        gettext_lazy("相談員の返事のあとに、相談した人がまた書いたら、数えます。"),
    ),
    ("rates", 0): (
        gettext_lazy("返事ができた割合は、%(number)sです。"),
        gettext_lazy("受付の時間に100件来たら、そのうち何件に返事をしたか、という数です。"),
    ),
    ("rates", 1): (
        gettext_lazy("「ありがとう」で終わった割合は、%(number)sです。"),
        gettext_lazy("話ができた相談が100件あったら、そのうち何件が「ありがとう」で終わったか、という数です。"),
    ),
    ("waits", 0): (
        gettext_lazy("返事を待った時間は、平均で%(number)sです。"),
        gettext_lazy("全部の人の時間をたして、人の数でわった時間です。"),
    ),
    ("durations", 0): (
        gettext_lazy("話した時間は、平均で%(number)sです。"),
        gettext_lazy("最初の返事から、話が終わるまでの時間です。"),
    ),
    ("sittings", 0): (
        gettext_lazy("はじめて来た人の相談は、%(number)sです。"),
        gettext_lazy("前に来たことがない人の相談です。"),
    ),
    ("sittings", 1): (
        gettext_lazy("2回目からの人の相談は、%(number)sです。"),
        gettext_lazy("前にも来たことがある人の相談です。"),
    ),
    ("staff", 1): (
        gettext_lazy("相談員が働いた時間は、全部で%(number)sです。"),
        gettext_lazy("休んだ時間は入りません。"),
    ),
}


def told(report: Document) -> list[Told]:
    """The figures of the report in plain words; those that it does not have are left out."""
    return list(_told({table.key: table for table in report.tables}))


def _told(tables: dict[str, Table]) -> Iterator[Told]:
    for (key, place), (sentence, meaning) in FIGURES.items():
        table = tables.get(key)
        if table and place < len(table.rows) and table.rows[place].values[0] != Unknown.NOTHING:
            yield Told(str(sentence) % {"number": _number(table, place)}, str(meaning))


def when(report: Document) -> str:
    """Of which period, its date with readings."""
    period = words.period(report.period, eras=False)
    return _("%(period)sの結果です。") % {"period": marked(period) if words.is_japanese() else period}


def spoken(text: str) -> str:
    """A sentence without its readings, and without the space between words, for a voice."""
    return ruby.plain(text).replace("\u3000", "")


def _number(table: Table, place: int) -> str:
    value, unit = table.rows[place].values[0], table.columns[0].unit
    if isinstance(value, Unknown):
        return words.SIGNS[value]
    if isinstance(value, timedelta):
        return _length(value)
    return (_("%(told)sパーセント") if unit == Unit.PERCENT else _("%(told)s件")) % {"told": _plain(value)}


def _plain(value: Value) -> str:
    return words.number(value).replace(",", "")


def _length(time: timedelta) -> str:
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    told = _("%(hours)d時間%(minutes)d分") if hours else _("%(minutes)d分%(seconds)d秒")
    return told % {"hours": hours, "minutes": minutes, "seconds": seconds}
