// A talk as the server tells it, for the tests of this folder.
import type { EventView, MessageView, SessionFrame, SessionState, WhisperView } from "../protocol";
import { board, me, view } from "../staff/sample";
import type { First } from "./interfaces";

export const message = (seq: number, more: Partial<MessageView> = {}): MessageView => ({
  id: 100 + seq,
  seq,
  version: seq,
  author: "visitor",
  by: null,
  kind: "text",
  text: `ことば${seq}`,
  at: "2026-11-23T05:02:00Z",
  client_id: null,
  unsent: false,
  before_consent: false,
  attachment: null,
  delivery: null,
  ...more,
});

export const session = (more: Partial<SessionState> = {}): SessionState => ({
  header: view(),
  intake: [],
  messages: [],
  notes: [],
  whispers: [],
  proposals: [],
  needs_approval: false,
  summary: "",
  draft: "",
  read_seq: 0,
  read_whisper: 0,
  upto: 1,
  ...more,
});

export const whisper = (id: number, more: Partial<WhisperView> = {}): WhisperView => ({
  id,
  version: id,
  by: { id: 3, name: "三浦" },
  text: `ささやき${id}`,
  at: "2026-11-23T05:03:00Z",
  client_id: `w${id}`,
  ...more,
});

export const event = (version: number, more: Partial<EventView> = {}): EventView => ({
  version,
  kind: "message.received",
  at: "2026-11-23T05:02:00Z",
  by: null,
  header: view({ version }),
  message: null,
  note: null,
  whisper: null,
  proposal: null,
  details: {},
  ...more,
});

export const frame = (after: number, events: EventView[], more: Partial<SessionFrame> = {}): SessionFrame => ({
  type: "session",
  session: 7,
  after,
  upto: after + events.length,
  events,
  ...more,
});

export const first = (more: Partial<First> = {}): First => ({
  me: me(),
  profile_labels: { qualifications: {}, languages: { en: "英語" }, can_take: { trauma: "トラウマ" } },
  agency_kinds: [
    ["police", "警察"],
    ["hotline", "電話相談窓口"],
  ],
  boards: [board()],
  sessions: [],
  ...more,
});
