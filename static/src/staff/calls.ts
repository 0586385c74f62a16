// Who calls for a supervisor, the most urgent first. Pure.
import type { Board, CallView, SessionView } from "../protocol";
import type { Call } from "./attention";

export interface Calling {
  view: SessionView;
  call: CallView;
}

/** Calls that nobody has answered; one's own are for others. */
export function callsOn(boards: Iterable<Board>, me: number): Calling[] {
  return [...boards]
    .flatMap((board) => board.sessions)
    .flatMap((view) => (view.call && !view.call.answered_by && view.call.by !== me ? [{ view, call: view.call }] : []))
    .sort(
      (a, b) =>
        Number(b.call.kind === "urgent") - Number(a.call.kind === "urgent") || a.call.at.localeCompare(b.call.at),
    );
}

/** To be heard once each, and once more when a call became urgent. */
export const heardOf = (calls: Calling[]): Call[] =>
  calls.map(({ view, call }): Call => ["call", `call ${view.id} ${call.at}`]);
