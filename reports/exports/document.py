"""What every file of results says beside its tables: of which program, which period, how it was counted."""

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
    """A report, whatever it is written on."""

    program: str
    commissioner: str
    period: Period
    made_on: date
    eras: bool
    sentences: Sequence[str]
    notes: Sequence[str]
    tables: Sequence[Table]

    @property
    def title(self) -> str:
        """What stands on its cover."""
        return _("%(program)s 実施報告書") % {"program": self.program}

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What stands below the title."""
        found = [
            (_("窓口"), self.program),
            (_("委託元"), self.commissioner),
            (_("期間"), words.exactly(self.period, eras=self.eras)),
            (_("作成日"), words.day(self.made_on, eras=self.eras)),
            (_("指標の定義の版"), str(measures.VERSION)),
        ]
        return [(name, value) for name, value in found if value]


def document(
    found: Results, tables: Sequence[Table], sentences: Sequence[str], notes: Sequence[str], *, today: date, eras: bool
) -> Document:
    """The report of these results."""
    program = found.program
    return Document(program.name, program.commissioner, found.period, today, eras, sentences, notes, tables)
