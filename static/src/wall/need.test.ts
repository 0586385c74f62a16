import { expect, test } from "vitest";
import { NOW, view } from "../staff/sample";
import { byNeed, isLost, isUnattended, waitsSince } from "./need";

const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();
const order = (...views: ReturnType<typeof view>[]) => views.sort(byNeed(NOW)).map((one) => one.id);

test("the higher risk comes first, whoever waits longer", () => {
  const low = view({ id: 1, risk: 1, waiting_since: ago(900) });
  const high = view({ id: 2, risk: 3 });
  const imminent = view({ id: 3, risk: 4 });
  expect(order(low, high, imminent)).toEqual([3, 2, 1]);
});

test("at the same risk who waits longer comes first, and who waits before who does not", () => {
  const short = view({ id: 1, waiting_since: ago(20) });
  const long = view({ id: 2, waiting_since: ago(200) });
  const answered = view({ id: 3, silent_since: ago(900) });
  expect(order(short, long, answered)).toEqual([2, 1, 3]);
});

test("where nobody waits the longer silence comes first", () => {
  const short = view({ id: 1, silent_since: ago(20) });
  const long = view({ id: 2, silent_since: ago(200) });
  expect(order(short, long, view({ id: 3 }))).toEqual([2, 1, 3]);
});

test("who waits in the queue waits since they were queued", () => {
  const queued = view({ id: 1, state: "waiting", counselor: null, queued_at: ago(120) });
  const talking = view({ id: 2, waiting_since: ago(60) });
  expect(waitsSince(queued)).toBe(ago(120));
  expect(order(talking, queued)).toEqual([1, 2]);
});

test("a lost talk stands at the top of its level of risk and not above a higher one", () => {
  const lost = view({ id: 1, risk: 1, counselor_lost_at: ago(5) });
  const waits = view({ id: 2, risk: 1, waiting_since: ago(900) });
  const higher = view({ id: 3, risk: 2 });
  expect(order(waits, lost, higher)).toEqual([3, 1, 2]);
});

test("high risk nobody answers for a minute stands at the top of its level", () => {
  const unattended = view({ id: 1, risk: 3, waiting_since: ago(61) });
  const silent = view({ id: 2, risk: 3, silent_since: ago(900) });
  expect(order(silent, unattended)).toEqual([1, 2]);
  expect(isUnattended(unattended, NOW)).toBe(true);
  expect(isUnattended(view({ risk: 3, waiting_since: ago(59) }), NOW)).toBe(false);
  expect(isUnattended(view({ risk: 2, waiting_since: ago(900) }), NOW)).toBe(false);
  expect(isUnattended(view({ risk: 4, state: "waiting", queued_at: ago(61) }), NOW)).toBe(true);
});

test("a record still to be written comes last, whatever its risk, unless its visitor writes again", () => {
  const record = view({ id: 1, risk: 4, state: "wrap_up" });
  const again = view({ id: 2, risk: 4, state: "wrap_up", waiting_since: ago(5) });
  const calm = view({ id: 3 });
  expect(order(record, calm, again)).toEqual([2, 3, 1]);
});

test("what ended is not lost, whose console is gone", () => {
  expect(isLost(view({ state: "wrap_up", counselor_lost_at: ago(5) }))).toBe(false);
  expect(isLost(view({ state: "held", counselor_lost_at: ago(5) }))).toBe(true);
});

test("what is alike in all keeps one order", () => {
  expect(order(view({ id: 9 }), view({ id: 4 }), view({ id: 7 }))).toEqual([4, 7, 9]);
});

test("the order is one order, however the sessions come", () => {
  const states = ["waiting", "active", "held", "wrap_up", "intake"] as const;
  const many = Array.from({ length: 200 }, (_, id) =>
    view({
      id,
      risk: (id * 7) % 5,
      state: states[id % 5] ?? "active",
      waiting_since: id % 3 ? ago((id * 37) % 300) : null,
      silent_since: id % 4 ? ago((id * 53) % 300) : null,
      counselor_lost_at: id % 11 ? null : ago(9),
    }),
  );
  const sorted = [...many].sort(byNeed(NOW));
  expect([...many].reverse().sort(byNeed(NOW))).toEqual(sorted);
});
