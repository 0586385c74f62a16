import { expect, test } from "vitest";
import { applyBoard, candidates, inTalk, isForeign, isMine, lostOn, offersTo, queueOf } from "./board";
import { board, boardFrame, colleague, NOW, view } from "./sample";

test("a board takes differences only on the serial it holds", () => {
  const held = board({ sessions: [view({ id: 7 }), view({ id: 8 })] });
  const next = applyBoard(held, boardFrame({ changed: [view({ id: 9 }), view({ id: 7, version: 2 })], gone: [8] }));
  expect(next.sessions.map((one) => [one.id, one.version])).toEqual([
    [7, 2],
    [9, 1],
  ]);
  const foreign = boardFrame({ base: 9, serial: 10 });
  expect(isForeign(held, foreign)).toBe(true);
  expect(applyBoard(held, foreign)).toBe(held);
});

test("a whole board replaces what was held", () => {
  const held = board({ sessions: [view({ id: 7, version: 9 })] });
  expect(applyBoard(held, boardFrame({ base: null, serial: 1, changed: [view({ id: 7 })] })).sessions).toEqual([
    view(),
  ]);
});

test("board differences told twice change nothing the second time", () => {
  const held = applyBoard(board(), boardFrame({ changed: [view()] }));
  const again = boardFrame({ changed: [view()] });
  expect(isForeign(held, again)).toBe(false);
  expect(applyBoard(held, again)).toBe(held);
});

test("the queue goes by risk, then first come, and trials wait for everybody", () => {
  const waiting = (id: number, risk: number, queued_at: string) => view({ id, state: "waiting", risk, queued_at });
  const queue = queueOf(
    board({
      sessions: [
        waiting(1, 0, "2026-11-23T05:03:00Z"),
        waiting(2, 0, "2026-11-23T05:01:00Z"),
        waiting(3, 3, "2026-11-23T05:05:00Z"),
        view({ id: 4 }),
        { ...waiting(5, 4, "2026-11-23T05:00:00Z"), trial: true },
      ],
    }),
  );
  expect(queue.map((one) => one.id)).toEqual([3, 2, 1, 5]);
});

test("a closed session is nobody's", () => {
  expect(isMine(view(), 1)).toBe(true);
  expect(isMine(view({ state: "wrap_up" }), 1)).toBe(true);
  expect(isMine(view({ state: "closed" }), 1)).toBe(false);
  expect(isMine(view(), 2)).toBe(false);
});

test("those who can take a session stand first, the freest foremost, the others say why not", () => {
  const colleagues = [
    colleague(1, "早川"),
    colleague(2, "蓮", { load: 1 }),
    colleague(3, "美緒", { roles: ["supervisor"], load: 0 }),
    colleague(4, "研", { roles: ["trainee"], load: 0 }),
    colleague(5, "満", { load: 2 }),
    colleague(6, "休", { away: "meal" }),
    colleague(7, "外", { on_duty: false, takes: false }),
    colleague(8, "影", { present: false, takes: false }),
    colleague(9, "葵", { roles: ["administrator"] }),
  ];
  const told = candidates(board({ colleagues }), view({ risk: 3 }));
  expect(told.filter(({ hindrance }) => hindrance === null).map(({ one }) => one.id)).toEqual([3, 2]);
  const hindrances = Object.fromEntries(told.map(({ one, hindrance }) => [one.id, hindrance]));
  expect(hindrances).toEqual({ 2: null, 3: null, 4: "trainee", 5: "full", 6: "away", 7: "off_duty", 8: "absent" });
});

test("someone in training takes a session that is not at high risk", () => {
  const colleagues = [colleague(4, "研", { roles: ["trainee"] })];
  expect(candidates(board({ colleagues }), view({ risk: 2 }))[0]?.hindrance).toBeNull();
});

test("a supervisor may take a session over without being on duty, but not beyond the room", () => {
  const off = { roles: ["supervisor"], on_duty: false, takes: false, load: 0 };
  const hindrance = (load: number) =>
    candidates(board({ colleagues: [colleague(3, "美緒", { ...off, load })] }), view(), 3)[0]?.hindrance;
  expect([hindrance(0), hindrance(2)]).toEqual([null, "full"]);
});

test("lost sessions are those still with someone, the longest first", () => {
  const lost = (id: number, counselor_lost_at: string | null, state = "active") =>
    view({ id, counselor_lost_at, state: state as "active" });
  const at = (minute: number) => `2026-11-23T05:0${minute}:00Z`;
  const sessions = [lost(1, at(3)), lost(2, null), lost(3, at(1), "held"), lost(4, at(2), "wrap_up")];
  expect(lostOn(board({ sessions })).map((one) => one.id)).toEqual([3, 1]);
});

test("talks that go on are counted without records still to be written", () => {
  expect(inTalk(board({ sessions: [view(), view({ id: 8, state: "wrap_up" }), view({ id: 9, state: "held" })] }))).toBe(
    2,
  );
});

test("an offer is mine until its time is over", () => {
  const offered = (offered_until: string) => [
    board({ sessions: [view({ state: "waiting", offered_to: 1, offered_until })] }),
  ];
  expect(offersTo(offered("2026-11-23T05:10:20Z"), 1, NOW)).toHaveLength(1);
  expect(offersTo(offered("2026-11-23T05:09:59Z"), 1, NOW)).toHaveLength(0);
  expect(offersTo(offered("2026-11-23T05:10:20Z"), 2, NOW)).toHaveLength(0);
});
