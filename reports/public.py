"""Results for who may see no small cell: the commissioner's officer, and everybody to whom they are published.

Tables hold together: what is hidden in one must not be computed from another. So measures that are sums of others are
shown only where nothing small lies between them, and a table is left out where its total is hidden elsewhere. Days by
themselves, weekday by hour and the extremes of one person are never shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from reports import measures
from reports.content import counts, lengths, others, people, referrals, staff, surveys, times, topics
from reports.measures import Counts
from reports.results import Results
from reports.suppression import LEAST, hidden, is_small
from reports.tables import Row, Table, Unknown, Value

ACCESSES, IN_HOURS = measures.ACCESSES.key, measures.IN_HOURS.key
ANSWERED, VALID, THANKFUL = measures.ANSWERED.key, measures.VALID.key, measures.THANKFUL.key
# Tables of referrals that are parts of each other.
JOINED = frozenset({"referral_levels", "referral_consents", "referral_results"})
# Of the parts of the accesses, which go first where more have to be hidden: what is asked for most goes last.
FIRST_TO_GO = ("unanswered", "turned_away", "pending", "out_of_scope", "prank", "no_reply", "out_of_hours", VALID)


@dataclass(frozen=True)
class Published:
    """The tables that are shown, and the titles of those that would say too much."""

    tables: list[Table]
    withheld: list[str]
    shown: frozenset[str]


def shown(totals: Counts) -> frozenset[str]:
    """The measures whose counts may be read, side by side."""
    if is_small(totals[ACCESSES]):
        return frozenset()
    keys = [part.key for part in measures.OUTCOMES.parts]
    places = hidden([totals[key] for key in keys], _order(keys))
    seen = {ACCESSES, *(key for place, key in enumerate(keys) if place not in places)}
    # All that is not in hours is out of them.
    if "out_of_hours" in seen:
        seen.add(IN_HOURS)
    beside = totals["prank"] + totals["out_of_scope"]
    among = totals[ANSWERED] - totals[VALID] - totals["no_reply"]
    if {VALID, "no_reply", "prank", "out_of_scope"} <= seen and not (is_small(among) or is_small(beside - among)):
        seen.add(ANSWERED)
    if VALID in seen and not (is_small(totals[THANKFUL]) or is_small(totals[VALID] - totals[THANKFUL])):
        seen.add(THANKFUL)
    return frozenset(seen)


def _order(keys: list[str]) -> list[int]:
    return [keys.index(key) for key in FIRST_TO_GO]


def published(results: Results) -> Published:
    """The tables of a period with their small cells hidden."""
    seen = shown(results.figures.totals)
    fit = {
        ACCESSES: [
            counts.outcomes(results),
            times.by_weekday(results),
            times.by_hour(results),
            *others.comparators(results),
        ],
        ANSWERED: [
            _of_many(_waits(results, seen), results.figures.totals[ANSWERED]),
            _sittings(results),
            people.risk(results),
        ],
        VALID: [
            _durations(results),
            lengths.bands(results),
            _of_many(lengths.messages(results), results.figures.totals[VALID]),
            *people.answers(results),
            *topics.main(results),
        ],
    }
    order = _order([part.key for part in measures.OUTCOMES.parts])
    kept = (table for key, those in fit.items() if key in seen for table in those)
    tables = [_summary(results, seen), _rates(results, seen)]
    tables += [veiled(table, order if table.key == "outcomes" else ()) for table in kept]
    withheld = [one.title for key, those in fit.items() if key not in seen for one in those]
    referred, unreferred = _referrals(results)
    asked, unasked = surveys.published(results)
    worked, unworked = _staff(results, seen)
    return Published([*tables, *referred, *asked, *worked], [*withheld, *unreferred, *unasked, *unworked], seen)


def _referrals(results: Results) -> tuple[list[Table], list[str]]:
    """Referrals sum to a number of their own, which no other table tells; but three of their tables tell each other.

    Who was reached is who agreed or was in danger, and results follow from both. Where one of the three has a small
    cell, none is shown: what hides in one would follow from another.
    """
    tables = referrals.referrals(results)
    if is_small(results.referrals[measures.REFERRALS.key]):
        return [], [one.title for one in tables]
    joined = [one for one in tables if one.key in JOINED]
    if not any(is_small(_count(row)) for one in joined for row in one.rows):
        return [veiled(one) for one in tables], []
    return [veiled(one) for one in tables if one not in joined], [one.title for one in joined]


def _count(row: Row) -> int:
    value = row.values[0]
    return value if isinstance(value, int) else 0


def _durations(results: Results) -> Table:
    """Its n is all but those that have no end yet: where the bands hide how many those are, n would tell it."""
    table = _of_many(lengths.durations(results), results.figures.totals[VALID])
    bands = veiled(lengths.bands(results))
    return replace(table, n=_if(bands.rows[-1].values[0] != Unknown.HIDDEN, table.n))


def _staff(results: Results, seen: frozenset[str]) -> tuple[list[Table], list[str]]:
    """The hours of a whole month, where they are nobody's own: of five people or more, none of whom did most of it."""
    found, table = results.staffed, staff.in_all(results)
    if not found.people:
        return [], []
    if found.people < LEAST or 2 * max(found.by_person) > found.worked_in_all:
        return [], [table.title]
    rows = table.rows if ANSWERED in seen else (*table.rows[:-1], _veiled(table.rows[-1]))
    return [replace(table, rows=rows)], []


def veiled(table: Table, order: Sequence[int] = ()) -> Table:
    """A table that sums to its total, with its small cells hidden, and those that would give them away."""
    if table.total is None:
        return table
    places = hidden([count for row in table.rows if isinstance(count := row.values[0], int)], order)
    rows = tuple(_veiled(row) if place in places else row for place, row in enumerate(table.rows))
    return replace(table, rows=rows, notes=() if places and table.key == "sittings" else table.notes)


def note() -> str:
    """What the sign for a hidden number means."""
    return _(
        "Xは、1〜%(most)d件の数と、引き算でその数が分かってしまう数です。どなたのことか分からないように、出していません。"
    ) % {"most": LEAST - 1}


def _veiled(row: Row) -> Row:
    return Row(row.label, tuple(Unknown.HIDDEN for _value in row.values), row.short)


def _summary(results: Results, seen: frozenset[str]) -> Table:
    table = counts.summary(results)
    rows = zip(counts.HEADLINES, table.rows, strict=True)
    kept = tuple(row if one.key in seen else _veiled(row) for one, row in rows)
    return replace(table, rows=kept, n=_if(ACCESSES in seen, table.n))


def _rates(results: Results, seen: frozenset[str]) -> Table:
    table = counts.rates(results)
    rows = zip(measures.RATIOS, table.rows, strict=True)
    return replace(
        table, rows=tuple(row if {one.part.key, one.whole.key} <= seen else _veiled(row) for one, row in rows)
    )


def _sittings(results: Results) -> Table:
    """How many people that were is told only where hardly anybody came twice by chance."""
    table = people.sittings(results)
    visitors, answered = results.totals[measures.VISITORS.key], results.figures.totals[ANSWERED]
    return replace(table, notes=()) if is_small(visitors) or is_small(answered - visitors) else table


def _waits(results: Results, seen: frozenset[str]) -> Table:
    """Who left is a part of those whom nobody answered: told where that leaves no small rest."""
    table = lengths.waits(results)
    rest = results.figures.totals["unanswered"] - results.totals[measures.ABANDONED.key]
    if "unanswered" in seen and not is_small(abs(rest)):
        return table
    return replace(table, rows=(*table.rows[:-1], _veiled(table.rows[-1])))


def _of_many(table: Table, whole: int) -> Table:
    """Means of a few people are theirs, and so are extremes; n is told where it leaves no small rest of the whole."""
    few = not isinstance(table.n, int) or table.n < LEAST
    kept = tuple(_veiled(row) if few or _is_alone(row) else row for row in table.rows)
    rest = isinstance(table.n, int) and (is_small(table.n) or is_small(abs(whole - table.n)))
    return replace(table, rows=kept, n=_if(not rest, table.n))


def _is_alone(row: Row) -> bool:
    """Whether the row tells of one person, or of a few."""
    value = row.values[0]
    return row.label in {_("いちばん長い"), _("いちばん多い")} or (isinstance(value, int) and is_small(value))


def _if(may: bool, value: Value | None) -> Value | None:  # noqa: FBT001 - a condition
    return value if may else Unknown.HIDDEN
