// What becomes of an open console when its person's roles change: the line tells the roles each time it opens.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answer, Failure } from "../lib/http";
import * as alerts from "../staff/alerts";
import type { Me } from "../staff/me";
import { own } from "../staff/network";
import { board, me, SampleLine } from "../staff/sample";
import { Console } from "./ctrl";
import { api } from "./network";
import { first, message, session } from "./sample";

let line: SampleLine;

const women = me().programs[0] as Me["programs"][number];
const children = { ...women, id: 2, slug: "children", name: "子どもの相談" };
const counselor = { program: 1, role: "counselor" };
const ok = <T>(value: T): Answer<T> => ({ ok: true, status: 200, value });
const cut: Failure = { ok: false, status: 0, code: "offline", message: "", fields: {}, retryable: true };

const start = (more = {}) => new Console(first({ sessions: [session()], ...more }), line.open);
const asked = (...answers: Answer<Me>[]) => {
  const ask = vi.spyOn(own, "me");
  for (const answer of answers) ask.mockResolvedValueOnce(answer);
  return ask;
};
const tell = (...held: object[]) => line.tell({ type: "roles", held });
const pong = () => line.options.heard?.("2026-11-23T05:10:00Z", Date.now());
const told = (console: Console) => console.notices.all.value.map((one) => one.text);

beforeEach(() => {
  line = new SampleLine();
  vi.spyOn(api, "session").mockResolvedValue(ok(session()));
  vi.spyOn(api, "handoverNotes").mockResolvedValue(ok({ notes: [], follow_ups: null }));
  vi.spyOn(own, "board").mockImplementation(async (program) => ok(board({ program, serial: 40 + program })));
  vi.spyOn(alerts, "alertPerson").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

test("the roles one knows of are nothing new", () => {
  const ask = asked();
  start();
  tell(counselor);
  pong();
  expect(ask).not.toHaveBeenCalled();
  expect(own.board).not.toHaveBeenCalled();
});

test("a role in a second program brings its board, and what is being written stays", async () => {
  const console = start();
  asked(ok(me({ programs: [women, children] })));
  console.talks.value.get(7)?.write("書きかけ");
  tell(counselor, { program: 2, role: "counselor" });
  await vi.waitFor(() => expect([...console.boards.value.keys()]).toEqual([1, 2]));
  expect(line.said).toContainEqual({ type: "watch", topic: "board", id: 2, serial: 42 });
  expect(told(console)).toEqual(["「子どもの相談」の担当に加わりました。"]);
  expect([console.program.value, console.talks.value.get(7)?.draft.value]).toEqual([1, "書きかけ"]);
});

test("a program lost while the line was down goes with all its words", async () => {
  const console = start({ sessions: [session({ messages: [message(1)] })] });
  console.canned.value = new Map([[1, []]]);
  asked(ok(me({ programs: [children], duties: [] })));
  const talk = console.talks.value.get(7);
  talk?.write("書きかけ");
  tell({ program: 2, role: "counselor" });
  await vi.waitFor(() => expect([...console.boards.value.keys()]).toEqual([2]));
  expect([console.talks.value.size, console.canned.value.size, console.program.value]).toEqual([0, 0, 2]);
  expect(talk?.server.value.messages).toEqual([]);
  expect(console.notices.all.value.every((one) => one.words === "")).toBe(true);
  expect(told(console)).toContainEqual(expect.stringContaining("「女性相談」の担当から外れました"));
});

test("without a role the console is empty, and with the next one it begins again", async () => {
  const console = start({ sessions: [] });
  asked(ok(me({ programs: [], duties: [] })), ok(me({ programs: [children], duties: [] })));
  tell();
  await vi.waitFor(() => expect([console.boards.value.size, console.program.value]).toEqual([0, 0]));
  tell({ program: 2, role: "counselor" });
  await vi.waitFor(() => expect(console.program.value).toBe(2));
  expect(console.board.value?.serial).toBe(42);
});

test("of what became of my part in a program, the last counts", async () => {
  const console = start({ sessions: [] });
  asked(ok(me({ programs: [women, children] })), ok(me()));
  tell(counselor, { program: 2, role: "counselor" });
  await vi.waitFor(() => expect(console.boards.value.size).toBe(2));
  tell(counselor);
  await vi.waitFor(() => expect(console.boards.value.size).toBe(1));
  expect(told(console)).toEqual([expect.stringContaining("「子どもの相談」の担当から外れました")]);
});

test("another role in the same program is said, and its rights are there at once", async () => {
  const console = start();
  asked(ok(me({ programs: [{ ...women, roles: ["supervisor"], rights: [...women.rights, "steer"] }] })));
  tell({ program: 1, role: "supervisor" });
  await vi.waitFor(() =>
    expect(told(console)).toEqual([expect.stringContaining("「女性相談」での役割が変わりました")]),
  );
  expect(console.me.value.programs[0]?.rights).toContain("steer");
  expect(console.talks.value.has(7)).toBe(true);
});

test("who may see no board of a program is shown none", async () => {
  const console = start({ sessions: [] });
  asked(ok(me({ programs: [{ ...women, roles: ["officer"], rights: [] }], duties: [] })));
  tell({ program: 1, role: "officer" });
  await vi.waitFor(() => expect(console.boards.value.size).toBe(0));
  expect(own.board).not.toHaveBeenCalled();
});

test("roles that change while it asks are asked for once more", async () => {
  const console = start();
  const ask = asked(ok(me({ programs: [women, children] })), ok(me({ programs: [children], duties: [] })));
  tell(counselor, { program: 2, role: "counselor" });
  tell({ program: 2, role: "counselor" });
  await vi.waitFor(() => expect([...console.boards.value.keys()]).toEqual([2]));
  expect(ask).toHaveBeenCalledTimes(2);
});

test("a board that arrives after the role went again is not shown", async () => {
  const console = start();
  let arrive: (answer: Answer<ReturnType<typeof board>>) => void = () => undefined;
  vi.spyOn(own, "board").mockReturnValueOnce(new Promise((done) => (arrive = done)));
  asked(ok(me({ programs: [women, children] })), ok(me()));
  tell(counselor, { program: 2, role: "counselor" });
  await vi.waitFor(() => expect(own.board).toHaveBeenCalled());
  tell(counselor);
  await vi.waitFor(() => expect(console.me.value.programs).toHaveLength(1));
  arrive(ok(board({ program: 2 })));
  await Promise.resolve();
  expect([...console.boards.value.keys()]).toEqual([1]);
});

test("what did not come through is asked for again with the next pong", async () => {
  const console = start();
  asked(cut, ok(me({ programs: [women, children] })));
  vi.spyOn(own, "board").mockResolvedValueOnce(cut);
  tell(counselor, { program: 2, role: "counselor" });
  await vi.waitFor(() => expect(own.me).toHaveBeenCalledTimes(1));
  await vi.waitFor(() => {
    pong();
    expect([...console.boards.value.keys()]).toEqual([1, 2]);
  });
  expect([vi.mocked(own.me).mock.calls.length, vi.mocked(own.board).mock.calls.length]).toEqual([2, 2]);
});
