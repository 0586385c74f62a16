import { afterEach, expect, test, vi } from "vitest";
import { clockText, dayKey, dayLine, durationText, secondsSince, serverNow, setClock } from "./time";

const NOW = Date.parse("2026-11-23T05:02:00Z");

afterEach(() => vi.useRealTimers());

test("a time is shown as the clock in Tokyo shows it", () => {
  expect(clockText("2026-11-23T05:02:00Z")).toBe("14:02");
  expect(clockText("2026-11-22T15:00:00Z")).toBe("00:00");
});

test("the day changes at midnight in Tokyo, not in Greenwich", () => {
  expect(dayKey("2026-11-22T14:59:59Z")).toBe("2026-11-22");
  expect(dayKey("2026-11-22T15:00:00Z")).toBe("2026-11-23");
});

test("a day line names the weekday, and the year only when it is another one", () => {
  expect(dayLine("2026-11-23T05:02:00Z", NOW)).toBe("11月23日(月)");
  expect(dayLine("2025-11-23T05:02:00Z", NOW)).toBe("2025年11月23日(日)");
  expect(dayLine("2026-11-23T05:02:00Z", NOW, "en")).toMatch(/Mon.*23 Nov/);
});

test("durations read as people say them", () => {
  expect(durationText(48)).toBe("48秒");
  expect(durationText(200)).toBe("3分20秒");
  expect(durationText(65)).toBe("1分05秒");
  expect(durationText(3900)).toBe("1時間5分");
  expect(durationText(-5)).toBe("0秒");
  expect(durationText(200, "en")).toBe("3m 20s");
});

test("a machine whose clock is wrong still counts by the server's", () => {
  vi.useFakeTimers({ now: NOW });
  setClock("2026-11-23T05:12:00Z");
  expect(secondsSince("2026-11-23T05:10:00Z", serverNow())).toBe(120);
  setClock("not a time");
  expect(serverNow()).toBe(NOW + 600_000);
  setClock("2026-11-23T05:02:00Z");
});
