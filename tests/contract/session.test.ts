/// <reference types="vite/client" />
// The contract with Python's side: a talk before, what happened, and the same talk read afresh afterwards. However the
// frames come (as told, twice, backwards, one by one with lost ones), the console must end where a fresh read does.
import { describe, expect, test } from "vitest";
import { applySession, isBehind } from "../../static/src/console/store";
import type { EventView, SessionFrame, SessionState } from "../../static/src/protocol";

interface Case {
  before: SessionState;
  events: EventView[];
  after: SessionState;
}

const files = import.meta.glob<Case>("./cases/*.json", { eager: true, import: "default" });

function frameOf(state: SessionState, events: EventView[], after: number): SessionFrame {
  const upto = events.reduce((most, event) => Math.max(most, event.version), after);
  return { type: "session", session: state.header.id, after, upto, events };
}

const each = ({ before, events }: Case) => events.map((event) => frameOf(before, [event], event.version - 1));

/** Frames in any order; when one is missing, the server tells all since the version that is held. */
function replay({ before, events }: Case, frames: SessionFrame[]): SessionState {
  return frames.reduce((state, frame) => {
    if (!isBehind(state, frame)) return applySession(state, frame);
    const missing = events.filter((event) => event.version > state.upto);
    return applySession(state, frameOf(state, missing, state.upto));
  }, before);
}

// What a reader sees of the talk; a draft, what was read and the hand-over's summary are each person's own.
function seen({ header, messages, notes, whispers, upto }: SessionState) {
  return { header, messages, notes, whispers, upto };
}

describe.each(Object.entries(files))("%s", (_, one) => {
  const { before, events, after } = one;

  test("told in one frame", () => {
    expect(seen(applySession(before, frameOf(before, events, before.upto)))).toEqual(seen(after));
  });

  test("told one by one", () => {
    expect(seen(replay(one, each(one)))).toEqual(seen(after));
  });

  test("told twice", () => {
    expect(
      seen(
        replay(
          one,
          each(one).flatMap((frame) => [frame, frame]),
        ),
      ),
    ).toEqual(seen(after));
    expect(seen(replay(one, [...each(one), ...each(one)]))).toEqual(seen(after));
  });

  test("told backwards", () => {
    expect(seen(applySession(before, frameOf(before, [...events].reverse(), before.upto)))).toEqual(seen(after));
    expect(seen(replay(one, each(one).reverse()))).toEqual(seen(after));
  });

  test("every second frame lost", () => {
    const kept = each(one).filter((_frame, index, all) => index % 2 === 1 || index === all.length - 1);
    expect(seen(replay(one, kept))).toEqual(seen(after));
  });

  test("read afresh in the middle, with frames from before it still under way", () => {
    const middle = replay(one, each(one).slice(0, Math.ceil(events.length / 2)));
    expect(seen(each(one).reduce((state, frame) => applySession(state, frame), middle))).toEqual(seen(after));
  });
});

test("there are talks to replay", () => {
  expect(Object.keys(files).length).toBeGreaterThan(0);
});
