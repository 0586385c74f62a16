import { expect, test } from "vitest";
import { cleared, fromPattern, pasted, placed } from "./brush";
import { cellsOf, doubled, grouped, minutesIn, rowsOf, shown } from "./layout";
import { DAY, MONDAY, night, person, shift } from "./sample";

const WEEK = { from: MONDAY, days: 7 };
const haru = person(1, "早川 遥");
const mio = person(2, "三浦 澪", { roles: ["supervisor"], qualifications: ["公認心理師"] });
const people = new Map([haru, mio].map((one) => [one.id, one]));
const map = (...shifts: ReturnType<typeof shift>[]) => new Map(shifts.map((one) => [one.key, one]));
const key = () => -1;

test("a row that did not change keeps its very list", () => {
  const [mine, other] = [shift(1, 1), shift(2, 2)];
  const before = rowsOf(map(mine, other), WEEK);
  const after = rowsOf(map(mine, other, shift(3, 2, 1)), WEEK, before);
  expect(after.get(1)).toBe(before.get(1));
  expect(after.get(2)).not.toBe(before.get(2));
});

test("shifts stand on the day on which they start; open places in a row of their own", () => {
  const rows = rowsOf(map(shift(1, null, 3), shift(2, 1, 7)), WEEK);
  expect([...rows.keys()]).toEqual([0]);
  expect(cellsOf(rows.get(0) ?? [], WEEK).map((cell) => cell.length)).toEqual([0, 0, 0, 1, 0, 0, 0]);
});

test("two shifts at once are seen, also where one is in another program", () => {
  const late = shift(2, 1, 0, { start: MONDAY * DAY + 22 * 60, end: MONDAY * DAY + 25 * 60 });
  expect([...doubled([shift(1, 1), late], [])]).toEqual([1, 2]);
  expect([...doubled([shift(1, 1, 1)], [{ start: (MONDAY + 2) * DAY, end: (MONDAY + 2) * DAY + 60 }])]).toEqual([1]);
  expect(doubled([shift(1, 1), shift(2, 1, 1)], []).size).toBe(0);
});

test("hours are those of the shifts", () => {
  expect(minutesIn([shift(1, 1), shift(2, 1, 1)])).toBe(14 * 60);
});

test("people are found by name without its space, by skill, and by role", () => {
  const skill = (code: string) => code;
  expect(shown([haru, mio], { role: "", search: "早川遥" }, skill)).toEqual([haru]);
  expect(shown([haru, mio], { role: "", search: "心理師" }, skill)).toEqual([mio]);
  expect(shown([haru, mio], { role: "supervisor", search: "早" }, skill)).toEqual([]);
});

test("groups that say the same stay the same lists", () => {
  const before = grouped([{ of: 1, n: 1 }], (one) => one.of);
  expect(grouped([{ of: 1, n: 1 }], (one) => one.of, before).get(1)).toBe(before.get(1));
});

test("a pattern is placed where it is not there yet, in a role the person has", () => {
  const cells = [0, 1].map((ahead) => ({ row: 2, day: MONDAY + ahead }));
  const there = fromPattern(night, { row: 2, day: MONDAY }, mio, 9);
  const made = placed(night, cells, (cell) => (cell.day === MONDAY ? [there] : []), people, key);
  expect(made.map(({ after }) => [after?.role, after?.start])).toEqual([["supervisor", (MONDAY + 1) * DAY + 1140]]);
});

test("an open place may be there several times", () => {
  const cell = { row: 0, day: MONDAY };
  const there = fromPattern(night, cell, undefined, 9);
  expect(placed(night, [cell], () => [there], people, key)).toHaveLength(1);
});

test("what is pasted keeps its time and is a draft of its new person", () => {
  const [change] = pasted([shift(5, 1, 0, { published: true })], [{ row: 2, day: MONDAY + 4 }], () => [], people, key);
  expect(change?.after).toMatchObject({
    user: 2,
    role: "supervisor",
    published: false,
    start: (MONDAY + 4) * DAY + 1140,
  });
});

test("emptied cells give back each of their shifts", () => {
  expect(cleared([{ row: 1, day: MONDAY }], () => [shift(1, 1), shift(2, 1)])).toHaveLength(2);
});
