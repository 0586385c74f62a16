// Placing, copying and deleting by cells: from what is there and what is wanted to a list of changes. Pure.
import { DAY_MINUTES, dayOf } from "./days";
import type { Change, Pattern, Person, Shift } from "./interfaces";
import { OPEN_PLACES } from "./interfaces";
import { movedTo } from "./layout";
import { alike } from "./ledger";

/** A cell: a row (a person's id, or the open places) and a day. */
export interface Cell {
  row: number;
  day: number;
}

export type NewKey = () => number;

export const userOf = (row: number): number | null => (row === OPEN_PLACES ? null : row);

/** The role in which a person works a shift of `role`: that one if it is theirs, else their own first one. */
export function roleFor(person: Person | undefined, role: string): string {
  return !person || person.roles.includes(role) ? role : (person.roles[0] ?? role);
}

/** A new shift of a pattern in a cell. */
export function fromPattern(pattern: Pattern, cell: Cell, person: Person | undefined, key: number): Shift {
  const midnight = cell.day * DAY_MINUTES;
  return {
    key,
    user: userOf(cell.row),
    role: roleFor(person, pattern.role),
    start: midnight + pattern.starts,
    end: midnight + pattern.ends,
    lines: pattern.lines,
    published: false,
  };
}

/** Those of `wanted` that are not there yet; an open place may be there several times. */
function additions(wanted: readonly Shift[], present: readonly Shift[]): Change[] {
  const missing = wanted.filter((shift) => shift.user === null || !present.some((one) => alike(one, shift)));
  return missing.map((after) => ({ before: null, after }));
}

type Present = (cell: Cell) => readonly Shift[];

/** The changes that place a pattern in every cell that has it not yet. */
export function placed(
  pattern: Pattern,
  cells: readonly Cell[],
  present: Present,
  people: ReadonlyMap<number, Person>,
  newKey: NewKey,
): Change[] {
  return cells.flatMap((cell) =>
    additions([fromPattern(pattern, cell, people.get(cell.row), newKey())], present(cell)),
  );
}

/** The changes that put what was copied into every cell that has it not yet. */
export function pasted(
  copied: readonly Shift[],
  cells: readonly Cell[],
  present: Present,
  people: ReadonlyMap<number, Person>,
  newKey: NewKey,
): Change[] {
  return cells.flatMap((cell) => {
    const wanted = copied.map((shift) => ({
      ...movedTo(shift, userOf(cell.row), cell.day),
      key: newKey(),
      role: roleFor(people.get(cell.row), shift.role),
      published: false,
    }));
    return additions(wanted, present(cell));
  });
}

/** The changes that empty these cells. */
export function cleared(cells: readonly Cell[], present: Present): Change[] {
  return cells.flatMap((cell) => present(cell)).map((before) => ({ before, after: null }));
}

/** The pattern of which a shift is, by its times. */
export function patternOf(shift: Shift, patterns: readonly Pattern[]): Pattern | undefined {
  const midnight = dayOf(shift) * DAY_MINUTES;
  const at = (one: Pattern) => one.starts === shift.start - midnight && one.ends === shift.end - midnight;
  return patterns.find((one) => at(one) && one.role === shift.role) ?? patterns.find(at);
}
