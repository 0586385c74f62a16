// What a member of staff does on every page: one function for each act, each one request.
import type { Answer } from "../lib/http";
import type { Me, Preferences } from "./me";
import { own } from "./network";
import type { Outcome, Station } from "./station";

/** Nothing went wrong, or what did; who is signed out is told so. */
export function outcome(station: Station, answer: Answer<unknown>): Outcome {
  return answer.ok ? null : station.failed(answer);
}

/** The answer is all that the server knows of me. */
export async function learnt(station: Station, asked: Promise<Answer<Me>>): Promise<Outcome> {
  const answer = await asked;
  if (answer.ok) station.learn(answer.value);
  return outcome(station, answer);
}

export const extendLogin = (station: Station) => learnt(station, own.extendLogin());

export async function prefer(station: Station, wishes: Partial<Preferences>): Promise<Outcome> {
  const answer = await own.prefer(wishes);
  if (answer.ok) station.me.value = { ...station.me.value, ...wishes };
  return outcome(station, answer);
}

/** Typing counts as being there. */
export function typed(station: Station): void {
  if (station.line.peek() !== "signed_out" && station.login.typed()) void extendLogin(station);
}
