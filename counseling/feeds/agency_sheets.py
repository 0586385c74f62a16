"""A file of agencies beside the directory: what taking it in would make new, change and leave."""

from dataclasses import dataclass, field, replace
from hashlib import sha256

from counseling.agencies import Entry, Reason
from counseling.agencies.sheet import Problem, Reading, Row
from counseling.models import Agency, AgencyKind
from counseling.models.agency import kind_names


@dataclass(frozen=True)
class Change:
    """An agency that becomes as `entry` says: which fields differ, and whether it is taken into use again."""

    agency: Agency
    entry: Entry
    fields: list[str]
    restored: bool


@dataclass
class Comparison:
    """What taking the file in would do; with problems nothing may be taken in."""

    problems: list[Problem]
    new: list[Entry] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    absent: int = 0  # in use, and not in the file

    @property
    def fingerprint(self) -> str:
        """Tells whether taking the file in would still do what somebody looked at."""
        changes = [(change.agency.pk, change.agency.entry, change.restored) for change in self.changed]
        seen = (self.new, changes, [change.entry for change in self.changed], self.unchanged, self.absent)
        return sha256(repr(seen).encode()).hexdigest()[:16]


def compared(program_id: int, reading: Reading) -> Comparison:
    """The file beside the program's directory: one query. An agency is known by our number, else by its key."""
    directory = {agency.pk: agency for agency in Agency.objects.filter(program=program_id)}
    by_key = {agency.key: agency for agency in directory.values()}
    comparison = Comparison(problems=list(reading.problems))
    lines: dict[int, int] = {}
    targets: list[tuple[Row, Agency]] = []
    for row in reading.rows:
        agency = by_key.get(row.entry.key) if row.number is None else directory.get(row.number)
        if agency is None and row.number is not None:
            _complain(comparison, row, "number", Reason.UNKNOWN_NUMBER, str(row.number))
        elif agency is None:
            comparison.new.append(row.entry)
        elif (other := lines.setdefault(agency.pk, row.line)) != row.line:
            _complain(comparison, row, "name", Reason.SAME_AS_LINE, row.entry.name, other)
        else:
            targets.append((row, agency))
    _compare(comparison, targets, reading.fields)
    untouched = {agency.key: agency for agency in directory.values() if agency.pk not in lines}
    for row, _agency in targets:
        if twin := untouched.get(row.entry.key):
            _complain(comparison, row, "name", Reason.SAME_AS_NUMBER, row.entry.name, twin.pk)
    comparison.absent = sum(agency.retired_at is None for agency in untouched.values())
    comparison.problems.sort(key=lambda problem: problem.line)
    return comparison


def _complain(comparison: Comparison, row: Row, about: str, reason: Reason, cell: str, other: int = 0) -> None:
    comparison.problems.append(Problem(row.line, about, reason, cell, other))


def _compare(comparison: Comparison, targets: list[tuple[Row, Agency]], fields: frozenset[str]) -> None:
    for row, agency in targets:
        before = agency.entry
        after = _merged(before, row.entry, fields)
        differing, restored = before.differences(after), agency.retired_at is not None
        if differing or restored:
            comparison.changed.append(Change(agency, after, differing, restored))
        else:
            comparison.unchanged += 1


def _merged(before: Entry, written: Entry, fields: frozenset[str]) -> Entry:
    """What the file says, and what is known where it has no column; an empty cell undoes no check."""
    missing = {name for name in vars(before) if name not in fields and name != "area"}
    if written.checked_on is None:
        missing.add("checked_on")
    return replace(written, **{name: getattr(before, name) for name in missing})


def table(program_id: int) -> list[tuple[int, Entry, str]]:
    """The agencies in use with their numbers and the Japanese names of their kinds, in the order of AgencyKind."""
    names, order = kind_names(), {kind.value: place for place, kind in enumerate(AgencyKind)}
    rows = Agency.objects.filter(program=program_id, retired_at=None).order_by("folded_name", "pk")
    return [(row.pk, row.entry, names[row.kind]) for row in sorted(rows, key=lambda row: order[row.kind])]
