// What the planner does with the keyboard, a pointer or a panel: each deed is seen at once and can be taken back.
import type { Answer, Failure } from "../lib/http";
import { type Cell, cleared, pasted, placed } from "./brush";
import type { Planner } from "./ctrl";
import { dateOf, dayText, spanText } from "./days";
import type { Change, RequiredWeek, RosterChange, Shift } from "./interfaces";
import { alike } from "./ledger";
import { api, type PatternWish } from "./network";
import { language, t } from "./words";

function say(planner: Planner, text: string): void {
  // The same words twice are read twice only when they differ.
  planner.said.value = planner.said.peek() === text ? `${text} ` : text;
}

function perform(planner: Planner, what: string, changes: readonly Change[]): void {
  planner.book.perform(what, changes);
  say(planner, what);
}

/** Place the chosen pattern in these cells. */
export function place(planner: Planner, cells: readonly Cell[]): void {
  const pattern = planner.brushPattern();
  if (!pattern) return;
  const changes = placed(pattern, cells, planner.shiftsIn, planner.byId.peek(), planner.book.newKey);
  if (changes.length) perform(planner, t.placed(pattern.name, changes.length), changes);
  else say(planner, t.nothingNew);
}

export function clear(planner: Planner, cells: readonly Cell[]): void {
  const changes = cleared(cells, planner.shiftsIn);
  if (changes.length) perform(planner, t.removed(changes.length), changes);
  else say(planner, t.nothingToCopy);
}

export function copyCell(planner: Planner): void {
  const copied = planner.shiftsIn(planner.cursorCell());
  if (copied.length) planner.clipboard.value = copied;
  say(planner, copied.length ? t.copied(copied.length) : t.nothingToCopy);
}

export function paste(planner: Planner, cells: readonly Cell[]): void {
  const { clipboard, shiftsIn, byId, book } = planner;
  const changes = pasted(clipboard.peek(), cells, shiftsIn, byId.peek(), book.newKey);
  if (changes.length) perform(planner, t.pasted(changes.length), changes);
  else say(planner, clipboard.peek().length ? t.nothingNew : t.nothingToCopy);
}

export function undo(planner: Planner): void {
  const what = planner.book.undo();
  say(planner, what ? t.undone(what) : t.nothingToUndo);
}

/** A shift made or changed in the panel. */
export function keep(planner: Planner, before: Shift | null, after: Shift): void {
  if (before && alike(before, after)) return;
  perform(planner, before ? t.changed : t.placed(spanText(after), 1), [{ before, after }]);
}

export function drop(planner: Planner, shift: Shift): void {
  perform(planner, t.removed(1), [{ before: shift, after: null }]);
}

/** Open the panel of a cell: its only shift, the list of several, or a new one. */
export function openCell(planner: Planner, cell: Cell, key?: number): void {
  const [first, second] = planner.shiftsIn(cell);
  planner.panel.value = { kind: "shift", cell, key: key ?? (second ? null : (first?.key ?? null)) };
}

/** What is sent at once and not taken back: waits until every edit is saved. Gives the failure, if any. */
async function settle(
  planner: Planner,
  ask: () => Promise<Answer<RosterChange>>,
  done: (change: RosterChange) => string,
): Promise<Failure | undefined> {
  await planner.book.sending.settled();
  const answer = await ask();
  if (!answer.ok) return answer;
  planner.book.merge(answer.value);
  say(planner, done(answer.value));
  return undefined;
}

export function copyWeek(planner: Planner, from: number, to: number): Promise<Failure | undefined> {
  return settle(
    planner,
    () => api.copy(planner.program, planner.range.peek(), dateOf(from), dateOf(to)),
    ({ shifts }) => (shifts.length ? t.copyDone(shifts.length) : t.copyNothing),
  );
}

export function publish(planner: Planner, from: number, to: number): Promise<Failure | undefined> {
  return settle(
    planner,
    () => api.publish(planner.program, planner.range.peek(), dateOf(from), dateOf(to)),
    ({ shifts }) => t.publishDone(shifts.length),
  );
}

export function savePattern(planner: Planner, id: number | null, wish: PatternWish): Promise<Failure | undefined> {
  const view = planner.range.peek();
  const ask = () => (id === null ? api.addPattern(planner.program, view, wish) : api.changePattern(id, view, wish));
  return settle(planner, ask, () => t.patternSaved(wish.name));
}

export function removePattern(planner: Planner, id: number, name: string): Promise<Failure | undefined> {
  if (planner.brush.peek() === id) planner.brush.value = null;
  return settle(
    planner,
    () => api.removePattern(id, planner.range.peek()),
    () => t.patternRemoved(name),
  );
}

export async function require(planner: Planner, week: RequiredWeek): Promise<Failure | undefined> {
  const ask = () => api.require(planner.program, planner.range.peek(), week);
  const failure = await settle(planner, ask, () => t.requiredSaved);
  if (!failure) planner.requiredWeek.value = week;
  return failure;
}

/** Where somebody stands, in words: 早川 遥 11月23日(月). */
export function cellName(planner: Planner, cell: Cell): string {
  return t.cell(planner.nameOf(cell.row), dayText(cell.day, language));
}
