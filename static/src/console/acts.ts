// What a counselor does: one function for each act, each one request. Failures come back to be said beside the button.
import type { Answer } from "../lib/http";
import type { SessionState } from "../protocol";
import { outcome } from "../staff/acts";
import type { Outcome } from "../staff/station";
import type { Console } from "./ctrl";
import { activate, activeId, choose, open, type Pane } from "./desk";
import type { CannedReply, Decision, EndReason } from "./interfaces";
import { api } from "./network";
import type { Talk } from "./talk";
import { t } from "./words";

/** The field that has the keyboard, and what stands in it. */
function writing(): { field: Element | null; text: string } {
  const field = document.activeElement;
  const writes = field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement;
  return writes ? { field, text: field.value } : { field: null, text: "" };
}

/** Who writes on while a claim is under way, or has a window open, is not torn away from it when the answer comes. */
async function claimed(console: Console, asked: Promise<Answer<SessionState>>): Promise<Outcome> {
  const before = writing();
  const answer = await asked;
  if (!answer.ok) return console.failed(answer);
  const after = writing();
  const wroteOn = after.field !== null && (after.field !== before.field || after.text !== before.text);
  const busy = wroteOn || console.dialog.value !== null;
  const talk = console.add(answer.value, busy ? "aside" : "claimed");
  console.status.value = t.announceClaimed(talk.header.pseudonym);
  if (busy) return null;
  console.place.value = "talk";
  console.focusWish.value = talk.id;
  return null;
}

export const takeNext = (console: Console) => claimed(console, api.takeNext(console.program.value));
export const claim = (console: Console, id: number) => claimed(console, api.claim(id));
export const decline = async (console: Console, id: number) => outcome(console, await api.decline(id));

/** Go to a pane: the keyboard follows. */
export function goTo(console: Console, pane: Pane): void {
  console.desk.value = activate(console.desk.value, pane);
  console.place.value = "talk";
  console.focusWish.value = console.desk.value.shown[pane];
  // Nobody lies there: what is typed next must not go to the other one.
  if (console.focusWish.value === null) document.getElementById("main")?.focus();
}

/** Show one of my talks, and write in it. */
export function show(console: Console, id: number): void {
  console.desk.value = open(console.desk.value, id);
  console.place.value = "talk";
  console.focusWish.value = id;
}

export function showIn(console: Console, pane: Pane, id: number): void {
  console.desk.value = choose(console.desk.value, pane, id);
  console.focusWish.value = id;
}

/** The next (1) or previous (-1) of my talks, in the active pane or where it is shown. */
export function step(console: Console, by: 1 | -1): void {
  const ids = [...console.talks.value.keys()];
  if (!ids.length) return;
  const at = ids.indexOf(activeId(console.desk.value) ?? 0);
  const id = ids[(at + by + ids.length) % ids.length];
  if (id !== undefined) show(console, id);
}

export function showUnread(console: Console): void {
  const active = activeId(console.desk.value);
  const talk = [...console.talks.value.values()].find((one) => one.id !== active && one.unread.value > 0);
  if (talk) show(console, talk.id);
}

/** Give a session away; its leaving needs no explanation then. */
export async function giveAway(console: Console, id: number, asked: () => Promise<Answer<unknown>>): Promise<Outcome> {
  const talk = console.talks.peek().get(id);
  const mine = talk !== undefined && !talk.along.peek();
  if (mine) console.leaving.add(id);
  const before = document.activeElement;
  const answer = await asked();
  if (!answer.ok) console.leaving.delete(id);
  // The keyboard was in what is gone now; it must not fall into another talk. Who went elsewhere meanwhile stays there.
  else if (mine && [before, document.body, null].includes(document.activeElement))
    document.getElementById("main")?.focus();
  return outcome(console, answer);
}

export const handOver = (console: Console, id: number, to: number, summary: string) =>
  giveAway(console, id, () => api.handOver(id, to, summary));
export const requeue = (console: Console, id: number, summary: string) =>
  giveAway(console, id, () => api.requeue(id, summary));

export const hold = async (console: Console, talk: Talk) => outcome(console, await api.hold(talk.id));
export const resume = async (console: Console, talk: Talk) => outcome(console, await api.resume(talk.id));
export async function end(console: Console, id: number, reason: EndReason, farewell: boolean): Promise<Outcome> {
  const answer = await api.end(id, reason, farewell);
  // On to the record, which takes the field's place.
  if (answer.ok) console.focusWish.value = id;
  return outcome(console, answer);
}
export const reopen = async (console: Console, talk: Talk) => outcome(console, await api.reopen(talk.id));

/** Open the canned replies over this talk's field: those known from before at once, then as they are by now. */
export async function pickCanned(console: Console, talk: Talk): Promise<void> {
  console.picking.value = talk.id;
  const { program } = talk.header;
  const known = console.canned.value.get(program);
  const answer = await api.cannedReplies(program);
  if (answer.ok) {
    const same = known && JSON.stringify(known) === JSON.stringify(answer.value);
    if (!same) console.canned.value = new Map(console.canned.value).set(program, answer.value);
  } else if (!known) {
    console.picking.value = null;
    console.notice(console.failed(answer).message);
  }
}

/** Tell that a reply was put into the field: what is used often stands first. Nothing waits for the answer. */
export function usedCanned(talk: Talk, reply: CannedReply): void {
  void api.cannedReplyUsed(talk.header.program, reply.id);
}

/** How to answer the visitor, as it stands by now. */
export async function readApproach(console: Console, talk: Talk): Promise<Outcome> {
  const answer = await api.approach(talk.id);
  if (answer.ok) talk.approach.value = answer.value;
  return outcome(console, answer);
}

/** The visitor's other sessions, newest first. */
export async function lookBack(console: Console, talk: Talk): Promise<Outcome> {
  const { visitor } = talk.header;
  const answer = await api.earlier(visitor);
  if (!answer.ok) return console.failed(answer);
  const others = answer.value.filter((one) => one.id !== talk.id);
  console.earlier.value = new Map(console.earlier.value).set(visitor, others);
  return null;
}

/** Open an earlier session to read it beside the talk. */
export async function readEarlier(console: Console, id: number): Promise<Outcome> {
  const talk = console.active.peek();
  // Of a visitor who is somebody else's, each sitting is read for a reason: the one for this talk.
  const reason = talk && !talk.mine && talk.along.peek()?.reason;
  const given = reason && (await api.readAlong(id, reason));
  if (given && !given.ok) return console.failed(given);
  const answer = await api.session(id);
  if (answer.ok) console.reading.value = answer.value;
  return outcome(console, answer);
}

export const resumeChannel = async (console: Console, channel: number) =>
  outcome(console, await api.resumeChannel(channel));

export const decide = async (console: Console, delivery: number, decision: Decision) =>
  outcome(console, await api.decide(delivery, decision));
