// Times as people read them: Japanese standard time, day lines, durations; and a clock set by the server.

export type Language = "ja" | "en";

const ZONE = "Asia/Tokyo";
const MINUTE_MS = 60_000;
const locales = { ja: "ja-JP", en: "en-GB" } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locales[language], { timeZone: ZONE, ...options });
  formats.set(key, found);
  return found;
}

/** 14:02 in Tokyo. `at`: ISO 8601. */
export function clockText(at: string, language: Language = "ja"): string {
  return format(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

/** The calendar day in Tokyo, as a key to group by: 2026-11-23. */
export function dayKey(at: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(new Date(at));
}

/** 11月23日(月); with the year when it is not the year of `now`. */
export function dayLine(at: string, now: number, language: Language = "ja"): string {
  const otherYear = dayKey(at).slice(0, 4) !== dayKey(new Date(now).toISOString()).slice(0, 4);
  const year = otherYear ? { year: "numeric" as const } : {};
  const long = language === "ja" ? "long" : "short";
  return format(language, { ...year, month: long, day: "numeric", weekday: "short" }).format(new Date(at));
}

/** 3分20秒, 1時間5分. `seconds` below zero count as none. */
export function durationText(seconds: number, language: Language = "ja"): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  const unit = language === "ja" ? { h: "時間", m: "分", s: "秒", gap: "" } : { h: "h", m: "m", s: "s", gap: " " };
  if (hours) return `${hours}${unit.h}${unit.gap}${minutes}${unit.m}`;
  if (minutes) return `${minutes}${unit.m}${unit.gap}${String(rest).padStart(2, "0")}${unit.s}`;
  return `${rest}${unit.s}`;
}

/** Seconds from `since` (ISO 8601) to `now` (ms). */
export function secondsSince(since: string, now: number): number {
  return (now - Date.parse(since)) / 1000;
}

/** Whole minutes from `now` (ms) until `at` (ISO 8601), begun ones counted; below zero: since. */
export function minutesUntil(at: string, now: number): number {
  return Math.ceil((Date.parse(at) - now) / MINUTE_MS);
}

// A counselor's machine may be minutes off: waiting times are counted by the server's clock.
let ahead = 0;

/** Now by the server's clock, in ms. */
export function serverNow(): number {
  return Date.now() + ahead;
}

/** Set the clock by a time the server told (ISO 8601), asked at `asked` (ms here) and heard now. */
export function setClock(told: string, asked: number = Date.now()): void {
  const offset = Date.parse(told) - (asked + Date.now()) / 2;
  if (Number.isFinite(offset)) ahead = offset;
}
