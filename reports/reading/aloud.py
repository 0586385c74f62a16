"""A report as sentences to be read aloud (読み上げ): numbers, signs and dates as a person would say them. Pure.

They are made here, so that what is heard is what is shown: a hidden number is said to be hidden.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports import words
from reports.exports.document import Document
from reports.tables import Row, Table, Unit, Unknown, Value

WEEKDAY = re.compile(r"[((]([月火水木金土日])[))]")
# Signs that a voice swallows, or spells out.
SAID = (("〜", "から"), ("÷", "わる"), ("=", "イコール"), ("≠", "ノットイコール"), ("%", "パーセント"), ("・", "、"))
COMMA = re.compile(r"(?<=\d),(?=\d{3})")


def sentences(report: Document) -> list[str]:
    """The whole report, a sentence or two at a time."""
    period = words.exactly(report.period, eras=True)
    head = [report.title, _("期間は、%(period)sです。") % {"period": period}, *report.sentences, *report.notes]
    return [said(one) for one in (*head, *(one for table in report.tables for one in _table(table))) if one]


def said(text: str) -> str:
    """A text as it is spoken."""
    if not words.is_japanese():
        return COMMA.sub("", text)
    spoken = WEEKDAY.sub(r"、\1曜日", COMMA.sub("", text))
    for sign, word in SAID:
        spoken = spoken.replace(sign, word)
    return spoken


def _table(table: Table) -> Iterator[str]:
    yield _("表、%(title)s。") % {"title": table.title}
    if table.n is not None:
        yield _("もとになった数は、%(of)sの%(n)sです。") % {"of": table.of, "n": _value(table.n, Unit.ANY)}
    yield from (_row(table, row) for row in table.rows)
    if table.total:
        yield _row(table, table.total)
    yield from table.notes


def _row(table: Table, row: Row) -> str:
    if all(value == Unknown.HIDDEN for value in row.values):
        return _("%(label)sは、伏せています。") % {"label": row.label}
    told = [
        _("%(column)sは%(value)s") % {"column": column.label, "value": _value(value, column.unit)}
        for column, value in zip(table.columns, row.values, strict=True)
    ]
    return _("%(label)s。%(values)s。") % {"label": row.label, "values": _("、").join(told)}


def _value(value: Value, unit: Unit) -> str:
    if value == Unknown.HIDDEN:
        return _("伏せています")
    if value == Unknown.NOTHING:
        return _("ありません")
    return f"{words.number(value)}%" if unit == Unit.PERCENT else words.number(value)
