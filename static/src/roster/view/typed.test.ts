import { expect, test } from "vitest";
import { MONDAY, shift } from "../sample";
import { copiedColumn, hoursShown, typedLines, weekOf } from "./week";
import { patternTyped, shiftTyped, typedOf } from "./wish";

test("what is typed in the panel becomes a shift of its service day", () => {
  const typed = { ...typedOf(shift(5, 1)), starts: "22", ends: "３０：００" };
  expect(shiftTyped(typed, shift(5, 1), -1).shift).toMatchObject({
    key: 5,
    start: MONDAY * 1440 + 1320,
    end: MONDAY * 1440 + 1800,
  });
});

test("what is wrong is told by field", () => {
  const typed = { ...typedOf(shift(5, 1)), starts: "20:00", ends: "19:00", lines: "二", day: "" };
  expect(Object.keys(shiftTyped(typed, null, -1).problems).sort()).toEqual(["day", "ends", "lines"]);
  const pattern = { name: " ", role: "counselor", starts: "25:00", ends: "26:00", lines: "2" };
  expect(Object.keys(patternTyped(pattern).problems).sort()).toEqual(["name", "starts"]);
});

test("required lines are read back as they were stored; empty means none", () => {
  const week = { mon: { "19": 3 }, holiday: { "25": 1 } };
  expect(weekOf(typedLines(week))).toEqual(week);
  expect(weekOf({ mon: { 19: " " } })).toEqual({});
  expect(weekOf({ mon: { 19: "３" } })).toEqual({ mon: { "19": 3 } });
  expect(weekOf({ mon: { 19: "三" } })).toBeUndefined();
});

test("a column is copied over others, and no later change reaches both", () => {
  const copied = copiedColumn({ mon: { 19: "3" } }, "mon", ["tue"]);
  expect(copied["tue"]).toEqual({ 19: "3" });
  expect(copied["tue"]).not.toBe(copied["mon"]);
});

test("the table shows the usual hours and those with a number", () => {
  expect(hoursShown({ mon: { 25: "1", 6: "" } }, false)).toEqual(Array.from({ length: 17 }, (_, at) => at + 9));
  expect(hoursShown({}, true)).toHaveLength(32);
});
