import { expect, test } from "vitest";
import { board, NOW, view } from "../staff/sample";
import { alarmsOf, callsOf } from "./alarms";

const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

test("unattended high risk and lost talks of all programs stand at the top, the neediest first", () => {
  const boards = [
    board({ sessions: [view({ id: 1, counselor_lost_at: ago(30) }), view({ id: 2 })] }),
    board({ program: 2, sessions: [view({ id: 3, program: 2, risk: 4, waiting_since: ago(90) })] }),
  ];
  expect(alarmsOf(boards, NOW).map(({ kind, view: { id } }) => [kind, id])).toEqual([
    ["unattended", 3],
    ["lost", 1],
  ]);
});

test("a minute must pass before high risk counts as unattended", () => {
  const boards = [board({ sessions: [view({ risk: 3, waiting_since: ago(59) })] })];
  expect(alarmsOf(boards, NOW)).toEqual([]);
  expect(alarmsOf(boards, NOW + 1000)).toHaveLength(1);
});

test("each rise of risk is heard once, and again when it rises further", () => {
  const keys = (risk: number) => callsOf([board({ sessions: [view({ risk })] })], 1, NOW).map(([, key]) => key);
  expect(keys(2)).toEqual([]);
  expect(keys(3)).toEqual(["risk 7 3"]);
  expect(keys(4)).toEqual(["risk 7 4"]);
});

test("a notice says what kind of thing it is and names nobody", () => {
  const lost = view({ counselor_lost_at: ago(5), pseudonym: "K7Q2" });
  const calls = callsOf([board({ sessions: [lost] })], 1, NOW);
  expect(calls).toEqual([["lost", `lost 7 ${ago(5)}`]]);
});
