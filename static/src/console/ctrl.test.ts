import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as alerts from "../staff/alerts";
import { own } from "../staff/network";
import { board, boardFrame, me, NOW, SampleLine, view } from "../staff/sample";
import { takeNext } from "./acts";
import { Console } from "./ctrl";
import { api } from "./network";
import { event, first, frame, message, session } from "./sample";

let line: SampleLine;
let rung: string[];

const start = (more = {}) => new Console(first({ sessions: [session()], ...more }), line.open);
const elsewhere = view({ version: 2, counselor: { id: 2, name: "蓮" } });

beforeEach(() => {
  line = new SampleLine();
  rung = [];
  vi.spyOn(api, "session").mockResolvedValue({ ok: true, status: 200, value: session() });
  vi.spyOn(alerts, "alertPerson").mockImplementation((occasion) => void rung.push(occasion));
});
afterEach(() => vi.restoreAllMocks());

test("an open line is asked for the board and for what is new in my talks", () => {
  start({ sessions: [session({ upto: 12 })] });
  line.start();
  expect(line.said).toEqual([
    { type: "watch", topic: "board", id: 1, serial: 5 },
    { type: "watch", topic: "session", id: 7, after: 12 },
  ]);
});

test("a frame over a gap is not applied; the talk is asked for again from its own version", () => {
  const console = start();
  line.tell(frame(4, [event(5)]));
  expect(console.talks.value.get(7)?.server.value.upto).toBe(1);
  expect(line.said).toContainEqual({ type: "watch", topic: "session", id: 7, after: 1 });
});

test("a new word of a talk one does not look at is rung, with no word of it in the title's number", () => {
  const console = start({ sessions: [session(), session({ header: view({ id: 8 }) })] });
  line.tell(frame(1, [event(2, { header: view({ id: 8, version: 2 }), message: message(1) })], { session: 8 }));
  expect(rung).toEqual(["message"]);
  expect(console.count.value).toBe(1);
});

test("a word already known is not rung again", () => {
  const console = start({ sessions: [session(), session({ header: view({ id: 8 }) })] });
  const told = frame(1, [event(2, { header: view({ id: 8, version: 2 }), message: message(1) })], { session: 8 });
  line.tell(told);
  line.tell(told);
  expect([rung.length, console.count.value]).toEqual([1, 1]);
});

test("a talk that went to somebody else leaves the screen and memory, and it is said", () => {
  const console = start({ sessions: [session({ messages: [message(1)] })] });
  const talk = console.talks.value.get(7);
  talk?.write("まだ送っていない");
  line.tell(frame(1, [event(2, { kind: "session.transferred", header: elsewhere })]));
  expect(console.talks.value.size).toBe(0);
  expect(talk?.server.value.messages).toEqual([]);
  expect(talk?.draft.value).toBe("");
  expect(console.notices.all.value[0]?.text).toContain("蓮さんに引き継がれました");
});

test("a talk I gave away myself leaves without explanation", () => {
  const console = start();
  console.leaving.add(7);
  line.tell(frame(1, [event(2, { kind: "session.transferred", header: elsewhere })]));
  expect([console.talks.value.size, console.notices.all.value.length]).toEqual([0, 0]);
});

test("a watch that is denied takes the talk away", () => {
  const console = start();
  line.tell({ type: "denied", topic: "session", id: 7 });
  expect([console.talks.value.size, console.notices.all.value.length]).toEqual([0, 1]);
});

test("a program that is denied goes with its talks, and one is told", async () => {
  const console = start();
  const left = { ...console.me.value, programs: [], duties: [] };
  vi.spyOn(own, "me").mockResolvedValue({ ok: true, status: 200, value: left });
  const { name } = console.me.value.programs[0] ?? { name: "?" };
  line.tell({ type: "denied", topic: "board", id: 1 });
  expect([console.boards.value.size, console.talks.value.size, console.program.value]).toEqual([0, 0, 0]);
  await vi.waitFor(() => expect(console.me.value.programs).toEqual([]));
  expect(console.notices.all.value.map((one) => one.text)).toContainEqual(expect.stringContaining(name));
});

test("a session that the board says is mine is fetched and rung as handed over", async () => {
  const console = start({ sessions: [] });
  vi.spyOn(api, "session").mockResolvedValue({ ok: true, status: 200, value: session() });
  line.tell(boardFrame({ changed: [view()] }));
  await vi.waitFor(() => expect(console.talks.value.has(7)).toBe(true));
  expect(rung).toEqual(["handed"]);
});

test("a board older than the talk does not take it away", () => {
  const console = start({ sessions: [session({ header: view({ version: 6 }), upto: 6 })] });
  line.tell(boardFrame({ changed: [view({ version: 5, state: "waiting", counselor: null })] }));
  expect(console.talks.value.has(7)).toBe(true);
});

test("differences for another board than mine make me ask for the whole", () => {
  start();
  line.tell(boardFrame({ base: 9, serial: 10 }));
  expect(line.said).toContainEqual({ type: "watch", topic: "board", id: 1, serial: null });
});

test("an offer to me is rung once and counted", () => {
  const offered_until = new Date(Date.now() + 30_000).toISOString();
  const console = start({ sessions: [] });
  const offer = view({ state: "waiting", counselor: null, offered_to: 1, offered_until });
  line.tell(boardFrame({ changed: [offer] }));
  line.tell(boardFrame({ base: 6, serial: 7, changed: [{ ...offer, version: 2 }] }));
  expect([rung, console.count.value]).toEqual([["offer"], 1]);
});

test("the visitor's writing is shown until a word comes", () => {
  const console = start();
  line.tell({ type: "typing", session: 7, who: "visitor" });
  const talk = console.talks.value.get(7);
  expect(talk?.typingUntil.value).toBeGreaterThan(Date.now());
  line.tell(frame(1, [event(2, { message: message(1) })]));
  expect(talk?.typingUntil.value).toBe(0);
});

test("signed in again as the same person, everything goes on", async () => {
  const console = start();
  line.signOut();
  vi.spyOn(own, "me").mockResolvedValue({ ok: true, status: 200, value: me() });
  await console.resume();
  expect(console.line.value).toBe("open");
});

test("signed in again as somebody else, nothing of the first person stays", async () => {
  const console = start();
  line.signOut();
  const reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
  vi.spyOn(own, "me").mockResolvedValue({ ok: true, status: 200, value: me({ id: 2 }) });
  await console.resume();
  expect(reload).toHaveBeenCalledOnce();
  expect(console.line.value).toBe("signed_out");
});

test("the first program shown is where I have somebody, else where most wait", () => {
  const other = board({ program: 2, sessions: [view({ id: 9, program: 2, state: "waiting", counselor: null })] });
  expect(start({ sessions: [], boards: [board(), other] }).program.value).toBe(2);
  expect(start({ boards: [board(), other] }).program.value).toBe(1);
});

test("a talk that comes while a window is open lies aside and does not slip under the window", async () => {
  const console = start();
  vi.spyOn(api, "takeNext").mockResolvedValue({ ok: true, status: 201, value: session({ header: view({ id: 8 }) }) });
  console.window.ask({ deed: "end", session: 7 });
  await takeNext(console);
  expect([console.desk.value.shown, console.active.value?.id, console.focusWish.value]).toEqual([[7, 8], 7, null]);
  console.window.close();
  await takeNext(console);
  expect([console.active.value?.id, console.focusWish.value]).toEqual([8, 8]);
});

test("whom I took waits no more, though the board still says so; whom I read along with still does", async () => {
  const waiting = (id: number) => view({ id, state: "waiting", counselor: null });
  const console = start({ sessions: [], boards: [board({ sessions: [waiting(8), waiting(9)] })] });
  const ids = () => [...console.boards.value.values()].flatMap((one) => console.waitingOn(one)).map((one) => one.id);
  vi.spyOn(api, "takeNext").mockResolvedValue({ ok: true, status: 201, value: session({ header: view({ id: 8 }) }) });
  await takeNext(console);
  expect(ids()).toEqual([9]);
  console.add(session({ header: waiting(9) }), "aside", { reason: "watch", until: NOW + 60_000 });
  expect(ids()).toEqual([9]);
});
