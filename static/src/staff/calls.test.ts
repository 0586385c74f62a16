import { expect, test } from "vitest";
import type { CallView } from "../protocol";
import { callsOn, heardOf } from "./calls";
import { board, view } from "./sample";

const call = (more: Partial<CallView> = {}): CallView => ({
  kind: "consult",
  by: 1,
  at: "2026-11-23T05:10:00Z",
  step: 0,
  due_at: "2026-11-23T05:11:00Z",
  answered_by: null,
  answered_at: null,
  ...more,
});

const ids = (sessions: ReturnType<typeof view>[], me = 3) =>
  callsOn([board({ sessions })], me).map((one) => one.view.id);

test("urgent calls stand first, then who called first", () => {
  const first = view({ id: 1, call: call() });
  const second = view({ id: 2, call: call({ at: "2026-11-23T05:11:00Z" }) });
  const urgent = view({ id: 3, call: call({ kind: "urgent", at: "2026-11-23T05:12:00Z" }) });
  expect(ids([second, first, urgent])).toEqual([3, 1, 2]);
});

test("who was answered, who does not call and oneself stand in no list", () => {
  expect(ids([view({ call: call({ answered_by: 4 }) }), view({ id: 8 })])).toEqual([]);
  expect(ids([view({ call: call({ by: 3 }) })])).toEqual([]);
});

test("a call is heard once, and once more when it is made anew", () => {
  const heard = (at: string) => heardOf(callsOn([board({ sessions: [view({ call: call({ at }) })] })], 3));
  expect(heard("2026-11-23T05:10:00Z")).toEqual([["call", "call 7 2026-11-23T05:10:00Z"]]);
  expect(heard("2026-11-23T05:20:00Z")).not.toEqual(heard("2026-11-23T05:10:00Z"));
});
