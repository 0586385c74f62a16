import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setClock } from "../lib/time";
import * as alerts from "../staff/alerts";
import { now } from "../staff/clock";
import { own } from "../staff/network";
import { board, boardFrame, NOW, SampleLine, view } from "../staff/sample";
import { Wall } from "./ctrl";
import { first, mio } from "./sample";

const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();
let line: SampleLine;
let heard: string[];

function open(more: Parameters<typeof first>[0] = {}, search = "") {
  line = new SampleLine();
  const wall = new Wall(first(more), search, line.open);
  line.start();
  return wall;
}
const ids = (wall: Wall) => wall.shown.value.map((one) => one.id);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  setClock(new Date(NOW).toISOString());
  now.value = NOW;
  heard = [];
  vi.spyOn(alerts, "alertPerson").mockImplementation((occasion) => void heard.push(occasion));
});
afterEach(() => {
  vi.useRealTimers();
  history.replaceState(null, "", "/");
});

test("one socket watches the board of every program, from the serial it holds", () => {
  open();
  expect(line.said).toEqual([
    { type: "watch", topic: "board", id: 1, serial: 5 },
    { type: "watch", topic: "board", id: 2, serial: 8 },
  ]);
});

test("sessions of all programs stand in one list, the neediest first, and move as frames come", () => {
  const wall = open({
    boards: [
      board({ sessions: [view({ id: 1 })] }),
      board({ program: 2, serial: 8, sessions: [view({ id: 2, program: 2, risk: 1 })] }),
    ],
  });
  expect(ids(wall)).toEqual([2, 1]);
  line.tell(boardFrame({ changed: [view({ id: 1, version: 2, risk: 4 })] }));
  expect(ids(wall)).toEqual([1, 2]);
  line.tell(boardFrame({ base: 6, serial: 7, gone: [1] }));
  expect(ids(wall)).toEqual([2]);
});

test("differences to another serial are not applied: the board is asked for anew", () => {
  const wall = open({ boards: [board({ sessions: [view({ id: 1 })] })] });
  line.tell(boardFrame({ base: 90, serial: 91, gone: [1] }));
  expect(ids(wall)).toEqual([1]);
  expect(line.said.at(-1)).toEqual({ type: "watch", topic: "board", id: 1, serial: null });
});

test("time alone brings somebody at high risk to the top, and is heard once", () => {
  const wall = open({
    boards: [
      board({
        sessions: [view({ id: 1, risk: 3, silent_since: ago(9) }), view({ id: 2, risk: 3, waiting_since: ago(58) })],
      }),
    ],
  });
  const order = ids(wall);
  expect([order, wall.alarms.value.length, heard]).toEqual([[2, 1], 0, []]);
  now.value = NOW + 2000;
  expect(wall.alarms.value.map(({ view: { id } }) => id)).toEqual([2]);
  now.value = NOW + 3000;
  expect(heard).toEqual(["risk"]);
});

test("what stood there when the page came is not heard; risk that rises and talks that fall away are, once", () => {
  open({ boards: [board({ sessions: [view({ id: 1, risk: 3 })] })] });
  expect(heard).toEqual([]);
  line.tell(boardFrame({ changed: [view({ id: 1, version: 2, risk: 4 })] }));
  line.tell(
    boardFrame({ base: 6, serial: 7, changed: [view({ id: 1, version: 3, risk: 4, counselor_lost_at: ago(1) })] }),
  );
  line.tell(
    boardFrame({ base: 7, serial: 8, changed: [view({ id: 1, version: 4, risk: 4, counselor_lost_at: ago(1) })] }),
  );
  expect(heard).toEqual(["risk", "lost"]);
});

test("filters stand in the address and come from it; high risk they hide is counted", () => {
  const sessions = [view({ id: 1 }), view({ id: 2, risk: 3, state: "waiting", counselor: null })];
  const wall = open({ boards: [board({ sessions })] }, "?state=active");
  expect(ids(wall)).toEqual([1]);
  expect(wall.hidden.value).toEqual({ all: 1, high: 1 });
  wall.filter({ state: "", risk: 2 });
  expect(location.search).toBe("?risk=2");
  expect(ids(wall)).toEqual([2]);
});

test("only what is with a counselor can be chosen to change hands, by program; what is gone is chosen no more", () => {
  const wall = open({
    boards: [
      board({ sessions: [view({ id: 1 }), view({ id: 3, state: "waiting" })] }),
      board({ program: 2, serial: 8, sessions: [view({ id: 2, program: 2 })] }),
    ],
  });
  for (const id of [1, 2, 3]) wall.choose(id, true);
  const chosen = () => [...wall.choice.value].map(([program, views]) => [program, views.map((one) => one.id)]);
  expect(chosen()).toEqual([
    [1, [1]],
    [2, [2]],
  ]);
  line.tell(boardFrame({ gone: [1] }));
  expect(chosen()).toEqual([[2, [2]]]);
  expect(wall.chosen.value.has(1)).toBe(false);
});

test("who supervises a program no longer sees nothing of it any more", async () => {
  const wall = open(
    { boards: [board(), board({ program: 2, serial: 8, sessions: [view({ id: 2, program: 2 })] })] },
    "?program=2",
  );
  wall.window.ask({ reassign: 2 });
  const { programs, ...rest } = mio();
  const less = {
    ...rest,
    programs: programs.map((one) => (one.id === 2 ? { ...one, roles: ["counselor"], rights: ["watch_board"] } : one)),
  };
  vi.spyOn(own, "me").mockResolvedValue({ ok: true, status: 200, value: less });
  line.tell({
    type: "roles",
    held: [
      { program: 1, role: "supervisor" },
      { program: 2, role: "counselor" },
    ],
  });
  await vi.waitFor(() => expect([...wall.boards.value.keys()]).toEqual([1]));
  expect(ids(wall)).toEqual([]);
  expect(wall.window.top.value).toBeNull();
  expect(line.said).toContainEqual({ type: "unwatch", topic: "board", id: 2 });
  expect(wall.notices.all.value[0]?.text).toContain("ひとり親相談");
});

test("a program one supervises from now on joins the wall, and what stood there is not heard", async () => {
  const wall = open({ boards: [board()], me: { ...mio(), programs: mio().programs.slice(0, 1) } });
  vi.spyOn(own, "me").mockResolvedValue({ ok: true, status: 200, value: mio() });
  const joined = board({ program: 2, serial: 8, sessions: [view({ id: 2, program: 2, risk: 4 })] });
  vi.spyOn(own, "board").mockResolvedValue({ ok: true, status: 200, value: joined });
  line.tell({ type: "roles", held: [1, 2].map((program) => ({ program, role: "supervisor" })) });
  await vi.waitFor(() => expect(ids(wall)).toEqual([2]));
  expect(line.said.at(-1)).toEqual({ type: "watch", topic: "board", id: 2, serial: 8 });
  expect(heard).toEqual([]);
});

test("the roles one knows of change nothing", () => {
  const asked = vi.spyOn(own, "me");
  open();
  line.tell({ type: "roles", held: [1, 2].map((program) => ({ program, role: "supervisor" })) });
  expect(asked).not.toHaveBeenCalled();
});
