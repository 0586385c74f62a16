// Required lines while they are typed: texts by weekday and hour. Pure.
import type { RequiredWeek } from "../interfaces";

export const COLUMNS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"] as const;

export type WeekTyped = Record<string, Record<number, string>>;

const MOST_LINES = 99;
const LATEST_HOUR = 31;
const USUAL_HOURS = { from: 9, until: 24 };

export function typedLines(week: RequiredWeek): WeekTyped {
  const column = (hours: Record<string, number>) =>
    Object.fromEntries(Object.entries(hours).map(([hour, lines]) => [Number(hour), String(lines)]));
  return Object.fromEntries(Object.entries(week).map(([name, hours]) => [name, column(hours)]));
}

/** What is to be stored; undefined when something is no number. Empty means none; an empty column is left out. */
export function weekOf(typed: WeekTyped): RequiredWeek | undefined {
  const week: RequiredWeek = {};
  for (const [name, hours] of Object.entries(typed)) {
    for (const [hour, text] of Object.entries(hours)) {
      const folded = text.normalize("NFKC").trim();
      if (!folded) continue;
      if (!/^\d{1,2}$/.test(folded) || Number(folded) > MOST_LINES) return undefined;
      week[name] = { ...week[name], [hour]: Number(folded) };
    }
  }
  return week;
}

export function copiedColumn(typed: WeekTyped, from: string, to: readonly string[]): WeekTyped {
  const column = typed[from] ?? {};
  return { ...typed, ...Object.fromEntries(to.map((name) => [name, { ...column }])) };
}

/** The hours worth a row: those with a number, and the usual ones. */
export function hoursShown(typed: WeekTyped, all: boolean): number[] {
  if (all) return Array.from({ length: LATEST_HOUR + 1 }, (_, hour) => hour);
  const filled = Object.values(typed).flatMap((hours) =>
    Object.entries(hours).flatMap(([hour, text]) => (text.trim() ? [Number(hour)] : [])),
  );
  const from = Math.min(USUAL_HOURS.from, ...filled);
  const until = Math.max(USUAL_HOURS.until, ...filled.map((hour) => hour + 1));
  return Array.from({ length: until - from }, (_, ahead) => from + ahead);
}
