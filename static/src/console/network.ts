// What the console asks and changes over HTTP, one function each.
import { call } from "../lib/http";
import type { Board, MessageView, NoteView, SessionState } from "../protocol";
import type { CannedReply, Classification, Decision, EarlierSession, EndReason, Me, Preferences } from "./interfaces";

const session = (id: number, rest = "") => `/api/sessions/${id}${rest}`;

export const api = {
  me: () => call<Me>("GET", "/api/me"),
  prefer: (wishes: Partial<Preferences>) => call<Me>("PUT", "/api/me/preferences", wishes),
  duty: (takes: boolean) => call<void>("PUT", "/api/me/duty", { takes }),
  board: (program: number) => call<Board>("GET", `/api/programs/${program}/board`),
  cannedReplies: (program: number) => call<CannedReply[]>("GET", `/api/programs/${program}/canned-replies`),
  takeNext: (program: number) => call<SessionState>("POST", `/api/programs/${program}/claims`, {}),

  session: (id: number) => call<SessionState>("GET", session(id)),
  claim: (id: number) => call<SessionState>("PUT", session(id, "/assignment"), {}),
  handOver: (id: number, to: number, summary: string) => call<void>("PUT", session(id, "/assignment"), { to, summary }),
  requeue: (id: number, summary: string) => call<void>("DELETE", session(id, "/assignment"), { summary }),
  decline: (id: number) => call<void>("DELETE", session(id, "/offer")),
  reply: (id: number, client_id: string, text: string) =>
    call<MessageView>("POST", session(id, "/messages"), { client_id, text }),
  note: (id: number, client_id: string, text: string) =>
    call<NoteView>("POST", session(id, "/notes"), { client_id, text }),
  draft: (id: number, text: string, keepalive = false) =>
    call<void>("PUT", session(id, "/draft"), { text }, { keepalive }),
  read: (id: number, seq: number) => call<void>("PUT", session(id, "/read"), { seq }),
  hold: (id: number) => call<void>("PUT", session(id, "/hold"), {}),
  resume: (id: number) => call<void>("DELETE", session(id, "/hold")),
  risk: (id: number, level: number, why: string) => call<void>("PUT", session(id, "/risk"), { level, why }),
  end: (id: number, reason: EndReason, farewell: boolean) =>
    call<void>("PUT", session(id, "/ending"), { reason, farewell }),
  reopen: (id: number) => call<void>("DELETE", session(id, "/ending")),
  close: (id: number, classification: Classification, thankful_end: boolean | null) =>
    call<void>("PUT", session(id, "/closure"), { classification, thankful_end }),

  resumeChannel: (channel: number) => call<void>("DELETE", `/api/channels/${channel}/pause`),
  decide: (delivery: number, decision: Decision) =>
    call<void>("PUT", `/api/deliveries/${delivery}/decision`, { decision }),
  earlier: (visitor: number) => call<EarlierSession[]>("GET", `/api/visitors/${visitor}/sessions`),
};

export const attachmentPath = (id: number) => `/api/attachments/${id}`;
