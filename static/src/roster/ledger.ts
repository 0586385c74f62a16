// What the server holds, and what was done here on top of it until the server has taken it. Pure.
import type { Failure } from "../lib/http";
import { wallOf } from "./days";
import type { Change, Shift, ShiftView } from "./interfaces";

export type Shifts = ReadonlyMap<number, Shift>;

/** One request that is owed to the server. Edits of one deed of the person share their `step`. */
export interface Edit {
  id: number;
  step: number;
  changes: readonly Change[];
}

export function shiftOf(view: ShiftView, key: number = view.id): Shift {
  const { user, role, lines, published } = view;
  return { key, user, role, lines, published, start: wallOf(view.starts_at), end: wallOf(view.ends_at) };
}

export function keyOf(change: Change): number {
  return (change.after ?? change.before)?.key ?? 0;
}

/** The shifts as the person sees them: those of the server with every edit on its way. Always a map of its own. */
export function overlay(base: Shifts, edits: readonly Edit[]): Shifts {
  const seen = new Map(base);
  for (const change of edits.flatMap((edit) => edit.changes)) {
    if (change.after) seen.set(change.after.key, { ...change.after, unsaved: true });
    else seen.delete(keyOf(change));
  }
  return seen;
}

/** What takes a deed back, last change first. */
export function inverse(changes: readonly Change[]): Change[] {
  return changes.map(({ before, after }) => ({ before: after, after: before })).reverse();
}

/** A deed in requests: everything new in one, every other change in its own, in the order it was done. */
export function requestsOf(changes: readonly Change[]): Change[][] {
  const made = changes.filter((change) => !change.before);
  const others = changes.filter((change) => change.before).map((change) => [change]);
  return made.length ? [...others, made] : others;
}

/** Something that will not be: the change, and why in the server's words. */
export interface Lost {
  change: Change;
  step: number;
  why: string;
}

type Refused = Pick<Failure, "message" | "fields">;

/** Which changes of a refused edit are wrong: `fields` names them by place; where it names none, all are. */
function wrongIn(edit: Edit, failure: Refused): Lost[] {
  const lost = edit.changes.map((change, place) => {
    const told = Object.entries(failure.fields).filter(([name]) => name.split(".")[0] === String(place));
    return { change, step: edit.step, why: told.flatMap(([, texts]) => texts).join(" ") };
  });
  const named = lost.filter((one) => one.why);
  return named.length ? named : lost.map((one) => ({ ...one, why: failure.message }));
}

/** Edits without what was refused and what stands on shifts that will never be made; the rest of the edit stays. */
export function withoutRefused(
  edits: readonly Edit[],
  refused: Edit,
  failure: Refused,
): { kept: Edit[]; lost: Lost[] } {
  const lost = wrongIn(refused, failure);
  const gone = new Set(lost.map(({ change }) => change));
  const never = new Set(lost.filter(({ change }) => !change.before).map(({ change }) => keyOf(change)));
  const kept: Edit[] = [];
  for (const edit of edits) {
    const changes = edit.changes.filter((change) => !gone.has(change) && !never.has(keyOf(change)));
    if (changes.length) kept.push(changes.length === edit.changes.length ? edit : { ...edit, changes });
  }
  return { kept, lost };
}

/** True when two shifts say the same, whoever holds them under whatever key. */
export function alike(a: Shift, b: Shift): boolean {
  return a.user === b.user && a.role === b.role && a.start === b.start && a.end === b.end && a.lines === b.lines;
}
