import { expect, test } from "vitest";
import { board, colleague } from "../staff/sample";
import { crewOf } from "./crew";

test("people stand by what they do: at work, on a break, not here", () => {
  const colleagues = [
    colleague(1, "早川", { load: 1 }),
    colleague(2, "蓮", { load: 2 }),
    colleague(3, "影", { present: false }),
    colleague(4, "休", { on_duty: false, away: "meal" }),
    colleague(5, "外", { on_duty: false, load: 0 }),
    colleague(6, "忘", { on_duty: false, load: 1 }),
    colleague(7, "葵", { roles: ["administrator"] }),
  ];
  const { working, away, off } = crewOf(board({ colleagues }));
  expect(working.map((one) => one.id)).toEqual([3, 2, 1]);
  expect(away.map((one) => one.id)).toEqual([4]);
  expect(off.map((one) => one.id)).toEqual([6, 5]);
});
