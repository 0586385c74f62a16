import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answer } from "../lib/http";
import { DraftSaver } from "./draft";

const done: Answer<void> = { ok: true, status: 204, value: undefined };
const lost: Answer<void> = { ok: false, status: 0, code: "unreachable", message: "", fields: {}, retryable: true };
const gone: Answer<void> = { ok: false, status: 404, code: "not_found", message: "", fields: {}, retryable: false };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const saver = (answers: Answer<void>[] = []) => {
  const save = vi.fn(async (_text: string, _leaving: boolean) => answers.shift() ?? done);
  return { save, draft: new DraftSaver("", save) };
};

test("a draft is saved when the person pauses, once for many keys", async () => {
  const { save, draft } = saver();
  draft.change("あ");
  await vi.advanceTimersByTimeAsync(1000);
  draft.change("あい");
  await vi.advanceTimersByTimeAsync(1499);
  expect(save).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(save.mock.calls).toEqual([["あい", false]]);
});

test("what did not come through is saved again, what was refused is not", async () => {
  const { save, draft } = saver([lost]);
  draft.change("あ");
  await vi.advanceTimersByTimeAsync(3000);
  expect(save).toHaveBeenCalledTimes(2);
  const refused = saver([gone]);
  refused.draft.change("あ");
  await vi.advanceTimersByTimeAsync(9000);
  expect(refused.save).toHaveBeenCalledTimes(1);
});

test("a page that goes away saves at once, and only what is not saved", async () => {
  const { save, draft } = saver();
  draft.change("あ");
  await draft.flush(true);
  await draft.flush(true);
  expect(save.mock.calls).toEqual([["あ", true]]);
});

test("a draft that is forgotten is not saved any more", async () => {
  const { save, draft } = saver();
  draft.change("あ");
  draft.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(save).not.toHaveBeenCalled();
});

test("a draft the server kept elsewhere is shown, unless one writes here already", () => {
  const { draft } = saver();
  expect(draft.learn("")).toBe(false);
  expect(draft.learn("さっきの書きかけ")).toBe(true);
  draft.change("ここで書いた");
  expect(draft.learn("さっきの書きかけの続き")).toBe(false);
});
