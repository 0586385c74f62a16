// What stands at the top of every supervisor's screen until it is seen to, the most urgent first. Pure.
import type { Board, SessionView } from "../protocol";
import type { Call } from "../staff/attention";
import { offersTo } from "../staff/board";
import { callsOn, heardOf } from "../staff/calls";
import { byNeed, HIGH, isLost, isUrgent } from "./need";

/** In the order in which they stand. */
export const KINDS = ["unattended", "lost"] as const;

export interface Alarm {
  kind: (typeof KINDS)[number];
  view: SessionView;
}

export function alarmsOf(boards: Iterable<Board>, now: number): Alarm[] {
  const urgent = [...boards].flatMap((board) => board.sessions.filter((view) => isUrgent(view, now)));
  return urgent.sort(byNeed(now)).map((view) => ({ kind: isLost(view) ? "lost" : "unattended", view }));
}

const SURVEY = "survey:danger:";

/** Words of danger in answers to surveys that no supervisor has looked at: program and which, as the boards tell. */
export function surveysOf(boards: Iterable<Board>): [program: number, code: string][] {
  return [...boards].flatMap(({ program, trouble }) =>
    trouble.filter((code) => code.startsWith(SURVEY)).map((code): [number, string] => [program, code]),
  );
}

/** What is to be heard once: what is offered to me, risk that became high, sessions that fell away, somebody at high risk whom nobody answers. */
export function callsOf(boards: Board[], me: number, now: number): Call[] {
  const risen = boards.flatMap((board) => board.sessions.filter((view) => view.risk >= HIGH));
  return [
    ...heardOf(callsOn(boards, me)),
    ...offersTo(boards, me, now).map((one): Call => ["offer", `offer ${one.id} ${one.offered_until}`]),
    ...risen.map(({ id, risk }): Call => ["risk", `risk ${id} ${risk}`]),
    ...surveysOf(boards).map(([, code]): Call => ["risk", code]),
    ...alarmsOf(boards, now).map(
      ({ kind, view }): Call =>
        kind === "lost"
          ? ["lost", `lost ${view.id} ${view.counselor_lost_at}`]
          : ["risk", `unattended ${view.id} ${view.waiting_since ?? view.queued_at}`],
    ),
  ];
}
