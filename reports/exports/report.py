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
    drawn = charts.drawn(table)
    return {
        "title": table.title,
        "n": f"n = {drawn['n']}({drawn['of']})" if drawn["n"] is not None else "",
        "columns": drawn["columns"],
        "rows": [[row["label"], *row["cells"]] for row in drawn["rows"]],
        "total": [drawn["total_label"], *drawn["total"]] if drawn["total"] else [],
        "shares": charts.shares(table),
        "heat": table.picture == Picture.HEAT,
        "notes": list(table.notes),
        "definitions": list(table.definitions),
    }
