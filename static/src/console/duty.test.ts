import { expect, test } from "vitest";
import { minutesUntil } from "../lib/time";
import type { MyDuty } from "../staff/me";
import { board, colleague, me } from "../staff/sample";
import { dutyIn, endings, isDutyStale, isOnDuty, mayTake, minutesLate, nextShift } from "./duty";

const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);
const shift = { id: 5, starts_at: "2026-11-23T10:00:00Z", ends_at: "2026-11-23T14:00:00Z", lines: 2 };
const duty = (more: Partial<MyDuty> = {}): MyDuty => ({
  program: 1,
  since: "2026-11-23T10:02:00Z",
  away: null,
  shift,
  ...more,
});
const resting = duty({ away: { reason: "meal", since: "2026-11-23T12:00:00Z", until: null } });

test("on duty is who is checked in and not on a break", () => {
  expect(isOnDuty(me({ duties: [duty()] }), 1)).toBe(true);
  expect(isOnDuty(me({ duties: [resting] }), 1)).toBe(false);
  expect(isOnDuty(me({ duties: [] }), 1)).toBe(false);
  expect(dutyIn(me({ duties: [duty()] }), 2)).toBeUndefined();
});

test("off duty a supervisor alone may take a session", () => {
  const [program] = me().programs;
  const supervisor = program ? [{ ...program, rights: [...program.rights, "steer"] }] : [];
  expect(mayTake(me({ duties: [] }), 1)).toBe(false);
  expect(mayTake(me({ duties: [], programs: supervisor }), 1)).toBe(true);
});

test("on duty nobody takes sessions whose role does not", () => {
  const [program] = me().programs;
  const coordinator = program ? [{ ...program, rights: ["watch_board", "work_shifts"] }] : [];
  expect(mayTake(me({ duties: [duty()], programs: coordinator }), 1)).toBe(false);
});

test("late and early are told by minutes, and a few of them are nobody's business", () => {
  expect(minutesLate(duty())).toBe(0);
  expect(minutesLate(duty({ since: "2026-11-23T10:12:30Z" }))).toBe(12);
  expect(minutesLate(duty({ since: "2026-11-23T09:50:00Z" }))).toBe(-10);
  expect(minutesLate(duty({ shift: null }))).toBe(0);
});

test("the next shift is the first of the program that is not over", () => {
  const others = [
    { ...shift, id: 4, program: 2 },
    { ...shift, id: 5, program: 1 },
    { ...shift, id: 6, program: 1, ends_at: "2026-11-24T14:00:00Z" },
  ];
  expect(nextShift(me({ next_shifts: others }), 1, at("12:00:00"))?.id).toBe(5);
  expect(nextShift(me({ next_shifts: others }), 1, at("14:00:00"))?.id).toBe(6);
});

test.each([
  ["13:29:00", []],
  ["13:30:00", ["5 30"]],
  ["13:44:59", ["5 30"]],
  ["13:45:00", ["5 15"]],
  ["13:55:00", ["5 5"]],
  ["13:59:59", ["5 5"]],
  ["14:00:00", ["5 0"]],
  ["15:30:00", ["5 0"]],
])("at %s the ends that are told are %j", (time, keys) => {
  expect(endings(me({ duties: [duty(), duty({ shift: null })] }), at(time)).map(({ key }) => key)).toEqual(keys);
});

test("minutes that have begun are counted until an end, and whole ones after it", () => {
  expect(minutesUntil(shift.ends_at, at("13:29:30"))).toBe(31);
  expect(minutesUntil(shift.ends_at, at("14:00:30"))).toBe(-0);
  expect(minutesUntil(shift.ends_at, at("14:12:10"))).toBe(-12);
});

test("a board that tells another duty than mine shows that it was changed elsewhere", () => {
  const mine = me({ duties: [duty()] });
  const told = (more: Parameters<typeof colleague>[2]) =>
    isDutyStale(
      mine,
      board({ colleagues: [colleague(1, "早川", { shift_ends_at: "2026-11-23T14:00:00+00:00", ...more })] }),
    );
  expect(told({})).toBe(false);
  expect(told({ on_duty: false })).toBe(true);
  expect(told({ on_duty: false, away: "meal" })).toBe(true);
  expect(told({ shift_ends_at: "2026-11-23T15:00:00Z" })).toBe(true);
  expect(isDutyStale(mine, board({ colleagues: [] }))).toBe(false);
});
