/// <reference types="vite/client" />
// The contract with Python's side, for the visitor's page: however frames come, it must end where a fresh read does.
// The place in the queue comes by frames of its own.
import { describe, expect, test } from "vitest";
import type { TalkEvent, TalkFrame, TalkState } from "../../static/src/protocol";
import { applyTalk, misses } from "../../static/src/visitor/store";

interface Case {
  before: TalkState;
  events: TalkEvent[];
  upto: number;
  after: TalkState;
}

const files = import.meta.glob<Case>("./cases/talk/*.json", { eager: true, import: "default" });

function frame(state: TalkState, events: TalkEvent[], after: number, upto: number): TalkFrame {
  return { type: "talk", session: state.session, after, upto, events };
}

/** One frame for each event; the log's lines for staff lie between them. */
function each({ before, events, upto }: Case): TalkFrame[] {
  const ends = events.map((event, index) => (index === events.length - 1 ? upto : event.version));
  return events.map((event, index) => frame(before, [event], ends[index - 1] ?? before.upto, ends[index] ?? upto));
}

/** Frames in any order; when one is missing, the server tells all since the version that is held. */
function replay({ before, events, upto }: Case, frames: TalkFrame[]): TalkState {
  return frames.reduce((state, one) => {
    if (!misses(state, one)) return applyTalk(state, one);
    const missing = events.filter((event) => event.version > state.upto);
    return applyTalk(state, frame(state, missing, state.upto, upto));
  }, before);
}

function seen({ session, header, messages, upto }: TalkState) {
  return { session, state: header.state, end_reason: header.end_reason, messages, upto };
}

describe.each(Object.entries(files))("%s", (_, one) => {
  const { before, events, upto, after } = one;

  test("told in one frame", () => {
    expect(seen(applyTalk(before, frame(before, events, before.upto, upto)))).toEqual(seen(after));
  });

  test("told one by one", () => {
    expect(seen(replay(one, each(one)))).toEqual(seen(after));
  });

  test("told twice", () => {
    expect(
      seen(
        replay(
          one,
          each(one).flatMap((told) => [told, told]),
        ),
      ),
    ).toEqual(seen(after));
    expect(seen(replay(one, [...each(one), ...each(one)]))).toEqual(seen(after));
  });

  test("told backwards", () => {
    expect(seen(applyTalk(before, frame(before, [...events].reverse(), before.upto, upto)))).toEqual(seen(after));
    expect(seen(replay(one, each(one).reverse()))).toEqual(seen(after));
  });

  test("no frame of another sitting changes anything", () => {
    const other = { ...frame(before, events, before.upto, upto), session: before.session + 1 };
    expect(applyTalk(before, other)).toBe(before);
  });

  test("nothing of what staff say among themselves is told", () => {
    expect(JSON.stringify(one)).not.toMatch(/内部|risk|note|summary|"by"|counselor":/);
  });
});

test("there are talks to replay", () => {
  expect(Object.keys(files).length).toBeGreaterThan(0);
});
