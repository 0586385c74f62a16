import { expect, test } from "vitest";
import type { FindingView } from "../protocol";
import { explained, pieces } from "./findings";

const found = (start: number, end: number, level = 3, word = "死にた"): FindingView => ({
  start,
  end,
  word,
  level,
  meaning: "suicide",
});

test("a text without findings is one piece, an empty one as well", () => {
  expect(pieces("つらいです", [])).toEqual([{ text: "つらいです", level: 0 }]);
  expect(pieces("", [])).toEqual([{ text: "", level: 0 }]);
});

test("places count code points: what needs two units before the word moves nothing", () => {
  expect(pieces("𠮷👨‍👩‍👧もう死にたい", [found(8, 11)])).toEqual([
    { text: "𠮷👨‍👩‍👧もう", level: 0 },
    { text: "死にた", level: 3 },
    { text: "い", level: 0 },
  ]);
});

test("where words overlap the gravest counts, and nothing is lost or told twice", () => {
  const text = "もう全部終わりにして死にたい";
  const parts = pieces(text, [found(2, 10, 2), found(6, 13, 3), found(6, 8, 1)]);
  expect(parts.map((one) => one.text).join("")).toBe(text);
  expect(parts.map((one) => one.level)).toEqual([0, 2, 3, 0]);
});

test("what lies outside of the text changes nothing of it", () => {
  expect(
    pieces("短い", [found(1, 9)])
      .map((one) => one.text)
      .join(""),
  ).toBe("短い");
});

test("each word is told once, as it was written, with the dictionary's spelling where it differs", () => {
  const text = "死にた シニタ 死にた カミソリ";
  const cut: FindingView = { start: 12, end: 16, word: "カミソリ", level: 2, meaning: "self_harm" };
  expect(explained(text, [cut, found(0, 3), found(4, 7), found(8, 11)])).toEqual([
    { meaning: "suicide", level: 3, words: ["死にた", "シニタ (死にた)"] },
    { meaning: "self_harm", level: 2, words: ["カミソリ"] },
  ]);
});
