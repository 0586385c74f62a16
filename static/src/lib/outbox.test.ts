import { expect, test, vi } from "vitest";
import type { Answer } from "./http";
import { Outbox, type Word } from "./outbox";

const taken = (value = "taken"): Answer<string> => ({ ok: true, status: 201, value });
const failed = (status: number, retryable: boolean): Answer<string> => ({
  ok: false,
  status,
  code: status === 403 ? "signed_out" : "x",
  message: "だめでした",
  fields: {},
  retryable,
});

function box(answers: Answer<string>[], more: { signedOut?: () => void } = {}) {
  const sent: [string, string][] = [];
  const seen: { words: readonly Word[] } = { words: [] };
  let id = 0;
  const outbox = new Outbox<string>({
    send: async (word) => {
      sent.push([word.clientId, word.text]);
      return answers.shift() ?? taken();
    },
    changed: (words) => {
      seen.words = words;
    },
    taken: () => undefined,
    newId: () => `id-${++id}`,
    wait: async () => undefined,
    ...more,
  });
  return { outbox, sent, seen };
}

test("words go out one after the other, in the order they were written", async () => {
  const { outbox, sent, seen } = box([]);
  outbox.add("一");
  outbox.add("二");
  outbox.add("三");
  await vi.waitFor(() => expect(seen.words).toEqual([]));
  expect(sent.map(([, text]) => text)).toEqual(["一", "二", "三"]);
});

test("what did not come through is tried again with the same id, before the next", async () => {
  const { outbox, sent, seen } = box([failed(0, true), failed(503, true)]);
  outbox.add("一");
  outbox.add("二");
  await vi.waitFor(() => expect(seen.words).toEqual([]));
  expect(sent.map(([id]) => id)).toEqual(["id-1", "id-1", "id-1", "id-2"]);
});

test("a refused word stays with its reason and does not stop those behind it", async () => {
  const { outbox, seen } = box([failed(400, false)]);
  outbox.add("一");
  outbox.add("二");
  await vi.waitFor(() => expect(seen.words).toHaveLength(1));
  expect(seen.words[0]).toMatchObject({ text: "一", state: "failed", reason: "だめでした" });
});

test("a refused word can be tried again with its id, or taken back", async () => {
  const { outbox, sent, seen } = box([failed(400, false), failed(400, false)]);
  outbox.add("一");
  await vi.waitFor(() => expect(seen.words[0]?.state).toBe("failed"));
  outbox.retry("id-1");
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  await vi.waitFor(() => expect(seen.words[0]?.state).toBe("failed"));
  expect(outbox.takeBack("id-1")).toBe("一");
  expect(seen.words).toEqual([]);
  expect(outbox.takeBack("id-1")).toBeUndefined();
});

test("a word that came back by the socket is not sent again", async () => {
  const answers = [failed(0, true)];
  const { outbox, sent, seen } = box(answers);
  outbox.add("一");
  outbox.confirm("id-1");
  await vi.waitFor(() => expect(seen.words).toEqual([]));
  outbox.wake();
  expect(sent).toHaveLength(1);
});

test("signed out, the words wait; signed in again, they go", async () => {
  const signedOut = vi.fn();
  const { outbox, sent, seen } = box([failed(403, false)], { signedOut });
  outbox.add("一");
  await vi.waitFor(() => expect(signedOut).toHaveBeenCalledOnce());
  expect(seen.words[0]?.state).toBe("waiting");
  await Promise.resolve();
  outbox.wake();
  await vi.waitFor(() => expect(seen.words).toEqual([]));
  expect(sent.map(([id]) => id)).toEqual(["id-1", "id-1"]);
});

test("a closed outbox forgets its words and sends nothing more", async () => {
  const { outbox, sent, seen } = box([failed(0, true)]);
  outbox.add("一");
  outbox.close();
  expect(seen.words).toEqual([]);
  await Promise.resolve();
  expect(sent).toHaveLength(1);
});
