// The visitor's talk as a value, and how what the server tells changes it. Pure: no network, no clock, no page.
import type { Word } from "../lib/outbox";
import type { QueueFrame, StateName, TalkEvent, TalkFrame, TalkMessage, TalkState } from "../protocol";

const OPEN: ReadonlySet<StateName> = new Set(["intake", "waiting", "active", "held"]);

/** Whether the sitting goes on. */
export function goesOn(state: TalkState): boolean {
  return OPEN.has(state.header.state);
}

/** Whether nobody answers yet. */
export function waits(state: TalkState): boolean {
  return state.header.state === "waiting" || state.header.state === "intake";
}

/** True when the frame cannot be applied: it is of another sitting, or something before it has not come. */
export function misses(state: TalkState, frame: TalkFrame): boolean {
  return frame.session !== state.session || state.upto < frame.after;
}

/** The talk after this frame; the same talk when the frame brings nothing new or cannot be applied. */
export function applyTalk(state: TalkState, frame: TalkFrame): TalkState {
  if (misses(state, frame)) return state;
  const told = frame.events.reduce(applyEvent, state);
  return frame.upto > told.upto ? { ...told, upto: frame.upto } : told;
}

function applyEvent(state: TalkState, event: TalkEvent): TalkState {
  const spoken = event.message ? applyMessage(state, event.message) : state;
  if (event.version <= spoken.header.version) return spoken;
  const place = event.header.state === "waiting" ? spoken.place : null;
  return { ...spoken, header: event.header, place };
}

/** The talk with this message in its place, unless a later version of it is there already. */
export function applyMessage(state: TalkState, message: TalkMessage): TalkState {
  const known = state.messages.find((one) => one.seq === message.seq);
  if (known && known.version >= message.version) return state;
  const others = state.messages.filter((one) => one.seq !== message.seq);
  return { ...state, messages: [...others, message].sort((a, b) => a.seq - b.seq) };
}

/** The talk with the visitor's new place in the queue; a place told late, to someone already answered, is none. */
export function applyQueue(state: TalkState, frame: QueueFrame): TalkState {
  return { ...state, place: waits(state) ? frame.place : null, waiting: frame.waiting };
}

/** The whole talk as it was asked for anew; an answer older than what is known is dropped. */
export function applyState(state: TalkState, fresh: TalkState): TalkState {
  return fresh.session === state.session && fresh.upto < state.upto ? state : fresh;
}

/** The words on their way that did not come back yet; those that did are in the talk. */
export function unsaid(state: TalkState, words: readonly Word[]): Word[] {
  const said = new Set(state.messages.map((message) => message.client_id));
  return words.filter((word) => !said.has(word.clientId));
}
