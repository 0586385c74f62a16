// What a supervisor does in somebody else's talk: read along, write as oneself, take it over, give it back.
import type { Answer } from "../lib/http";
import type { CallKindName, ProposalView } from "../protocol";
import { outcome } from "../staff/acts";
import type { Outcome } from "../staff/station";
import { giveAway, show } from "./acts";
import type { Console } from "./ctrl";
import type { Because, Reason } from "./interfaces";
import { api } from "./network";
import type { Talk } from "./talk";
import { t } from "./words";

/** Read along for this reason; asked again, it holds anew. */
export async function readAlong(console: Console, id: number, reason: Reason): Promise<Outcome> {
  return readWith(console, id, reason, await api.readAlong(id, reason));
}

type Given = Answer<{ until: string }>;

async function readWith(console: Console, id: number, reason: Reason, given: Given): Promise<Outcome> {
  if (!given.ok) return console.failed(given);
  const answer = await api.session(id);
  if (!answer.ok) return console.failed(answer);
  console.add(answer.value, "aside", { reason, until: Date.parse(given.value.until) });
  show(console, id);
  return null;
}

/** Call for a supervisor; the talk goes on meanwhile. */
export const callSupervisor = async (console: Console, talk: Talk, kind: CallKindName) =>
  outcome(console, await api.call(talk.id, kind));

export const endCall = async (console: Console, talk: Talk) => outcome(console, await api.endCall(talk.id));

/** A trainee takes words back that wait, or were returned: they stand in the field again. */
export async function mend(console: Console, talk: Talk, proposal: ProposalView): Promise<Outcome> {
  const answer = await api.withdraw(talk.id, proposal.id);
  if (answer.ok) {
    talk.mend(proposal.text);
    console.focusWish.value = talk.id;
  }
  return outcome(console, answer);
}

/** A trainee's words go to the visitor, as they are or as they were mended. */
export const approve = async (console: Console, talk: Talk, proposal: ProposalView, text: string) =>
  outcome(console, await api.approve(talk.id, proposal.id, text === proposal.text ? undefined : text));

export const returnProposal = async (console: Console, talk: Talk, proposal: ProposalView, word: string) =>
  outcome(console, await api.returnProposal(talk.id, proposal.id, crypto.randomUUID(), word));

/** Come when called: the talk may be read at once. */
export const answerCall = async (console: Console, id: number) =>
  readWith(console, id, "asked", await api.answerCall(id));

export async function takeOver(console: Console, talk: Talk, because: Because): Promise<Outcome> {
  const answer = await api.takeOver(talk.id, because);
  if (!answer.ok) return console.failed(answer);
  console.add(answer.value, "claimed");
  console.focusWish.value = talk.id;
  return null;
}

export const handBack = (console: Console, id: number, summary: string) =>
  giveAway(console, id, () => api.handBack(id, summary));

/** Write to the visitor, or no longer; what was typed stays. */
export function stepIn(console: Console, talk: Talk, wish: boolean): void {
  talk.stepsIn.value = wish;
  if (wish) console.focusWish.value = talk.id;
}

/** Open the whispers of this talk and move the keyboard there; or shut them. */
export function whisperIn(talk: Talk, open = true): void {
  talk.whispering.value = open;
  queueMicrotask(() => document.getElementById(`whisper-${talk.id}`)?.focus());
}

/** The wall and mails lead to a talk by its number: `/console/#session-7`. */
export function openFromAddress(console: Console): void {
  const id = Number(/^#session-(\d+)$/.exec(location.hash)?.[1]);
  if (!id) return;
  history.replaceState(null, "", location.pathname);
  const face = console.faceOf(id);
  if (console.talks.peek().has(id)) show(console, id);
  else if (face?.call && face.call.answered_by === console.me.value.id) void readAlong(console, id, "asked");
  else if (face) console.window.ask({ deed: "read", session: id });
  else console.notice(t.notLive);
}
