// Judging how urgent a talk is: open the form, keep it, leave it. The talk stays in sight, the words in its field stay.
import { outcome } from "../staff/acts";
import type { Outcome } from "../staff/station";
import type { Console } from "./ctrl";
import { api } from "./network";
import type { Talk } from "./talk";

/** The form and the history, as they are by now. */
export async function readRisk(console: Console, talk: Talk): Promise<Outcome> {
  const answer = await api.riskOf(talk.id);
  if (answer.ok && console.talks.peek().get(talk.id) === talk) talk.risk.learn(answer.value);
  return outcome(console, answer);
}

/** Show the form in the place of the talk's details, and move the keyboard there. */
export function openRisk(console: Console, talk: Talk): void {
  console.shift.shown.value = false;
  console.reading.value = null;
  console.place.value = "panel";
  talk.risk.shown.value = true;
  talk.risk.wanted.value = true;
}

/** Back to the words. What was filled in stays. */
export function leaveRisk(console: Console, talk: Talk): void {
  talk.risk.shown.value = false;
  console.place.value = "talk";
  if (talk.mine) console.focusWish.value = talk.id;
  else document.getElementById("main")?.focus();
}

export async function assess(console: Console, talk: Talk, level: number): Promise<Outcome> {
  const answer = await api.assess(talk.id, talk.risk.toSend(level));
  if (answer.ok) {
    leaveRisk(console, talk);
    talk.risk.forget();
  } else if (answer.code === "form_changed") await readRisk(console, talk);
  return outcome(console, answer);
}
