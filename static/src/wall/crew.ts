// The people of a program at the side: who is at work, who rests, who is not here. Pure.
import type { Board, Colleague } from "../protocol";

/** Made once: comparing by a language's rules is slow to set up. */
export const byName = new Intl.Collator("ja");

const TAKERS = ["counselor", "supervisor", "trainee"];

export interface Crew {
  /** On duty, the fullest first. */
  working: Colleague[];
  /** On a break. */
  away: Colleague[];
  /** Not on duty: those with a talk in hand first, then by name. */
  off: Colleague[];
}

const fullness = (one: Colleague) => one.load / Math.max(1, one.capacity);

/** Those who may take sessions; others have no load to see. */
export function crewOf(board: Board): Crew {
  const people = board.colleagues.filter((one) => one.roles.some((role) => TAKERS.includes(role)));
  const byLoad = (a: Colleague, b: Colleague) =>
    Number(a.present) - Number(b.present) || fullness(b) - fullness(a) || a.id - b.id;
  return {
    working: people.filter((one) => one.on_duty).sort(byLoad),
    away: people.filter((one) => one.away !== "").sort(byLoad),
    off: people
      .filter((one) => !one.on_duty && one.away === "")
      .sort((a, b) => b.load - a.load || byName.compare(a.name, b.name)),
  };
}
