// What is typed in the panel of a shift or pattern, and what is wrong with it. Pure.
import { clock, DAY_MINUTES, dateOf, dayNumber, dayOf, minutesOf } from "../days";
import type { Shift } from "../interfaces";
import type { PatternWish } from "../network";
import { t } from "../words";

export interface TimesTyped {
  starts: string;
  ends: string;
  lines: string;
}

export interface ShiftTyped extends TimesTyped {
  user: string;
  day: string;
  role: string;
}

export interface PatternTyped extends TimesTyped {
  name: string;
  role: string;
}

export type Problems = Record<string, string>;

const MOST_LINES = 10;
const LONGEST_NAME = 20;

interface Times {
  starts: number;
  ends: number;
  lines: number;
}

/** Times and lines as numbers, or what is wrong by field. */
export function timesOf(typed: TimesTyped): { times: Times; problems: Problems } {
  const starts = minutesOf(typed.starts);
  const ends = minutesOf(typed.ends);
  const lines = Number(typed.lines.normalize("NFKC").trim() || Number.NaN);
  const problems: Problems = {};
  if (starts === undefined || starts >= DAY_MINUTES) problems["starts"] = t.badTime;
  if (ends === undefined) problems["ends"] = t.badTime;
  else if (starts !== undefined && ends <= starts) problems["ends"] = t.endBeforeStart;
  if (!Number.isInteger(lines) || lines < 1 || lines > MOST_LINES) problems["lines"] = t.badLines;
  return { times: { starts: starts ?? 0, ends: ends ?? 0, lines }, problems };
}

/** The shift as typed over `before` (or a new one under `key`), or what is wrong. */
export function shiftTyped(
  typed: ShiftTyped,
  before: Shift | null,
  key: number,
): { shift?: Shift; problems: Problems } {
  const { times, problems } = timesOf(typed);
  const day = dayNumber(typed.day);
  if (!Number.isFinite(day)) problems["day"] = t.badDate;
  if (Object.keys(problems).length) return { problems };
  const midnight = day * DAY_MINUTES;
  const shift: Shift = {
    key: before?.key ?? key,
    published: before?.published ?? false,
    user: typed.user ? Number(typed.user) : null,
    role: typed.role,
    start: midnight + times.starts,
    end: midnight + times.ends,
    lines: times.lines,
  };
  return { shift, problems };
}

export function typedOf(shift: Shift): ShiftTyped {
  const midnight = dayOf(shift) * DAY_MINUTES;
  return {
    user: shift.user === null ? "" : String(shift.user),
    day: dateOf(dayOf(shift)),
    role: shift.role,
    starts: clock(shift.start - midnight),
    ends: clock(shift.end - midnight),
    lines: String(shift.lines),
  };
}

/** The pattern as typed, or what is wrong. */
export function patternTyped(typed: PatternTyped): { wish?: PatternWish; problems: Problems } {
  const { times, problems } = timesOf(typed);
  const name = typed.name.trim();
  if (!name || name.length > LONGEST_NAME) problems["name"] = t.patternNameMissing;
  return Object.keys(problems).length ? { problems } : { wish: { name, role: typed.role, ...times }, problems };
}
