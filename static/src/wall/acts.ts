// What a supervisor does from the wall: one function for each act, each one request.
import type { Answer, Failure } from "../lib/http";
import type { EachOutcome } from "../protocol";
import { outcome } from "../staff/acts";
import type { Outcome } from "../staff/station";
import type { Switch, Wall } from "./ctrl";
import type { Reassignment } from "./interfaces";
import { api } from "./network";
import { t } from "./words";

const SWITCHES: Record<Switch, (program: number) => Promise<Answer<void>>> = {
  divert: (program) => api.divert(program),
  endDiversion: (program) => api.endDiversion(program),
  pause: (program) => api.pause(program),
  endPause: (program) => api.endPause(program),
};

/** Who has a session talks on the console. */
export async function accept(wall: Wall, session: number): Promise<Outcome> {
  const answer = await api.claim(session);
  if (answer.ok) location.assign("/console/");
  return outcome(wall, answer);
}

/** Who comes reads along and helps on the console. */
export async function answerCall(wall: Wall, session: number): Promise<Outcome> {
  const answer = await api.answerCall(session);
  if (answer.ok) location.assign(`/console/#session-${session}`);
  return outcome(wall, answer);
}

export const decline = async (wall: Wall, session: number): Promise<Outcome> =>
  outcome(wall, await api.decline(session));

/** Without consent, to protect a life: the talk is mine then, and is read and answered in the console. */
export async function protect(wall: Wall, id: number, why: string): Promise<Outcome> {
  const answer = await api.protect(id, why);
  if (answer.ok) location.assign("/console/");
  return outcome(wall, answer);
}

export const turn = async (wall: Wall, program: number, which: Switch): Promise<Outcome> =>
  outcome(wall, await SWITCHES[which](program));

/** Some of many could not be done: the window stays, with what each of them says. */
function someLeft(count: number, of: number): Failure {
  const message = t.someLeft(count, of);
  return { ok: false, status: 200, code: "some_left", message, fields: {}, retryable: false };
}

export interface Many {
  outcome: Outcome;
  /** By id: why it was not done. */
  refusals: ReadonlyMap<number, string>;
}

const NONE: ReadonlyMap<number, string> = new Map();

function many(wall: Wall, answer: Answer<EachOutcome[]>): Many {
  if (!answer.ok) return { outcome: wall.failed(answer), refusals: NONE };
  const refused = answer.value.filter(({ error }) => error);
  const refusals = new Map(refused.map(({ id, message }) => [id, message]));
  return { outcome: refused.length ? someLeft(refused.length, answer.value.length) : null, refusals };
}

/** Those that went are chosen no more; those that stayed are, so that they can go elsewhere. */
export async function reassign(wall: Wall, program: number, wish: Reassignment): Promise<Many> {
  const answer = await api.reassign(program, wish);
  const done = many(wall, answer);
  const gone = answer.ok ? wish.sessions.filter((id) => !done.refusals.has(id)) : [];
  for (const id of gone) wall.choose(id, false);
  if (gone.length) wall.status.value = t.reassigned(gone.length);
  return done;
}

export async function callIn(wall: Wall, program: number, people: number[]): Promise<Many> {
  const answer = await api.callIn(program, people);
  const done = many(wall, answer);
  if (answer.ok) wall.status.value = t.calledIn(people.length - done.refusals.size);
  return done;
}
