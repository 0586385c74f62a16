// Who needs a supervisor most. Pure: `now` in ms.
import type { SessionView } from "../protocol";

export const HIGH = 3;
/** So long nobody answers somebody at high risk, and every supervisor is told. */
export const UNATTENDED_MS = 60_000;

const TAKEN: readonly string[] = ["active", "held"];

/** With a counselor just now: it can change hands. */
export const isTaken = (view: SessionView) => TAKEN.includes(view.state);

/** Since when the visitor waits for a word: for the first one, or for the next. */
export function waitsSince(view: SessionView): string | null {
  return view.waiting_since ?? (view.state === "waiting" ? (view.queued_at ?? view.received_at) : null);
}

/** The talk is over and only its record is still to be written; who writes once more waits again. */
const isOver = (view: SessionView) => view.state === "wrap_up" && !view.waiting_since;

/** The counselor's console is gone, the talk still theirs. */
export const isLost = (view: SessionView) => view.counselor_lost_at !== null && isTaken(view);

/** Somebody at high risk whom nobody has answered for a minute. */
export function isUnattended(view: SessionView, now: number): boolean {
  const since = waitsSince(view);
  return view.risk >= HIGH && since !== null && now - Date.parse(since) >= UNATTENDED_MS;
}

/** The visitor has not agreed to the terms (yet): what they say is for nobody to read. */
export const isWithheld = ({ consent }: SessionView): boolean => consent === "awaited" || consent === "refused";

/** Somebody in danger whose words nobody may read: a supervisor decides. */
export const needsProtection = (view: SessionView): boolean => isWithheld(view) && view.risk >= HIGH;

/** At the top of its level of risk: lost, or unattended. */
export const isUrgent = (view: SessionView, now: number) => isLost(view) || isUnattended(view, now);

/** Earlier comes first; nothing at all comes last. All are UTC as the server writes it, so that their texts compare. */
function earlier(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

/** The neediest first: risk, what is urgent, the visitor's wait, our silence. Records to be written come last. */
export function byNeed(now: number): (a: SessionView, b: SessionView) => number {
  return (a, b) =>
    Number(isOver(a)) - Number(isOver(b)) ||
    b.risk - a.risk ||
    Number(isUrgent(b, now)) - Number(isUrgent(a, now)) ||
    earlier(waitsSince(a), waitsSince(b)) ||
    earlier(a.silent_since, b.silent_since) ||
    a.id - b.id;
}
