import { expect, test } from "vitest";
import { moved, placeAt, selectedIn, sizeOf } from "./moving";

const SIZE = { rows: 3, cols: 7 };
const press = (key: string, more = {}) => ({ key, ctrl: false, shift: false, ...more });

test("the keyboard stays within the grid", () => {
  expect(moved(placeAt(0, 0), press("ArrowUp"), SIZE)).toEqual(placeAt(0, 0));
  expect(moved(placeAt(2, 6), press("ArrowRight"), SIZE)).toEqual(placeAt(2, 6));
  expect(moved(placeAt(1, 3), press("End"), SIZE)).toEqual(placeAt(1, 6));
  expect(moved(placeAt(2, 3), press("Home", { ctrl: true }), SIZE)).toEqual(placeAt(0, 0));
  expect(moved(placeAt(0, 0), press("a"), SIZE)).toBeUndefined();
});

test("Shift stretches the selection from where it began", () => {
  const once = moved(placeAt(1, 2), press("ArrowLeft", { shift: true }), SIZE) ?? placeAt(0, 0);
  expect(selectedIn(once, 1)).toEqual([1, 2]);
  expect(selectedIn(once, 0)).toBeUndefined();
  expect(sizeOf(once)).toBe(2);
});
