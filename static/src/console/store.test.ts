import { expect, test } from "vitest";
import { board, view } from "../staff/sample";
import { event, frame, message, session } from "./sample";
import { applySession, heldOn, isBehind, putNote, unreadIn } from "./store";

const said = (version: number, seq: number) => event(version, { message: message(seq, { version }) });

test("a frame brings its messages in order and moves the version", () => {
  const next = applySession(session(), frame(1, [said(3, 2), said(2, 1)]));
  expect(next.messages.map((one) => one.seq)).toEqual([1, 2]);
  expect(next.upto).toBe(3);
  expect(next.header.version).toBe(3);
});

test("a frame applied twice changes nothing the second time", () => {
  const once = applySession(session(), frame(1, [said(2, 1)]));
  expect(applySession(once, frame(1, [said(2, 1)]))).toBe(once);
});

test("a gap is noticed and nothing is applied over it", () => {
  const state = session();
  const late = frame(4, [said(5, 3)]);
  expect(isBehind(state, late)).toBe(true);
  expect(applySession(state, late)).toBe(state);
});

test("a frame of another session is not mixed in", () => {
  const state = session();
  expect(applySession(state, frame(1, [said(2, 1)], { session: 8 }))).toBe(state);
});

test("an older view of a message never comes back over a newer one", () => {
  const gone = event(3, { kind: "message.unsent", message: message(1, { version: 3, unsent: true, text: "" }) });
  const state = applySession(session(), frame(1, [gone, said(2, 1)], { upto: 3 }));
  expect(state.messages).toMatchObject([{ unsent: true, text: "" }]);
  expect(state.header.version).toBe(3);
});

test("a note is kept once", () => {
  const note = { id: 5, version: 2, by: { id: 1, name: "早川" }, text: "あ", at: "", client_id: "c" };
  const state = putNote(session(), note);
  expect(putNote(state, note)).toBe(state);
  expect(state.notes).toHaveLength(1);
});

test("only the visitor's words count as unread", () => {
  const state = session({ messages: [message(1), message(2, { author: "auto" }), message(3), message(4)] });
  expect(unreadIn(state, 1)).toBe(2);
});

test("what I have in hand is what I talk in, without records still to be written", () => {
  const sessions = [view(), view({ id: 8, state: "wrap_up" }), view({ id: 9, counselor: { id: 2, name: "蓮" } })];
  expect(heldOn(board({ sessions }), 1).map((one) => one.id)).toEqual([7]);
});
