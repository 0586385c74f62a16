import { describe, expect, it } from "vitest";
import type { StateName, TalkEvent, TalkFrame, TalkMessage, TalkState } from "../protocol";
import { applyMessage, applyQueue, applyState, applyTalk, goesOn, misses, unsaid } from "./store";

const at = "2026-11-23T05:02:00+00:00";

function message(seq: number, version: number, more: Partial<TalkMessage> = {}): TalkMessage {
  return {
    seq,
    version,
    author: "visitor",
    kind: "text",
    text: `ことば${seq}`,
    at,
    client_id: `id-${seq}`,
    unsent: false,
    ...more,
  };
}

function event(version: number, state: StateName, said: TalkMessage | null = null): TalkEvent {
  return {
    version,
    at,
    header: { version, state, end_reason: state === "wrap_up" ? "concluded" : "", phone: "" },
    message: said,
  };
}

function frame(after: number, upto: number, events: TalkEvent[]): TalkFrame {
  return { type: "talk", session: 7, after, upto, events };
}

const before: TalkState = {
  session: 7,
  header: { version: 3, state: "waiting", end_reason: "", phone: "" },
  messages: [message(1, 3)],
  place: 2,
  waiting: 4,
  upto: 3,
};
const events = [
  event(4, "active"),
  event(5, "active", message(2, 5, { author: "counselor", client_id: null })),
  // Version 6 is a note among staff: nothing is told of it.
  event(7, "active", message(3, 7)),
  event(8, "wrap_up"),
];
const whole = frame(3, 8, events);
const after: TalkState = {
  session: 7,
  header: { version: 8, state: "wrap_up", end_reason: "concluded", phone: "" },
  messages: [message(1, 3), message(2, 5, { author: "counselor", client_id: null }), message(3, 7)],
  place: null,
  waiting: 4,
  upto: 8,
};

describe("a frame of the talk", () => {
  it("brings the talk to where the server stands", () => {
    expect(applyTalk(before, whole)).toEqual(after);
  });

  it("changes nothing the second time", () => {
    const once = applyTalk(before, whole);
    expect(applyTalk(once, whole)).toBe(once);
  });

  it("gives the same whatever the order of its events", () => {
    expect(applyTalk(before, frame(3, 8, [...events].reverse()))).toEqual(after);
  });

  it("gives the same in parts, one after the other", () => {
    const parts = [frame(3, 4, [events[0] as TalkEvent]), frame(4, 8, events.slice(1))];
    expect(parts.reduce(applyTalk, before)).toEqual(after);
  });

  it("is left alone when one before it is missing", () => {
    const late = frame(5, 8, events.slice(2));
    expect(misses(before, late)).toBe(true);
    expect(applyTalk(before, late)).toBe(before);
  });

  it("of another sitting is left alone", () => {
    expect(applyTalk(before, { ...whole, session: 8 })).toBe(before);
  });

  it("that overlaps what is known is applied", () => {
    const known = applyTalk(before, frame(3, 5, events.slice(0, 2)));
    expect(applyTalk(known, whole)).toEqual(after);
  });

  it("with nothing to tell still moves the cursor", () => {
    expect(applyTalk(before, frame(3, 6, [])).upto).toBe(6);
  });

  it("does not change the talk it was given", () => {
    const frozen = structuredClone(before);
    applyTalk(before, whole);
    expect(before).toEqual(frozen);
  });
});

describe("a message", () => {
  it("answered to the sender comes before its frame, and once", () => {
    const answered = applyMessage(before, message(3, 7));
    expect(applyTalk(answered, whole)).toEqual(after);
  });

  it("taken back stays taken back when its earlier version comes late", () => {
    const gone = applyMessage(before, message(1, 9, { unsent: true, text: "" }));
    expect(applyMessage(gone, message(1, 3)).messages[0]?.unsent).toBe(true);
  });
});

describe("the place in the queue", () => {
  it("moves while nobody answers", () => {
    expect(applyQueue(before, { type: "queue", place: 1, waiting: 3 })).toMatchObject({ place: 1, waiting: 3 });
  });

  it("told late to someone already answered is none", () => {
    expect(applyQueue(after, { type: "queue", place: 1, waiting: 3 }).place).toBeNull();
  });
});

it("an answer older than what is known is dropped, a new sitting is taken", () => {
  expect(applyState(after, before)).toBe(after);
  expect(applyState(after, { ...before, session: 8 }).session).toBe(8);
});

it("words that came back are no longer on their way", () => {
  const words = ["id-1", "id-9"].map((clientId) => ({
    clientId,
    text: "",
    way: "",
    at: 0,
    state: "waiting" as const,
    tries: 0,
    reason: "",
  }));
  expect(unsaid(before, words).map((word) => word.clientId)).toEqual(["id-9"]);
});

it("a sitting goes on until it has ended", () => {
  expect([goesOn(before), goesOn(after)]).toEqual([true, false]);
});
