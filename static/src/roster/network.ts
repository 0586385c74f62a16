// What the roster asks and changes over HTTP, one function each. `view`: the days one looks at, for what follows.
import { call } from "../lib/http";
import { dateOf, isoOf } from "./days";
import type { Pattern, RequiredWeek, Roster, RosterChange, Shift } from "./interfaces";
import type { Range } from "./layout";

export type PatternWish = Omit<Pattern, "id">;

const body = (shift: Shift) => ({
  user: shift.user,
  role: shift.role,
  starts_at: isoOf(shift.start),
  ends_at: isoOf(shift.end),
  lines: shift.lines,
});

const seen = (view: Range) => `?from=${dateOf(view.from)}&days=${view.days}`;
const roster = (program: number, view: Range, rest = "") => `/api/programs/${program}/roster${rest}${seen(view)}`;
const shift = (id: number, view: Range) => `/api/shifts/${id}${seen(view)}`;
const pattern = (id: number, view: Range) => `/api/patterns/${id}${seen(view)}`;

export const api = {
  roster: (program: number, view: Range) => call<Roster>("GET", roster(program, view)),
  make: (program: number, view: Range, shifts: readonly Shift[]) =>
    call<RosterChange>("POST", roster(program, view, "/shifts"), { shifts: shifts.map(body) }),
  change: (id: number, view: Range, to: Shift) => call<RosterChange>("PUT", shift(id, view), body(to)),
  remove: (id: number, view: Range) => call<RosterChange>("DELETE", shift(id, view)),
  copy: (program: number, view: Range, from: string, to: string) =>
    call<RosterChange>("POST", roster(program, view, "/copies"), { from, to }),
  publish: (program: number, view: Range, from: string, to: string) =>
    call<RosterChange>("PUT", roster(program, view, "/publication"), { from, to }),
  addPattern: (program: number, view: Range, wish: PatternWish) =>
    call<RosterChange>("POST", roster(program, view, "/patterns"), wish),
  changePattern: (id: number, view: Range, wish: PatternWish) => call<RosterChange>("PUT", pattern(id, view), wish),
  removePattern: (id: number, view: Range) => call<RosterChange>("DELETE", pattern(id, view)),
  require: (program: number, view: Range, week: RequiredWeek) =>
    call<RosterChange>("PUT", roster(program, view, "/required"), { required: week }),
};
