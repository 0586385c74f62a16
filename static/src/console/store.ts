// What frames do to what is on the screen. Pure: applied forward, twice or reversed, frames give the same state.
import type {
  Board,
  EventView,
  MessageView,
  NoteView,
  ProposalView,
  SessionFrame,
  SessionState,
  SessionView,
  WhisperView,
} from "../protocol";
import { isMine } from "../staff/board";

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

export function putWhisper(state: SessionState, whisper: WhisperView): SessionState {
  const whispers = upsert(state.whispers, whisper, byId);
  return whispers === state.whispers ? state : { ...state, whispers };
}

/** Those that wait or were returned; what was decided otherwise is over. */
export function putProposal(state: SessionState, proposal: ProposalView): SessionState {
  const all = upsert(state.proposals, proposal, byId);
  if (all === state.proposals) return state;
  return { ...state, proposals: all.filter(({ decision }) => decision === "pending" || decision === "returned") };
}

function applyEvent(state: SessionState, event: EventView): SessionState {
  let next = state;
  if (event.header.version > next.header.version) next = { ...next, header: event.header };
  if (event.message) next = putMessage(next, event.message);
  if (event.note) next = putNote(next, event.note);
  if (event.whisper) next = putWhisper(next, event.whisper);
  if (event.proposal) next = putProposal(next, event.proposal);
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

// Questions to what is held.

/** The visitor's messages after `read`. */
export function unreadIn(state: SessionState, read: number): number {
  return state.messages.filter((one) => one.author === "visitor" && one.seq > read).length;
}

/** What others whispered after the whisper `read`. */
export function whispersTo(me: number, state: SessionState, read: number): number {
  return state.whispers.filter((one) => one.by.id !== me && one.id > read).length;
}

/** The seq of the last message, 0 when there is none. */
export function lastSeq(state: SessionState): number {
  return state.messages[state.messages.length - 1]?.seq ?? 0;
}

/** What I have in hand on this board; a record still to be written is not. */
export function heldOn(board: Board, me: number): SessionView[] {
  return board.sessions.filter((one) => isMine(one, me) && one.state !== "wrap_up");
}
