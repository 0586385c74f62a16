"""The report (実施報告書) on paper: PDF/UA, as templates/paper/results.typ draws it."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from counseling import paper
from reports import charts
from reports.exports.document import Document
from reports.tables import Picture, Table


def written(report: Document) -> bytes:
    """The PDF: the same report gives the same bytes."""
    return paper.pdf("results", content(report))


def content(report: Document) -> dict[str, Any]:
    """What the template draws."""
    return {
        "language": (get_language() or "ja").split("-", maxsplit=1)[0],
        "title": report.title,
        "facts": report.facts,
        "sentences": list(report.sentences),
        "notes": list(report.notes),
        "tables": [_table(table) for table in report.tables],
        "words": {"item": _("項目"), "definitions": _("数え方と丸め方"), "summary": _("概要")},
    }


def _table(table: Table) -> dict[str, Any]:
    drawn, is_heat = charts.drawn(table), table.picture == Picture.HEAT
    # So many columns have room for the hour alone.
    columns = [(one.short if is_heat else "") or one.label for one in table.columns]
    labels = [(one.short if is_heat else "") or one.label for one in table.rows]
    return {
        "title": table.title,
        "n": f"n = {drawn['n']}({drawn['of']})" if drawn["n"] is not None else "",
        "columns": columns,
        "rows": [[label, *row["cells"]] for label, row in zip(labels, drawn["rows"], strict=True)],
        "total": [drawn["total_label"], *drawn["total"]] if drawn["total"] else [],
        "shares": charts.shares(table),
        "shades": charts.shades(table),
        "notes": list(table.notes),
        "definitions": list(table.definitions),
    }
