import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setClock } from "../lib/time";
import { now } from "./clock";
import { LoginClock, warningAt } from "./login";

const MINUTE = 60_000;
const START = Date.parse("2026-11-23T10:00:00Z");
const iso = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();

let clock: LoginClock;

function pass(minutes: number) {
  vi.setSystemTime(START + minutes * MINUTE);
  now.value = Date.now();
}

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  setClock(iso(0));
  now.value = START;
  clock = new LoginClock();
  clock.learn({ idle_ends_at: iso(30), ends_at: iso(720) });
});
afterEach(() => void vi.useRealTimers());

test.each([
  [25, 720, 19, null],
  [25, 720, 20, "idle"],
  [25, 720, 26, "idle"],
  [720, 720, 709, null],
  [720, 720, 710, "end"],
  [712, 720, 711, "idle"],
])("idle end %i, last end %i, at %i: %s", (idle, end, at, kind) => {
  expect(warningAt(idle * MINUTE, end * MINUTE, at * MINUTE)?.kind ?? null).toBe(kind);
});

test("a request that came through moves the idle end by as much as the server gave", () => {
  pass(26);
  expect(clock.warning.value?.kind).toBe("idle");
  clock.answered();
  expect(clock.warning.value).toBeNull();
  expect(clock.idleEndsAt.value).toBe(START + 56 * MINUTE);
});

test("no request moves the login past its last end", () => {
  pass(711);
  clock.answered();
  expect(clock.warning.value).toEqual({ kind: "end", at: START + 720 * MINUTE });
});

test("typing asks for more time at most once a minute, and not right after a request", () => {
  expect(clock.typed()).toBe(false);
  pass(1);
  expect([clock.typed(), clock.typed()]).toEqual([true, false]);
  pass(2);
  expect(clock.typed()).toBe(true);
  pass(2.5);
  clock.answered();
  pass(3);
  expect(clock.typed()).toBe(false);
});

test("a warning is told once, and again when it comes again", () => {
  pass(26);
  expect([clock.tellWarning(), clock.tellWarning()]).toEqual([true, false]);
  clock.answered();
  expect(clock.tellWarning()).toBe(false);
  pass(52);
  expect(clock.tellWarning()).toBe(true);
});
