import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answer } from "../lib/http";
import type { Handover, HandoverNoteView } from "../protocol";
import { typed } from "../staff/acts";
import { now } from "../staff/clock";
import type { MyDuty } from "../staff/me";
import { own } from "../staff/network";
import { board, boardFrame, colleague, me, SampleLine, view } from "../staff/sample";
import { takeNext } from "./acts";
import { Console } from "./ctrl";
import { api } from "./network";
import { event, first, frame, message, session } from "./sample";
import { checkIn, leaveDuty, leaveNote, readNotes, tellTimes, tickNote } from "./shiftacts";

let line: SampleLine;
const rung: string[] = [];
vi.mock("../staff/alerts", () => ({ alertPerson: (occasion: string) => void rung.push(occasion) }));

const done = <T>(value: T) => ({ ok: true, status: 200, value }) as const;
const refused = (code: string) =>
  ({ ok: false, status: 409, code, message: "できません", fields: {}, retryable: false }) as const;
const shift = { id: 5, starts_at: "2026-11-23T10:00:00Z", ends_at: "2026-11-23T14:00:00Z", lines: 2 };
const duty: MyDuty = { program: 1, since: "2026-11-23T10:00:00Z", away: null, shift };
const note = (id: number, more: Partial<HandoverNoteView> = {}): HandoverNoteView => ({
  id,
  program: 1,
  by: { id: 2, name: "蓮" },
  text: "23時に電話の約束があります",
  at: "2026-11-23T05:00:00Z",
  client_id: "",
  ticks: [],
  ...more,
});

function start(more: Parameters<typeof first>[0] = {}): Console {
  line = new SampleLine();
  const console = new Console(first(more), line.open);
  line.start();
  return console;
}

beforeEach(() => {
  rung.length = 0;
  now.value = Date.parse("2026-11-23T12:00:00Z");
  vi.spyOn(api, "session").mockResolvedValue(refused("not_found"));
});
afterEach(() => void vi.restoreAllMocks());

test("a shift's end is rung at each milestone, and its bar stays until it was read", () => {
  const login = { idle_ends_at: "2026-11-23T18:00:00Z", ends_at: "2026-11-23T22:00:00Z" };
  const console = start({ me: me({ duties: [duty], login }) });
  const ends = () => console.shift.endings.value.length;
  tellTimes(console);
  now.value = Date.parse("2026-11-23T13:31:00Z");
  tellTimes(console);
  tellTimes(console);
  expect([rung, ends()]).toEqual([["time"], 1]);
  console.shift.markRead("5 30");
  expect(ends()).toBe(0);
  now.value = Date.parse("2026-11-23T13:46:00Z");
  tellTimes(console);
  expect([rung, ends()]).toEqual([["time", "time"], 1]);
});

test("who checks in is shown what the shift before left, and their own notes are no news", async () => {
  const console = start({ me: me({ duties: [] }) });
  vi.spyOn(api, "checkIn").mockResolvedValue(done(me({ duties: [duty] })));
  const ticked = note(3, { ticks: [{ by: { id: 1, name: "早川" }, at: "" }] });
  vi.spyOn(api, "handoverNotes").mockResolvedValue(
    done({ notes: [note(1), note(2, { by: { id: 1, name: "早川" } }), ticked], follow_ups: null }),
  );
  expect(await checkIn(console, 1)).toBeNull();
  expect(console.me.value.duties).toEqual([duty]);
  expect(console.shift.unread(1).map((one) => one.id)).toEqual([1]);
  expect([console.shift.shown.value, console.place.value]).toEqual([true, "panel"]);
});

test("a note that a colleague leaves meanwhile is read at once, and nothing else asks for notes", async () => {
  const console = start();
  const ask = vi.spyOn(api, "handoverNotes").mockResolvedValue(done({ notes: [note(4)], follow_ups: null }));
  line.tell(boardFrame({}));
  line.tell(boardFrame({ base: 6, serial: 7, last_note: 4 }));
  await vi.waitFor(() => expect(console.shift.unread(1).length).toBe(1));
  expect(ask).toHaveBeenCalledOnce();
});

test("a tick shows at once who has read", async () => {
  const console = start();
  console.shift.put(1, [note(1)]);
  vi.spyOn(api, "tickNote").mockResolvedValue(done(undefined));
  await tickNote(console, note(1));
  expect(console.shift.unread(1)).toEqual([]);
  expect(console.shift.notes.value.get(1)?.[0]?.ticks[0]?.by.name).toBe("早川");
});

test("an answer of before the tick does not take it back", async () => {
  const console = start();
  const ticked = note(1, { ticks: [{ by: { id: 1, name: "早川" }, at: "2026-11-23T05:00:00Z" }] });
  console.shift.put(1, [note(1)]);
  const ask = vi.spyOn(api, "handoverNotes");
  let late = (_notes: Answer<Handover>): void => undefined;
  ask.mockReturnValueOnce(new Promise((answer) => (late = answer)));
  ask.mockResolvedValueOnce(done({ notes: [ticked, note(2)], follow_ups: null }));
  vi.spyOn(api, "tickNote").mockResolvedValue(done(undefined));
  const reading = readNotes(console, 1);
  await tickNote(console, note(1));
  late(done({ notes: [note(1)], follow_ups: null }));
  await reading;
  expect(console.shift.unread(1).map((one) => one.id)).toEqual([2]);
  expect(ask).toHaveBeenCalledTimes(2);
});

test("the same words keep their id however often they are tried, and stay until they are taken", async () => {
  const console = start();
  const leave = vi.spyOn(api, "leaveNote").mockResolvedValueOnce(refused("unreachable"));
  console.shift.write(1, "よろしく");
  expect((await leaveNote(console, 1))?.code).toBe("unreachable");
  expect(console.shift.draft(1)).toBe("よろしく");
  leave.mockResolvedValueOnce(done(note(9, { by: { id: 1, name: "早川" } })));
  expect(await leaveNote(console, 1)).toBeNull();
  expect(new Set(leave.mock.calls.map(([, clientId]) => clientId)).size).toBe(1);
  expect([console.shift.draft(1), console.shift.notes.value.get(1)?.length]).toEqual(["", 1]);
});

test("a check-out leaves the note first, and a note that is refused keeps one on duty", async () => {
  const console = start();
  const out = vi.spyOn(api, "checkOut").mockResolvedValue(done(me({ duties: [] })));
  vi.spyOn(api, "leaveNote").mockResolvedValue(refused("too_long"));
  console.shift.write(1, "よろしく");
  expect((await leaveDuty(console, 1))?.code).toBe("too_long");
  expect(out).not.toHaveBeenCalled();
  console.shift.write(1, "");
  expect(await leaveDuty(console, 1)).toBeNull();
  expect(console.me.value.duties).toEqual([]);
});

test("who works no shifts asks for no notes", async () => {
  const [program] = me().programs;
  const console = start({ me: me({ programs: program ? [{ ...program, rights: ["watch_board"] }] : [] }) });
  const ask = vi.spyOn(api, "handoverNotes");
  await readNotes(console, 1);
  expect(ask).not.toHaveBeenCalled();
});

test("a lost session rings for those who steer, once", () => {
  const [program] = me().programs;
  const steering = me({ id: 9, programs: program ? [{ ...program, rights: ["steer"] }] : [], duties: [] });
  start({ me: steering });
  const lost = view({ counselor_lost_at: "2026-11-23T05:09:00Z", version: 2 });
  line.tell(boardFrame({ changed: [lost] }));
  line.tell(boardFrame({ base: 6, serial: 7, changed: [{ ...lost, version: 3 }] }));
  expect(rung).toEqual(["lost"]);
});

test("a lost session rings for nobody else", () => {
  start({ me: me({ id: 9, duties: [] }) });
  line.tell(boardFrame({ changed: [view({ counselor_lost_at: "2026-11-23T05:09:00Z", version: 2 })] }));
  expect(rung).toEqual([]);
});

test("who comes back in time is told that the talk goes on", () => {
  const console = start({ sessions: [session()] });
  line.tell(frame(1, [event(2, { kind: "session.lost" }), event(3, { kind: "session.found" })]));
  expect(console.notices.all.value[0]?.text).toContain("戻りました");
});

test("who comes back too late keeps the words they typed, until they have read where the talk went", () => {
  const console = start({ sessions: [session({ messages: [message(1)] })] });
  console.talks.value.get(7)?.write("つづきを書いていた");
  const waiting = view({ version: 2, state: "waiting", counselor: null });
  line.tell(frame(1, [event(2, { kind: "session.requeued", header: waiting })]));
  const [notice] = console.notices.all.value;
  expect(notice?.text).toContain("待機列に戻りました");
  expect(notice?.words).toBe("つづきを書いていた");
  console.notices.read(notice?.id ?? 0);
  expect(console.notices.all.value).toEqual([]);
});

test("who leaves the program keeps not even their own words of it", async () => {
  const console = start({ sessions: [session()] });
  vi.spyOn(own, "me").mockResolvedValue(done(me({ programs: [], duties: [] })));
  console.talks.value.get(7)?.write("つづきを書いていた");
  console.shift.write(1, "次のシフトへ");
  line.tell({ type: "denied", topic: "session", id: 7 });
  line.tell({ type: "denied", topic: "board", id: 1 });
  await vi.waitFor(() => expect(console.notices.all.value.map((one) => one.words)).toEqual(["", ""]));
  expect(console.shift.draft(1)).toBe("");
});

test("a duty that was changed elsewhere is asked for, once at a time", async () => {
  const console = start({ me: me({ duties: [duty] }) });
  const ask = vi.spyOn(own, "me").mockResolvedValue(done(me({ duties: [] })));
  const colleagues = [colleague(1, "早川", { on_duty: false })];
  line.tell(boardFrame({ colleagues }));
  line.tell(boardFrame({ base: 6, serial: 7, colleagues }));
  await vi.waitFor(() => expect(console.me.value.duties).toEqual([]));
  expect(ask).toHaveBeenCalledOnce();
});

test("refused for not being on duty, one learns that the duty has ended meanwhile", async () => {
  const console = start({ me: me({ duties: [duty] }) });
  vi.spyOn(api, "takeNext").mockResolvedValue(refused("not_on_duty"));
  vi.spyOn(own, "me").mockResolvedValue(done(me({ duties: [] })));
  expect((await takeNext(console))?.code).toBe("not_on_duty");
  await vi.waitFor(() => expect(console.me.value.duties).toEqual([]));
});

test("typing extends the login, but not when it has ended", () => {
  const extend = vi.spyOn(own, "extendLogin").mockResolvedValue(done(me()));
  const console = start();
  const due = vi.spyOn(console.login, "typed").mockReturnValue(true);
  typed(console);
  line.signOut();
  typed(console);
  expect([extend.mock.calls.length, due.mock.calls.length]).toEqual([1, 1]);
});

test("a window opened from another leads back to it, and only the open one is closed", () => {
  const { window } = start({ boards: [board()] });
  const checkOut = { checkOut: 1 };
  const deed = { deed: "end" as const, session: 7 };
  window.ask(checkOut);
  window.ask(deed, checkOut);
  window.close(checkOut);
  expect(window.top.value).toBe(deed);
  window.closeFor(8);
  window.closeFor(7);
  expect(window.top.value).toBe(checkOut);
  window.close();
  expect(window.top.value).toBeNull();
});
