// What a supervisor asks and changes from the wall over HTTP, one function each.
import { call } from "../lib/http";
import type { EachOutcome, OffDuty } from "../protocol";
import type { Reassignment } from "./interfaces";

const program = (id: number, noun: string) => `/api/programs/${id}/${noun}`;

export const api = {
  protect: (id: number, why: string) => call<unknown>("PUT", `/api/sessions/${id}/protection`, { why }),
  reassign: (id: number, wish: Reassignment) => call<EachOutcome[]>("POST", program(id, "reassignments"), wish),
  divert: (id: number) => call<void>("PUT", program(id, "diversion"), {}),
  endDiversion: (id: number) => call<void>("DELETE", program(id, "diversion")),
  pause: (id: number) => call<void>("PUT", program(id, "pause"), {}),
  endPause: (id: number) => call<void>("DELETE", program(id, "pause")),
  claim: (session: number) => call<unknown>("PUT", `/api/sessions/${session}/assignment`, {}),
  decline: (session: number) => call<void>("DELETE", `/api/sessions/${session}/offer`),
  answerCall: (session: number) => call<unknown>("PUT", `/api/sessions/${session}/call/answer`, {}),
  heavy: (id: number) => call<Record<number, number>>("GET", program(id, "care")),
  offDuty: (id: number) => call<OffDuty[]>("GET", program(id, "call-ins")),
  callIn: (id: number, people: number[]) => call<EachOutcome[]>("POST", program(id, "call-ins"), { people }),
};
