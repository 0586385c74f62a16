// Shifts in rows and cells. Pure; a row whose shifts are the same keeps its very list, so it is not drawn again.
import { DAY_MINUTES, dayOf, overlap, wallOf } from "./days";
import type { Elsewhere, Person, Shift, Span } from "./interfaces";
import { OPEN_PLACES } from "./interfaces";
import type { Shifts } from "./ledger";

export type Rows = ReadonlyMap<number, readonly Shift[]>;

export interface Range {
  from: number;
  days: number;
}

const byStart = (a: Shift, b: Shift) => a.start - b.start || a.end - b.end || a.key - b.key;

export const rowOf = (shift: Shift): number => shift.user ?? OPEN_PLACES;

export function inRange(range: Range, span: Span): boolean {
  const day = dayOf(span);
  return day >= range.from && day < range.from + range.days;
}

/** The shifts of a range by row, each row in order of time; lists that did not change are those of `before`. */
export function rowsOf(shifts: Shifts, range: Range, before: Rows = new Map()): Rows {
  const rows = new Map<number, Shift[]>();
  for (const shift of shifts.values()) {
    if (!inRange(range, shift)) continue;
    const row = rows.get(rowOf(shift));
    if (row) row.push(shift);
    else rows.set(rowOf(shift), [shift]);
  }
  const kept = new Map<number, readonly Shift[]>();
  for (const [id, row] of rows) {
    row.sort(byStart);
    kept.set(id, same(row, before.get(id)) ?? row);
  }
  return kept;
}

function same<T>(row: readonly T[], before: readonly T[] | undefined): readonly T[] | undefined {
  return before && before.length === row.length && row.every((one, at) => one === before[at]) ? before : undefined;
}

/** Things by key; lists that say the same as those of `before` are those very lists. */
export function grouped<T>(
  things: readonly T[],
  keyOf: (thing: T) => number,
  before: ReadonlyMap<number, readonly T[]> = new Map(),
): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const thing of things) groups.set(keyOf(thing), [...(groups.get(keyOf(thing)) ?? []), thing]);
  const told = (list: readonly T[] | undefined) => JSON.stringify(list);
  return new Map(
    [...groups].map(([key, list]) => [key, told(list) === told(before.get(key)) ? (before.get(key) ?? list) : list]),
  );
}

/** The shifts of a row by day of the range. */
export function cellsOf(row: readonly Shift[], range: Range): Shift[][] {
  const cells: Shift[][] = Array.from({ length: range.days }, () => []);
  for (const shift of row) cells[dayOf(shift) - range.from]?.push(shift);
  return cells;
}

export interface Away extends Span {
  user: number;
}

export function awayOf(elsewhere: readonly Elsewhere[]): Away[] {
  return elsewhere.map((one) => ({ user: one.user, start: wallOf(one.starts_at), end: wallOf(one.ends_at) }));
}

/** Keys of the shifts of one person that lie over another one, here or in another program. */
export function doubled(row: readonly Shift[], away: readonly Span[]): ReadonlySet<number> {
  const found = new Set<number>();
  row.forEach((shift, at) => {
    for (const other of row.slice(at + 1)) {
      if (other.start >= shift.end) break;
      found.add(shift.key).add(other.key);
    }
    if (away.some((one) => overlap(one, shift))) found.add(shift.key);
  });
  return found;
}

/** Minutes planned in a row. */
export function minutesIn(row: readonly Shift[]): number {
  return row.reduce((sum, shift) => sum + shift.end - shift.start, 0);
}

export interface Wish {
  role: string;
  search: string;
}

const folded = (text: string) => text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");

/** Those who are shown: of the chosen role, and with the words looked for in name or skills. */
export function shown(people: readonly Person[], wish: Wish, skill: (code: string) => string): Person[] {
  const search = folded(wish.search);
  return people.filter((person) => {
    if (wish.role && !person.roles.includes(wish.role)) return false;
    const skills = [...person.qualifications, ...person.languages, ...person.can_take].map(skill);
    return !search || [person.name, ...skills].some((text) => folded(text).includes(search));
  });
}

/** The days of a range, as numbers. */
export function daysOf(range: Range): number[] {
  return Array.from({ length: range.days }, (_, at) => range.from + at);
}

/** A shift moved to another row and day, at the same time of the day. */
export function movedTo(shift: Shift, user: number | null, day: number): Shift {
  const by = (day - dayOf(shift)) * DAY_MINUTES;
  return { ...shift, user, start: shift.start + by, end: shift.end + by };
}
