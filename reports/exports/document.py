"""What every file of results says beside its tables: of which program, which period, how it was counted. Pure data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from reports import measures, words
from reports.periods import Period
from reports.results import Results
from reports.tables import Table


@dataclass(frozen=True)
class Document:
    """A report, whatever it is written on: what stands on its cover, and below it."""

    title: str
    facts: Sequence[tuple[str, str]]
    period: Period
    sentences: Sequence[str]
    notes: Sequence[str]
    tables: Sequence[Table]


def document(
    found: Results,
    tables: Sequence[Table],
    sentences: Sequence[str],
    notes: Sequence[str],
    *,
    today: date,
    eras: bool,
    more: Sequence[tuple[str, str]] = (),
) -> Document:
    """The report of these results; `more` stands last on its cover."""
    program = found.program
    facts = [
        (_("窓口"), program.name),
        (_("委託元"), program.commissioner),
        (_("期間"), words.exactly(found.period, eras=eras)),
        (_("作成日"), words.day(today, eras=eras)),
        (_("指標の定義の版"), str(measures.VERSION)),
        *more,
    ]
    title = _("%(program)s 実施報告書") % {"program": program.name}
    return Document(title, [(name, value) for name, value in facts if value], found.period, sentences, notes, tables)
