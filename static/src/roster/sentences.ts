// Gaps as a person would say them: «今週は火曜19時台に1回線、土曜に最大2回線足りません». Pure.
import { dateOf, dayText, mondayOf, weekdayOf, weekdayText } from "./days";
import { type DayPlan, type Gap, lackingDays, worstOf } from "./demand";
import type { Range } from "./layout";
import { language, t } from "./words";

const MOST_PARTS = 3;

/** How the range is called, seen from today: 今週, 11月30日(月)からの週, 12月. */
export function periodText(range: Range, today: number): string {
  if (range.days > 7) return t.period.month(Number(dateOf(range.from).slice(5, 7)));
  const weeks = (range.from - mondayOf(today)) / 7;
  if (weeks === 0) return t.period.thisWeek;
  return weeks === 1 ? t.period.nextWeek : t.period.week(dayText(range.from, language));
}

function hoursOf(gap: Gap): string {
  return gap.until - gap.from === 1 ? t.oneHour(gap.from) : t.someHours(gap.from, gap.until);
}

function part(plan: DayPlan, range: Range): string {
  const weekday = weekdayText(plan.day, language);
  const day = range.days > 7 ? t.monthDay(Number(dateOf(plan.day).slice(8)), weekday) : t.weekdayLong(weekday);
  const [gap] = plan.gaps;
  if (gap && plan.gaps.length === 1) return t.lackPart(day, hoursOf(gap), gap.missing);
  return t.lackMost(day, worstOf(plan));
}

/** The sentence at the top: what is missing in the range, the worst days where there are many. */
export function gapSentence(plans: readonly DayPlan[], range: Range, today: number): string {
  const period = periodText(range, today);
  if (!plans.some((plan) => plan.hours.some((hour) => hour.required > 0))) return t.noRequired(period);
  const lacking = lackingDays(plans);
  if (!lacking.length) return t.enough(period);
  const worst = [...lacking].sort((a, b) => worstOf(b) - worstOf(a) || a.day - b.day).slice(0, MOST_PARTS);
  const told = worst.sort((a, b) => a.day - b.day).map((plan) => part(plan, range));
  return t.lackSentence(period, told, lacking.length - told.length);
}

/** True on Saturdays, Sundays and holidays. */
export function isRestDay(day: number, holidays: Readonly<Record<string, string>>): boolean {
  return weekdayOf(day) > 4 || dateOf(day) in holidays;
}
