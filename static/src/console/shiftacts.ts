// What a person does with their shift: check in and out, rest, tell the next shift, stay signed in. One request each.
import type { Answer } from "../lib/http";
import type { HandoverNoteView } from "../protocol";
import { learnt } from "../staff/acts";
import { now } from "../staff/clock";
import { type BreakReason, type Me, mayWork } from "../staff/me";
import type { Outcome } from "../staff/station";
import type { Console } from "./ctrl";
import { isOnDuty } from "./duty";
import { api } from "./network";
import { t } from "./words";

/** What was done is said to those who listen. */
async function done(console: Console, asked: Promise<Answer<Me>>, says: string): Promise<Outcome> {
  const failure = await learnt(console, asked);
  if (!failure) console.status.value = says;
  return failure;
}

/** On duty, the first thing to see is what the shift before has left. */
export async function checkIn(console: Console, program: number): Promise<Outcome> {
  const failure = await done(console, api.checkIn(program), t.checkedIn);
  if (failure) return failure;
  await readNotes(console, program);
  if (console.shift.unread(program).length) showNotes(console, program);
  return null;
}

export const takeBreak = (console: Console, program: number, reason: BreakReason) =>
  done(console, api.takeBreak(program, reason), t.breakBegan);
export const comeBack = (console: Console, program: number) => done(console, api.comeBack(program), t.cameBack);

/** Leave what was written for the next shift, then check out. Nothing is left twice, however often it is tried. */
export async function leaveDuty(console: Console, program: number): Promise<Outcome> {
  const failure = console.shift.draft(program).trim() ? await leaveNote(console, program) : null;
  return failure ?? done(console, api.checkOut(program), t.checkedOut);
}

/** A tick or another reading that came between was perhaps not known yet to who answered: then it is asked anew. */
export async function readNotes(console: Console, program: number): Promise<void> {
  if (!mayWork(console.me.peek().programs.find((one) => one.id === program))) return;
  const held = () => console.shift.notes.peek().get(program);
  const before = held();
  const answer = await api.handoverNotes(program);
  if (!answer.ok) console.failed(answer);
  else if (held() === before) console.shift.take(program, answer.value);
  else await readNotes(console, program);
}

/** The notes of every program I am on duty in, or look at. */
export function readAllNotes(console: Console): void {
  const me = console.me.peek();
  const programs = me.programs.map((one) => one.id);
  for (const id of programs.filter((one) => isOnDuty(me, one) || one === console.program.peek()))
    void readNotes(console, id);
}

/** Put the notes on the right side, for this program; the keyboard follows. */
export function showNotes(console: Console, program: number): void {
  if (console.boards.peek().has(program)) console.program.value = program;
  console.shift.shown.value = true;
  console.place.value = "panel";
  queueMicrotask(() => document.getElementById("shift-notes-title")?.focus());
}

export async function leaveNote(console: Console, program: number): Promise<Outcome> {
  const { clientId, text } = console.shift.toSend(program);
  const answer = await api.leaveNote(program, clientId, text);
  if (!answer.ok) return console.failed(answer);
  console.shift.write(program, "");
  const others = (console.shift.notes.peek().get(program) ?? []).filter((one) => one.id !== answer.value.id);
  console.shift.put(program, [answer.value, ...others]);
  return null;
}

export async function tickNote(console: Console, note: HandoverNoteView): Promise<Outcome> {
  const answer = await api.tickNote(note.id);
  if (!answer.ok) return console.failed(answer);
  const { id, name } = console.me.peek();
  const ticked = { ...note, ticks: [...note.ticks, { by: { id, name }, at: new Date(now.peek()).toISOString() }] };
  const notes = console.shift.notes.peek().get(note.program) ?? [];
  console.shift.put(
    note.program,
    notes.map((one) => (one.id === note.id ? ticked : one)),
  );
  return null;
}

export async function surge(console: Console, program: number, until: string | null): Promise<Outcome> {
  const answer = await (until ? api.surge(program, until) : api.endSurge(program));
  return answer.ok ? null : console.failed(answer);
}

/** The end of a shift or of the login came near: said once, by a sound where wished. */
export function tellTimes(console: Console): void {
  const shiftEnds = console.shift.tellEndings();
  const loginEnds = console.login.tellWarning();
  if (!shiftEnds && !loginEnds) return;
  console.attention.alert("time");
  console.status.value = loginEnds ? t.loginEndNear : t.shiftEndNear;
}
