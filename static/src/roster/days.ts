// Days and minutes of Tokyo as plain numbers. Pure. Japan has had no summer time since 1951: its offset is fixed.
import type { Language } from "../lib/time";
import type { Span } from "./interfaces";

const OFFSET_MINUTES = 9 * 60;
export const DAY_MINUTES = 24 * 60;
/** The last minute at which a shift may end on its service day (docs: opening hours). */
export const LATEST_END = 32 * 60;

/** Minutes of Tokyo's wall clock since 1970-01-01 00:00 there. `at`: ISO 8601. */
export function wallOf(at: string): number {
  return Math.round(Date.parse(at) / 60_000) + OFFSET_MINUTES;
}

/** ISO 8601 with Tokyo's offset. */
export function isoOf(wall: number): string {
  return `${new Date(wall * 60_000).toISOString().slice(0, 16)}:00+09:00`;
}

/** The number of a day, counted from 1970-01-01. `date`: 2026-11-23. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

/** 2026-11-23 */
export function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** The service day of a shift: the one on which it starts. */
export function dayOf(span: Span): number {
  return Math.floor(span.start / DAY_MINUTES);
}

/** 0 on Monday … 6 on Sunday. */
export function weekdayOf(day: number): number {
  return (day + 3) % 7;
}

export function mondayOf(day: number): number {
  return day - weekdayOf(day);
}

/** The first day of the month of `day`, and how many days it has. */
export function monthOf(day: number): { from: number; days: number } {
  const [year, month] = dateOf(day).split("-").map(Number) as [number, number];
  const from = Date.UTC(year, month - 1, 1) / 86_400_000;
  return { from, days: Date.UTC(year, month, 1) / 86_400_000 - from };
}

/** The first day of the month `by` months after that of `day`. */
export function monthsAfter(day: number, by: number): number {
  const [year, month] = dateOf(day).split("-").map(Number) as [number, number];
  return Date.UTC(year, month - 1 + by, 1) / 86_400_000;
}

/** 19:00, and 26:00 for two in the morning of a service day. */
export function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/** The minutes of "19:00", "1900", "19" or "26:00"; undefined when it is no time. Full-width digits count. */
export function minutesOf(text: string): number | undefined {
  const found = /^(\d{1,2})(?::?(\d{2}))?$/.exec(text.normalize("NFKC").trim());
  if (!found) return undefined;
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? 0);
  return Number(found[2] ?? 0) < 60 && minutes <= LATEST_END ? minutes : undefined;
}

/** 19:00–26:00 by the day on which it starts. */
export function spanText(span: Span): string {
  const midnight = dayOf(span) * DAY_MINUTES;
  return `${clock(span.start - midnight)}–${clock(span.end - midnight)}`;
}

export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const locale = language === "ja" ? "ja-JP" : "en-GB";
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  formats.set(key, found);
  return found;
}

/** 月, Mon */
export function weekdayText(day: number, language: Language): string {
  return format(language, { weekday: "short" }).format(day * 86_400_000);
}

/** 11月23日(月), Mon 23 Nov */
export function dayText(day: number, language: Language): string {
  const month = language === "ja" ? "long" : "short";
  return format(language, { month, day: "numeric", weekday: "short" }).format(day * 86_400_000);
}

/** 11/23, 23/11 */
export function shortDay(day: number, language: Language): string {
  const [, month, date] = dateOf(day).split("-").map(Number);
  return language === "ja" ? `${month}/${date}` : `${date}/${month}`;
}

/** 2026年11月, November 2026 */
export function monthText(day: number, language: Language): string {
  return format(language, { year: "numeric", month: "long" }).format(day * 86_400_000);
}
