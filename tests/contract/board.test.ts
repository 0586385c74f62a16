/// <reference types="vite/client" />
// The contract with Python's side, for the board: differences, in order or not, end where a fresh read does, because
// what does not belong to the serial that is held changes nothing and is asked for anew.
import { describe, expect, test } from "vitest";
import type { Board, BoardFrame } from "../../static/src/protocol";
import { applyBoard, isForeign } from "../../static/src/staff/board";

interface Case {
  before: Board;
  frames: BoardFrame[];
  whole: BoardFrame;
  after: Board;
}

const files = import.meta.glob<Case>("./cases/board/*.json", { eager: true, import: "default" });

/** Frames as they come; after one that belongs to another serial the server tells the whole board. */
function replay({ before, whole }: Case, frames: BoardFrame[]): Board {
  return frames.reduce((board, frame) => applyBoard(board, isForeign(board, frame) ? whole : frame), before);
}

// The server lists sessions as they wait, the console by their ids; it sorts when it shows them.
function seen(board: Board) {
  return { ...board, sessions: [...board.sessions].sort((a, b) => a.id - b.id) };
}

describe.each(Object.entries(files))("%s", (_, one) => {
  const { before, frames, whole, after } = one;

  test("told in order", () => {
    expect(seen(frames.reduce(applyBoard, before))).toEqual(seen(after));
  });

  test("each told twice", () => {
    expect(
      seen(
        replay(
          one,
          frames.flatMap((frame) => [frame, frame]),
        ),
      ),
    ).toEqual(seen(after));
  });

  test("told whole", () => {
    expect(seen(applyBoard(before, whole))).toEqual(seen(after));
  });

  test("told backwards", () => {
    // The first one that comes is the last: it belongs to another serial, and the whole board follows.
    const backwards = frames.length > 1 ? [...frames].reverse().slice(0, 1) : frames;
    expect(seen(replay(one, backwards))).toEqual(seen(after));
  });

  test("every second frame lost", () => {
    const kept = frames.filter((_frame, index, all) => index % 2 === 1 || index === all.length - 1);
    const held = kept.slice(0, -1).reduce(applyBoard, before);
    expect(seen(replay({ ...one, before: held }, kept.slice(-1)))).toEqual(seen(after));
  });

  test("no frame of another program changes anything", () => {
    expect(applyBoard(before, { ...whole, program: before.program + 1 })).toBe(before);
  });
});

test("there are boards to replay", () => {
  expect(Object.keys(files).length).toBeGreaterThan(0);
});
