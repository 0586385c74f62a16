// What the server holds, and what was done here on top of it until the server has taken it. Pure.
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

/** The shifts as the person sees them: those of the server with every edit on its way. */
export function overlay(base: Shifts, edits: readonly Edit[]): Shifts {
  if (!edits.length) return base;
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

/** Edits without those that stand on shifts which a refused edit would have made. */
export function withoutRefused(edits: readonly Edit[], refused: Edit): { kept: Edit[]; lost: Edit[] } {
  const never = new Set(refused.changes.filter((change) => !change.before).map(keyOf));
  const lost = edits.filter((edit) => edit === refused || edit.changes.some((change) => never.has(keyOf(change))));
  return { kept: edits.filter((edit) => !lost.includes(edit)), lost };
}

/** True when two shifts say the same, whoever holds them under whatever key. */
export function alike(a: Shift, b: Shift): boolean {
  return a.user === b.user && a.role === b.role && a.start === b.start && a.end === b.end && a.lines === b.lines;
}
