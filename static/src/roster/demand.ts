// Lines required against lines planned, by day and hour. Pure; the rules are those of counseling/roster/demand.py.
import { DAY_MINUTES, dateOf, dayOf } from "./days";
import type { Roster, Shift } from "./interfaces";
import type { Range } from "./layout";
import { daysOf } from "./layout";

export type Required = Roster["required"];

/** Roles that answer visitors: the others' shifts bring no lines (accounts/roles.py). */
const ANSWERING = new Set(["counselor", "trainee", "supervisor"]);

export interface Hour {
  hour: number;
  required: number;
  planned: number;
}

export interface Gap {
  day: number;
  /** Hours of the service day, `until` not included. */
  from: number;
  until: number;
  missing: number;
}

/** Lines at each moment, made once from all shifts. Open places hold none. */
export class Lines {
  private readonly moments: number[];
  private readonly lines: number[] = [0];

  constructor(shifts: Iterable<Shift>) {
    const steps = new Map<number, number>();
    const add = (at: number, lines: number) => steps.set(at, (steps.get(at) ?? 0) + lines);
    for (const shift of shifts) {
      if (shift.user === null || !ANSWERING.has(shift.role)) continue;
      add(shift.start, shift.lines);
      add(shift.end, -shift.lines);
    }
    this.moments = [...steps.keys()].sort((a, b) => a - b);
    for (const moment of this.moments) this.lines.push((this.lines.at(-1) ?? 0) + (steps.get(moment) ?? 0));
  }

  /** The least number of lines at any moment from `start` until `end`. */
  least(start: number, end: number): number {
    const first = this.moments.findIndex((moment) => moment > start);
    if (first < 0) return 0;
    let least = this.lines[first] ?? 0;
    for (let at = first; (this.moments[at] ?? end) < end; at++) least = Math.min(least, this.lines[at + 1] ?? 0);
    return least;
  }
}

/** The hours of a service day that matter: those required, and those in which its own shifts run. */
export function hoursOn(day: number, required: Required, lines: Lines, own: readonly Shift[]): Hour[] {
  const wanted = required[dateOf(day)] ?? {};
  const midnight = day * DAY_MINUTES;
  const hours = new Set(Object.keys(wanted).map(Number));
  for (const shift of own) {
    if (shift.user === null) continue;
    for (let hour = Math.floor((shift.start - midnight) / 60); hour * 60 < shift.end - midnight; hour++)
      hours.add(hour);
  }
  return [...hours]
    .sort((a, b) => a - b)
    .map((hour) => ({
      hour,
      required: wanted[hour] ?? 0,
      planned: lines.least(midnight + hour * 60, midnight + hour * 60 + 60),
    }));
}

/** Hours in a row that lack the same number of lines, told together. */
export function gapsIn(day: number, hours: readonly Hour[]): Gap[] {
  const gaps: Gap[] = [];
  for (const { hour, required, planned } of hours) {
    const missing = required - planned;
    if (missing <= 0) continue;
    const last = gaps[gaps.length - 1];
    if (last && last.until === hour && last.missing === missing) last.until = hour + 1;
    else gaps.push({ day, from: hour, until: hour + 1, missing });
  }
  return gaps;
}

export interface DayPlan {
  day: number;
  hours: Hour[];
  gaps: Gap[];
}

/** Every day of the range with its hours and gaps. */
export function plansOf(range: Range, required: Required, shifts: Iterable<Shift>): DayPlan[] {
  const all = [...shifts];
  const lines = new Lines(all);
  const own = new Map<number, Shift[]>();
  for (const shift of all) own.set(dayOf(shift), [...(own.get(dayOf(shift)) ?? []), shift]);
  return daysOf(range).map((day) => {
    const hours = hoursOn(day, required, lines, own.get(day) ?? []);
    return { day, hours, gaps: gapsIn(day, hours) };
  });
}

/** The most lines missing at once on a day; 0 when none is. */
export function worstOf(plan: DayPlan): number {
  return Math.max(0, ...plan.gaps.map((gap) => gap.missing));
}

/** The days that lack lines, those that lack most first where only some can be told. */
export function lackingDays(plans: readonly DayPlan[]): DayPlan[] {
  return plans.filter((plan) => plan.gaps.length > 0);
}
