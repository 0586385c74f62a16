// What frames do to what is on the screen. Pure: applied forward, twice or reversed, frames give the same state.
import type {
  Board,
  BoardFrame,
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
  const { program, serial, reception, colleagues, trouble, at } = frame;
  const kept = frame.base === null ? [] : board.sessions.filter((one) => !frame.gone.includes(one.id));
  const sessions = frame.changed.reduce((rows, row) => upsert(rows, row, byId), kept);
  return { program, serial, reception, colleagues, trouble, at, sessions };
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

/** Those who could take over a session from `me`: present, taking, with room. */
export function withRoom(board: Board, me: number) {
  return board.colleagues.filter((one) => one.id !== me && one.present && one.load < one.capacity);
}
