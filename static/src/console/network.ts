// What the console asks and changes over HTTP, one function each.
import { call } from "../lib/http";
import type {
  AftercareView,
  AgencyList,
  ApproachView,
  CallKindName,
  Handover,
  HandoverNoteView,
  MessageView,
  NoteView,
  ProposalView,
  RiskState,
  SessionState,
  WhisperView,
} from "../protocol";
import type { BreakReason, Me } from "../staff/me";
import type { AgencyWish } from "./finder";
import type { Because, CannedReply, Decision, EarlierSession, EndReason, Reason } from "./interfaces";
import type { RiskSheet } from "./risk";

const program = (id: number, rest: string) => `/api/programs/${id}${rest}`;
const session = (id: number, rest = "") => `/api/sessions/${id}${rest}`;

export const api = {
  checkIn: (id: number) => call<Me>("PUT", program(id, "/duty"), {}),
  checkOut: (id: number) => call<Me>("DELETE", program(id, "/duty")),
  takeBreak: (id: number, reason: BreakReason) => call<Me>("PUT", program(id, "/duty/break"), { reason }),
  comeBack: (id: number) => call<Me>("DELETE", program(id, "/duty/break")),
  surge: (id: number, until: string) => call<void>("PUT", program(id, "/surge"), { until }),
  endSurge: (id: number) => call<void>("DELETE", program(id, "/surge")),
  handoverNotes: (id: number) => call<Handover>("GET", program(id, "/handover-notes")),
  leaveNote: (id: number, client_id: string, text: string) =>
    call<HandoverNoteView>("POST", program(id, "/handover-notes"), { client_id, text }),
  tickNote: (note: number) => call<void>("PUT", `/api/handover-notes/${note}/tick`, {}),

  cannedReplies: (id: number) => call<CannedReply[]>("GET", program(id, "/canned-replies")),
  cannedReplyUsed: (id: number, reply: number) => call<void>("POST", program(id, `/canned-replies/${reply}/uses`), {}),
  agencies: (id: number, wish: AgencyWish) =>
    call<AgencyList>("GET", program(id, `/agencies?${new URLSearchParams({ ...wish })}`)),
  takeNext: (id: number) => call<SessionState>("POST", program(id, "/claims"), {}),

  aftercare: (id: number) => call<AftercareView>("GET", session(id, "/aftercare")),
  sayHard: (id: number, hard: boolean) => call<AftercareView>("PUT", session(id, "/aftercare"), { hard }),
  rest: (id: number) => call<Me>("PUT", session(id, "/aftercare/pause"), {}),
  goOn: (id: number) => call<void>("DELETE", session(id, "/aftercare/pause")),

  approach: (id: number) => call<ApproachView>("GET", session(id, "/approach")),
  session: (id: number) => call<SessionState>("GET", session(id)),
  claim: (id: number) => call<SessionState>("PUT", session(id, "/assignment"), {}),
  handOver: (id: number, to: number, summary: string) => call<void>("PUT", session(id, "/assignment"), { to, summary }),
  requeue: (id: number, summary: string) => call<void>("DELETE", session(id, "/assignment"), { summary }),
  decline: (id: number) => call<void>("DELETE", session(id, "/offer")),
  reply: (id: number, client_id: string, text: string) =>
    call<MessageView>("POST", session(id, "/messages"), { client_id, text }),
  stepIn: (id: number, client_id: string, text: string) =>
    call<MessageView>("POST", session(id, "/interventions"), { client_id, text }),
  whisper: (id: number, client_id: string, text: string) =>
    call<WhisperView>("POST", session(id, "/whispers"), { client_id, text }),
  readAlong: (id: number, reason: Reason) => call<{ until: string }>("PUT", session(id, "/reading"), { reason }),
  propose: (id: number, client_id: string, text: string) =>
    call<ProposalView>("POST", session(id, "/proposals"), { client_id, text }),
  approve: (id: number, proposal: number, text?: string) =>
    call<MessageView>("PUT", session(id, `/proposals/${proposal}`), text === undefined ? {} : { text }),
  returnProposal: (id: number, proposal: number, client_id: string, text: string) =>
    call<void>("POST", session(id, `/proposals/${proposal}`), { client_id, text }),
  withdraw: (id: number, proposal: number) => call<void>("DELETE", session(id, `/proposals/${proposal}`)),
  call: (id: number, kind: CallKindName) => call<void>("PUT", session(id, "/call"), { kind }),
  endCall: (id: number) => call<void>("DELETE", session(id, "/call")),
  answerCall: (id: number) => call<{ until: string }>("PUT", session(id, "/call/answer"), {}),
  takeOver: (id: number, because: Because) => call<SessionState>("PUT", session(id, "/takeover"), { because }),
  handBack: (id: number, summary: string) => call<void>("DELETE", session(id, "/takeover"), { summary }),
  note: (id: number, client_id: string, text: string) =>
    call<NoteView>("POST", session(id, "/notes"), { client_id, text }),
  draft: (id: number, text: string, keepalive = false) =>
    call<void>("PUT", session(id, "/draft"), { text }, { keepalive }),
  read: (id: number, seq: number, whisper: number) => call<void>("PUT", session(id, "/read"), { seq, whisper }),
  hold: (id: number) => call<void>("PUT", session(id, "/hold"), {}),
  resume: (id: number) => call<void>("DELETE", session(id, "/hold")),
  riskOf: (id: number) => call<RiskState>("GET", session(id, "/risk")),
  assess: (id: number, judged: ReturnType<RiskSheet["toSend"]>) => call<void>("PUT", session(id, "/risk"), judged),
  end: (id: number, reason: EndReason, farewell: boolean) =>
    call<void>("PUT", session(id, "/ending"), { reason, farewell }),
  reopen: (id: number) => call<void>("DELETE", session(id, "/ending")),

  resumeChannel: (channel: number) => call<void>("DELETE", `/api/channels/${channel}/pause`),
  decide: (delivery: number, decision: Decision) =>
    call<void>("PUT", `/api/deliveries/${delivery}/decision`, { decision }),
  earlier: (visitor: number) => call<EarlierSession[]>("GET", `/api/visitors/${visitor}/sessions`),
};

export const attachmentPath = (id: number) => `/api/attachments/${id}`;
