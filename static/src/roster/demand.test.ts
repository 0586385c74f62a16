import { afterEach, expect, test, vi } from "vitest";
import { Lines, plansOf } from "./demand";
import type { Shift } from "./interfaces";
import { DAY, MONDAY, shift } from "./sample";
import { gapSentence, periodText } from "./sentences";
import { tellable, warningText } from "./warnings";

const WEEK = { from: MONDAY, days: 7 };
const at = (day: number, from: number, until: number, more: Partial<Shift> = {}) =>
  shift(day * 100 + from, 1, day, {
    start: (MONDAY + day) * DAY + from * 60,
    end: (MONDAY + day) * DAY + until * 60,
    ...more,
  });
const sentence = (required: Record<string, Record<string, number>>, ...shifts: Shift[]) =>
  gapSentence(plansOf(WEEK, required, shifts), WEEK, MONDAY);

afterEach(() => vi.restoreAllMocks());

test("of an hour its poorest moment counts", () => {
  const lines = new Lines([at(0, 19, 20), at(0, 20, 21, { start: MONDAY * DAY + 20.5 * 60 })]);
  const hour = (from: number) => lines.least(MONDAY * DAY + from * 60, MONDAY * DAY + from * 60 + 60);
  expect([hour(18), hour(19), hour(20), hour(21)]).toEqual([0, 2, 0, 0]);
});

test("open places and coordinators bring no lines", () => {
  const lines = new Lines([at(0, 19, 20, { user: null }), at(0, 19, 20, { role: "coordinator" })]);
  expect(lines.least(MONDAY * DAY + 1140, MONDAY * DAY + 1200)).toBe(0);
});

test("hours in a row that lack the same are one gap, past midnight too", () => {
  const [plan] = plansOf(WEEK, { "2026-11-23": { 22: 3, 23: 3, 24: 3, 25: 1 } }, [at(0, 19, 24)]);
  expect(plan?.gaps).toEqual([
    { day: MONDAY, from: 22, until: 24, missing: 1 },
    { day: MONDAY, from: 24, until: 25, missing: 3 },
    { day: MONDAY, from: 25, until: 26, missing: 1 },
  ]);
});

test("the sentence says what is missing as a person would", () => {
  const required = { "2026-11-24": { 19: 3 }, "2026-11-28": { 19: 2, 20: 2 }, "2026-11-29": { 10: 1, 15: 2 } };
  expect(sentence(required, at(1, 19, 20))).toBe(
    "今週は火曜19時台に1回線、土曜19–21時に2回線、日曜に最大2回線足りません。",
  );
});

test("of many days the worst are told and the rest are counted", () => {
  const days = ["23", "24", "25", "26"].map((day, at) => [`2026-11-${day}`, { 19: at + 1 }]);
  expect(sentence(Object.fromEntries(days))).toBe(
    "今週は火曜19時台に2回線、水曜19時台に3回線、木曜19時台に4回線、ほか1日で回線が足りません。",
  );
});

test("enough is told, and so is that nothing is required", () => {
  expect(sentence({ "2026-11-24": { 19: 2 } }, at(1, 19, 20))).toBe("今週は、必要な回線がすべてそろっています。");
  expect(sentence({})).toContain("決まっていません");
});

test("periods are called as people call them", () => {
  const week = (ahead: number) => periodText({ from: MONDAY + 7 * ahead, days: 7 }, MONDAY + 2);
  expect([week(0), week(1), week(2)]).toEqual(["今週", "来週", "12月7日(月)からの週"]);
  expect(periodText({ from: MONDAY + 8, days: 31 }, MONDAY)).toBe("12月");
});

test("of a run of days only the whole is told, in kind words", () => {
  const run = (on: string, days: number) => ({ kind: "many_days" as const, user: 1, on, values: { days } });
  const [told, ...rest] = tellable([run("2026-11-29", 7), run("2026-11-30", 8)]);
  expect(rest).toEqual([]);
  expect(told && warningText(told, "早川 遥")).toBe("早川 遥さん: 休みなしで8日続きます(11/23–11/30)");
});
