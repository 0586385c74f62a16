"""Making a frozen run: count, take the fingerprints before and after, and write its files. Writes nothing itself.

What is counted and what the fingerprint says must be the same inputs: where somebody changed a record in between, it is
counted again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reports import measures, named, reporting, stored
from reports.changes import as_table, changes
from reports.days import DayKind
from reports.exports import csv, excel, report
from reports.exports.document import Document
from reports.inputs import fingerprint, inputs
from reports.models import ReportRun
from reports.months import months, months_of_year
from reports.results import Results, results

# Fingerprint, five of results, answers, fingerprint again, the tables, three files.
STEPS = 12
WRITERS: dict[str, Callable[[Document], bytes]] = {"pdf": report.written, "xlsx": excel.written, "csv": csv.written}
SHOWN_DIGITS = 16
TRIES = 3
Told = Callable[[str], None]


class KeepsChanging(Exception):
    """Every time it was counted, somebody had changed a record of the period meanwhile."""


@dataclass(frozen=True)
class Made:
    """What a run holds once it is made."""

    inputs: dict[str, str]
    definitions: int
    content: dict[str, Any]
    public: dict[str, Any]
    figures: dict[str, Any]
    files: dict[str, bytes]


def make(run: ReportRun, told: Told) -> Made:
    """All of it; `told` hears of every step, and may raise to stop there. Raises KeepsChanging."""
    with translation.override(run.language):
        parts, found = _counted(run, told)
        today = timezone.localdate()
        more = facts(run, fingerprint(parts))
        whole = corrected(run, reporting.whole(found, None, today=today, eras=run.eras, more=more))
        public = _public(run, found, more)
        told("tables")
        files = {}
        for kind, written in WRITERS.items():
            files[kind] = written(whole)
            told(kind)
        told_by_name = stored.kept_figures(named.figures(found))
        return Made(parts, measures.VERSION, stored.kept(whole), public, told_by_name, files)


def _counted(run: ReportRun, told: Told) -> tuple[dict[str, str], Results]:
    kind = DayKind(run.day)
    for _try in range(TRIES):
        before = inputs(run.program, run.period, kind)
        told("inputs")
        found = results(run.program, run.period, kind, run.language, told)
        told("answers")
        if inputs(run.program, run.period, kind) == before:
            told("inputs again")
            return before, found
    raise KeepsChanging


def facts(run: ReportRun, printed: str) -> list[tuple[str, str]]:
    """What its cover says of a run."""
    found = [(_("確定版"), _("第%(number)d号") % {"number": run.number})]
    if run.replaces:
        found.append((_("訂正した版"), _("第%(number)d号") % {"number": run.replaces.number}))
        found.append((_("訂正の理由"), run.reason))
    return [*found, (_("もとの記録の指紋"), printed[:SHOWN_DIGITS])]


def corrected(run: ReportRun, whole: Document) -> Document:
    """With what changed since the run it replaces, first of all."""
    if not run.replaces:
        return whole
    before = stored.opened(run.replaces.content)
    found = as_table(changes(before.tables, whole.tables))
    return Document(whole.title, whole.facts, whole.period, whole.sentences, whole.notes, (found, *whole.tables))


def _public(run: ReportRun, found: Results, more: list[tuple[str, str]]) -> dict[str, Any]:
    """Without small cells; nothing where the period may not be published."""
    today = timezone.localdate()
    if run.period not in months(run.program, today) and not months_of_year(run.program, run.period, today):
        return {}
    return stored.kept(reporting.without_small_cells(found, today=today, eras=run.eras, more=more))


def written(report: Document) -> dict[str, bytes]:
    """Each kind of file of a report."""
    return {kind: write(report) for kind, write in WRITERS.items()}


def digest(content: bytes) -> str:
    """By which a file is known again."""
    return sha256(content).hexdigest()
