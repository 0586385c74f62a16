import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { view } from "../staff/sample";
import { api } from "./network";
import { event, frame, message, session } from "./sample";
import { Talk } from "./talk";

let typed: number[];
const talk = (more = {}) =>
  new Talk(session(more), { me: () => 1, signedOut: () => undefined, typing: (id) => typed.push(id) });
const refused = { ok: false, status: 400, code: "nul", message: "使えない文字", fields: {}, retryable: false } as const;

beforeEach(() => {
  typed = [];
  vi.spyOn(api, "draft").mockResolvedValue({ ok: true, status: 204, value: undefined });
});
afterEach(() => vi.restoreAllMocks());

test("what is sent goes to this talk's own session and leaves the field", async () => {
  const reply = vi.spyOn(api, "reply").mockImplementation(async (_id, client_id, text) => ({
    ok: true,
    status: 201,
    value: message(1, { client_id, text, author: "counselor" }),
  }));
  const one = talk();
  one.write("こんにちは");
  one.send();
  expect(one.draft.value).toBe("");
  expect(one.pending.value[0]?.text).toBe("こんにちは");
  await vi.waitFor(() => expect(one.pending.value).toEqual([]));
  expect(reply.mock.calls[0]?.[0]).toBe(7);
  expect(one.server.value.messages).toMatchObject([{ text: "こんにちは" }]);
});

test("a word that comes back by the socket first is shown once", async () => {
  const reply = vi.spyOn(api, "reply").mockReturnValue(new Promise(() => undefined));
  const one = talk();
  one.write("一度だけ");
  one.send();
  const client_id = one.pending.value[0]?.clientId ?? "";
  one.take(frame(1, [event(2, { kind: "message.replied", message: message(1, { version: 2, client_id }) })]));
  expect([one.pending.value.length, one.server.value.messages.length]).toEqual([0, 1]);
  expect(reply).toHaveBeenCalledOnce();
});

test("a refused word stays with its reason and can be taken back in front of what is there", async () => {
  vi.spyOn(api, "reply").mockResolvedValue(refused);
  const one = talk();
  one.write("だめな字");
  one.send();
  await vi.waitFor(() => expect(one.pending.value[0]?.reason).toBe("使えない文字"));
  one.write("つづき");
  one.takeBack(one.pending.value[0]?.clientId ?? "");
  expect(one.draft.value).toBe("だめな字\nつづき");
  expect(one.pending.value).toEqual([]);
});

test("the draft the server kept is in the field again", () => {
  expect(talk({ draft: "書きかけ" }).draft.value).toBe("書きかけ");
});

test("a state that comes anew does not touch what is being written", () => {
  const one = talk();
  one.write("書いている");
  one.replace(session({ upto: 9, draft: "古い下書き", header: view({ version: 9 }) }));
  expect([one.draft.value, one.server.value.upto]).toEqual(["書いている", 9]);
});

test("an older state changes nothing", () => {
  const one = talk({ upto: 9 });
  one.replace(session({ upto: 3 }));
  expect(one.server.value.upto).toBe(9);
});

test("the visitor is told of writing now and then, not of notes", () => {
  const one = talk();
  one.write("あ");
  one.write("あい");
  one.noteDraft.value = "内部のこと";
  expect(typed).toEqual([7]);
});

test("notes go to the notes and never to the visitor", async () => {
  const reply = vi.spyOn(api, "reply");
  const note = vi.spyOn(api, "note").mockImplementation(async (_id, client_id, text) => ({
    ok: true,
    status: 201,
    value: { id: 1, version: 2, by: { id: 1, name: "早川" }, text, at: "2026-11-23T05:00:00Z", client_id },
  }));
  const one = talk();
  one.noteDraft.value = "SVに相談";
  one.sendNote();
  await vi.waitFor(() => expect(one.server.value.notes).toHaveLength(1));
  expect(note).toHaveBeenCalledOnce();
  expect(reply).not.toHaveBeenCalled();
});

test("reading is told once for many words, and only forward", async () => {
  vi.useFakeTimers();
  const read = vi.spyOn(api, "read").mockResolvedValue({ ok: true, status: 204, value: undefined });
  const one = talk({ messages: [message(1), message(2)] });
  expect(one.unread.value).toBe(2);
  one.seen();
  one.seen();
  vi.advanceTimersByTime(1000);
  expect(one.unread.value).toBe(0);
  expect(read.mock.calls).toEqual([[7, 2, 0]]);
  vi.useRealTimers();
});

test("a talk that may not be seen any more forgets every word", () => {
  const one = talk({ messages: [message(1)], summary: "要点" });
  one.write("下書き");
  one.noteDraft.value = "メモ";
  one.forget();
  expect(JSON.stringify([one.server.value, one.draft.value, one.noteDraft.value])).not.toMatch(
    /ことば|要点|下書き|メモ/,
  );
});
