// What frames do to what is on the screen. Pure: applied forward, twice or reversed, frames give the same state.
import type {
  Board,
  BoardFrame,
  Colleague,
  EventView,
  MessageView,
  NoteView,
  SessionFrame,
  SessionState,
  SessionView,
} from "../protocol";

interface Versioned {
  id: number;
  version: number;
}

/** The row in its newest version, in its place; an older one changes nothing. */
function upsert<T extends Versioned>(rows: T[], row: T, before: (a: T, b: T) => number): T[] {
  const at = rows.findIndex((one) => one.id === row.id);
  const known = rows[at];
  if (known && known.version >= row.version) return rows;
  const others = known ? rows.filter((one) => one !== known) : rows;
  return [...others, row].sort(before);
}

const bySeq = (a: MessageView, b: MessageView) => a.seq - b.seq;
const byId = (a: Versioned, b: Versioned) => a.id - b.id;

export function putMessage(state: SessionState, message: MessageView): SessionState {
  const messages = upsert(state.messages, message, bySeq);
  return messages === state.messages ? state : { ...state, messages };
}

export function putNote(state: SessionState, note: NoteView): SessionState {
  const notes = upsert(state.notes, note, byId);
  return notes === state.notes ? state : { ...state, notes };
}

function applyEvent(state: SessionState, event: EventView): SessionState {
  let next = state;
  if (event.header.version > next.header.version) next = { ...next, header: event.header };
  if (event.message) next = putMessage(next, event.message);
  if (event.note) next = putNote(next, event.note);
  return next;
}

/** True when something lies between what we hold and this frame: ask again from our own version. */
export function isBehind(state: SessionState, frame: SessionFrame): boolean {
  return frame.after > state.upto;
}

export function applySession(state: SessionState, frame: SessionFrame): SessionState {
  if (frame.session !== state.header.id || isBehind(state, frame)) return state;
  const next = frame.events.reduce(applyEvent, state);
  return frame.upto > next.upto ? { ...next, upto: frame.upto } : next;
}

/** True when these differences do not belong to what we hold: ask for the board again. */
export function isForeign(board: Board, frame: BoardFrame): boolean {
  return frame.base !== null && frame.base !== board.serial && frame.serial !== board.serial;
}

export function applyBoard(board: Board, frame: BoardFrame): Board {
  if (frame.program !== board.program) return board;
  if (frame.base !== null && frame.base !== board.serial) return board;
  const { program, serial, reception, colleagues, trouble, last_note, at } = frame;
  const kept = frame.base === null ? [] : board.sessions.filter((one) => !frame.gone.includes(one.id));
  const sessions = frame.changed.reduce((rows, row) => upsert(rows, row, byId), kept);
  return { program, serial, reception, colleagues, trouble, last_note, at, sessions };
}

// Questions to what is held.

/** Those who wait, in the order of the house: higher risk first, then first come. */
export function queueOf(board: Board): SessionView[] {
  const since = (one: SessionView) => one.queued_at ?? one.received_at;
  return board.sessions
    .filter((one) => one.state === "waiting")
    .sort((a, b) => b.risk - a.risk || since(a).localeCompare(since(b)) || a.id - b.id);
}

const WITH_COUNSELOR = new Set(["active", "held", "wrap_up"]);

/** True when `me` has this session in hand. */
export function isMine(view: SessionView, me: number): boolean {
  return view.counselor?.id === me && WITH_COUNSELOR.has(view.state);
}

/** Sessions offered to `me` that can still be accepted at `now` (ms). */
export function offersTo(boards: Iterable<Board>, me: number, now: number): SessionView[] {
  return [...boards]
    .flatMap((board) => board.sessions)
    .filter((one) => one.state === "waiting" && one.offered_to === me && Date.parse(one.offered_until ?? "") > now);
}

/** The visitor's messages after `read`. */
export function unreadIn(state: SessionState, read: number): number {
  return state.messages.filter((one) => one.author === "visitor" && one.seq > read).length;
}

/** The seq of the last message, 0 when there is none. */
export function lastSeq(state: SessionState): number {
  return state.messages[state.messages.length - 1]?.seq ?? 0;
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

/** What I have in hand on this board; a record still to be written is not. */
export function heldOn(board: Board, me: number): SessionView[] {
  return board.sessions.filter((one) => isMine(one, me) && one.state !== "wrap_up");
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
  const load = ({ one }: Candidate) => one.load / Math.max(1, one.capacity);
  return board.colleagues
    .filter((one) => one.id !== view.counselor?.id && one.roles.some((role) => TAKERS.includes(role)))
    .map((one) => ({
      one,
      hindrance: hindranceOf(one.id === self ? { ...one, on_duty: true, away: "" } : one, view.risk),
    }))
    .sort((a, b) => Number(a.hindrance !== null) - Number(b.hindrance !== null) || load(a) - load(b));
}
