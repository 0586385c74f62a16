// What frames do to a board, and what is asked of one. Pure: applied forward, twice or reversed, frames give the same.
import type { Board, BoardFrame, Colleague, SessionView } from "../protocol";

/** These rows with what changed and without what is gone, by id. */
function differing<T extends { id: number }>(rows: T[], changed: T[], gone: number[]): T[] {
  if (!changed.length && !gone.length) return rows;
  const found = new Map(rows.map((one) => [one.id, one]));
  for (const id of gone) found.delete(id);
  for (const one of changed) found.set(one.id, one);
  return [...found.values()].sort((a, b) => a.id - b.id);
}

/** True when these differences do not belong to what we hold: ask for the board again. */
export function isForeign(board: Board, frame: BoardFrame): boolean {
  return frame.base !== null && frame.base !== board.serial && frame.serial !== board.serial;
}

export function applyBoard(board: Board, frame: BoardFrame): Board {
  if (frame.program !== board.program) return board;
  if (frame.base !== null && frame.base !== board.serial) return board;
  const { program, serial, reception, trouble, last_note, at } = frame;
  const whole = frame.base === null;
  const sessions = differing(whole ? [] : board.sessions, frame.changed, frame.gone);
  const colleagues = differing(whole ? [] : board.colleagues, frame.colleagues, frame.left);
  return { program, serial, reception, colleagues, trouble, last_note, at, sessions };
}

/** Those who wait, in the order of the house: higher risk first, then first come; trials after everybody. */
export function queueOf(board: Board): SessionView[] {
  const since = (one: SessionView) => one.queued_at ?? one.received_at;
  return board.sessions
    .filter((one) => one.state === "waiting")
    .sort(
      (a, b) => Number(a.trial) - Number(b.trial) || b.risk - a.risk || since(a).localeCompare(since(b)) || a.id - b.id,
    );
}

/** Sessions offered to `me` that can still be accepted at `now` (ms). */
export function offersTo(boards: Iterable<Board>, me: number, now: number): SessionView[] {
  return [...boards]
    .flatMap((board) => board.sessions)
    .filter((one) => one.state === "waiting" && one.offered_to === me && Date.parse(one.offered_until ?? "") > now);
}

const WITH_COUNSELOR = new Set(["active", "held", "wrap_up"]);

/** True when `me` has this session in hand. */
export function isMine(view: SessionView, me: number): boolean {
  return view.counselor?.id === me && WITH_COUNSELOR.has(view.state);
}

/** Sessions whose counselor's console went silent, the longest first. */
export function lostOn(board: Board): SessionView[] {
  const since = (one: SessionView) => one.counselor_lost_at ?? "";
  return board.sessions
    .filter((one) => since(one) && WITH_COUNSELOR.has(one.state) && one.state !== "wrap_up")
    .sort((a, b) => since(a).localeCompare(since(b)));
}

/** How many talks go on. */
export function inTalk(board: Board): number {
  return board.sessions.filter((one) => one.state === "active" || one.state === "held").length;
}

/** Why a colleague cannot take a session over. */
export type Hindrance = "off_duty" | "away" | "absent" | "full" | "trainee";

const TAKERS = ["counselor", "supervisor", "trainee"];
const HIGH = 3;

function hindranceOf(one: Colleague, risk: number): Hindrance | null {
  if (one.away) return "away";
  if (!one.on_duty) return "off_duty";
  if (!one.present) return "absent";
  if (isTrainee(one) && risk >= HIGH) return "trainee";
  return one.load >= one.capacity ? "full" : null;
}

/** In training, and nothing else. */
export function isTrainee({ roles }: Colleague): boolean {
  return roles.filter((role) => TAKERS.includes(role)).join() === "trainee";
}

export interface Candidate {
  one: Colleague;
  hindrance: Hindrance | null;
}

/**
 * Those to whom this session may be handed, who can take it first, the freest of them foremost.
 * `self`: who hands over and may take it themselves without being on duty, as a supervisor may.
 */
export function candidates(board: Board, view: SessionView, self = 0): Candidate[] {
  return candidatesForAll(board, [view], self);
}

/** The same for several at once: whoever has them all already is left out; the highest risk among them counts. */
export function candidatesForAll(board: Board, views: SessionView[], self = 0): Candidate[] {
  const load = ({ one }: Candidate) => one.load / Math.max(1, one.capacity);
  const risk = Math.max(0, ...views.map((view) => view.risk));
  const hasAll = (one: Colleague) => views.every((view) => view.counselor?.id === one.id);
  return board.colleagues
    .filter((one) => !hasAll(one) && one.roles.some((role) => TAKERS.includes(role)))
    .map((one) => ({
      one,
      hindrance: hindranceOf(one.id === self ? { ...one, on_duty: true, away: "" } : one, risk),
    }))
    .sort((a, b) => Number(a.hindrance !== null) - Number(b.hindrance !== null) || load(a) - load(b));
}
