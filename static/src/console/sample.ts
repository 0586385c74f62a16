// A talk as the server tells it, for the tests of this folder.
import type {
  EventView,
  MessageView,
  RiskForm,
  RiskQuestion,
  RiskState,
  SessionFrame,
  SessionState,
  WhisperView,
} from "../protocol";
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
  findings: [],
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

const CHOICES = [
  { value: "yes", label: "ある" },
  { value: "no", label: "ない" },
  { value: "unknown", label: "わからない" },
];

const asked = (key: string, label: string, more: Partial<RiskQuestion> = {}): RiskQuestion => ({
  key,
  kind: "choice",
  label,
  help: `${label}のたずね方`,
  choices: CHOICES,
  required: false,
  shown_if: null,
  ...more,
});

const AFTER_IDEATION = { key: "ideation", values: ["yes", "unknown"] };

export const riskForm = (): RiskForm => ({
  version: 3,
  questions: [
    asked("ideation", "死にたい気持ち"),
    asked("plan", "計画", { shown_if: AFTER_IDEATION }),
    asked("means", "手段", { shown_if: AFTER_IDEATION }),
    asked("history", "既往"),
    asked("words", "本人のことば", { kind: "long_text", choices: [] }),
  ],
  rules: [
    { level: 3, answers: { plan: ["yes"], means: ["yes"] } },
    { level: 2, answers: { plan: ["yes"] } },
    { level: 1, answers: { ideation: ["yes", "unknown"] } },
  ],
});

export const riskState = (more: Partial<RiskState> = {}): RiskState => ({
  form: riskForm(),
  given: {},
  history: [],
  ...more,
});
