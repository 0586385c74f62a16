// What a planner should know, in kind words. Pure. Gaps are told with the lines, not here.
import { dayNumber, shortDay } from "./days";
import type { RosterWarning } from "./interfaces";
import { language, t } from "./words";

/** Those to tell one by one; of a run of days only the whole. */
export function tellable(warnings: readonly RosterWarning[]): RosterWarning[] {
  const told = warnings.filter((one) => one.kind !== "gap");
  return told.filter((one) => one.kind !== "many_days" || !told.some((other) => continues(one, other)));
}

function continues(one: RosterWarning, other: RosterWarning): boolean {
  const next = dayNumber(other.on) - dayNumber(one.on) === 1;
  return next && other.kind === one.kind && other.user === one.user && daysIn(other) === daysIn(one) + 1;
}

const daysIn = (one: RosterWarning) => one.values["days"] ?? 0;

/** 7.5 of 450 minutes. */
export function hoursText(minutes: number): string {
  return String(Math.round(minutes / 6) / 10);
}

/** The whole sentence: 早川さん: 休みなしで7日続きます(11/23–11/29). */
export function warningText(one: RosterWarning, name: string): string {
  const on = dayNumber(one.on);
  const day = shortDay(on, language);
  const hours = hoursText(one.values["minutes"] ?? 0);
  switch (one.kind) {
    case "many_days":
      return t.warning.many_days(name, daysIn(one), shortDay(on - daysIn(one) + 1, language), day);
    case "long_day":
      return t.warning.long_day(name, hours, day);
    case "long_week":
      return t.warning.long_week(name, hours, day);
    case "short_rest":
      return t.warning.short_rest(name, hours, day);
    case "night_then_morning":
      return t.warning.night_then_morning(name, hours, day);
    case "double_booking":
      return t.warning.double_booking(name, day);
    default:
      return t.warning.other(name, day);
  }
}

/** A few words at the name. */
export function warningShort(one: RosterWarning): string {
  const words = t.warningShort as Record<string, (days: number) => string>;
  return (words[one.kind] ?? t.warningShort.other)(daysIn(one));
}
