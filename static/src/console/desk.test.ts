import { expect, test } from "vitest";
import { activeId, arrive, choose, type Desk, emptyDesk, leave, open } from "./desk";

const desk = (left: number | null, right: number | null, active: 0 | 1 = 0): Desk => ({ shown: [left, right], active });

test("the first two talks lie side by side, the one asked for is active", () => {
  expect(open(open(emptyDesk, 1), 2)).toEqual(desk(1, 2, 1));
});

test("a third talk that is asked for takes the active place", () => {
  expect(open(desk(1, 2, 1), 3)).toEqual(desk(1, 3, 1));
});

test("a talk already shown is only made active", () => {
  expect(open(desk(1, 2), 2)).toEqual(desk(1, 2, 1));
});

test("a talk that comes by itself never takes the place being written in", () => {
  expect(arrive(desk(1, null), 2)).toEqual(desk(1, 2));
  expect(arrive(desk(1, 2), 3)).toEqual(desk(1, 2));
  expect(activeId(arrive(desk(1, null), 2))).toBe(1);
});

test("a talk chosen for the other pane changes places with its neighbour", () => {
  expect(choose(desk(1, 2), 1, 1)).toEqual(desk(2, 1, 1));
  expect(choose(desk(1, 2), 0, 3)).toEqual(desk(3, 2, 0));
});

test("where a talk left, one that was not shown takes its place", () => {
  expect(leave(desk(1, 2), 1, [2, 3])).toEqual(desk(3, 2));
  expect(leave(desk(1, 2), 1, [2])).toEqual(desk(null, 2, 1));
  expect(leave(desk(1, null), 1, [])).toEqual(desk(null, null));
  expect(leave(desk(1, 2), 9, [1, 2])).toEqual(desk(1, 2));
});
