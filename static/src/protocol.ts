// Generated from counseling/events by `make docs`: do not edit.

export type StateName =
  | "intake"
  | "waiting"
  | "active"
  | "held"
  | "wrap_up"
  | "closed"
  | "abandoned"
  | "off_hours"
  | "out_of_scope"
  | "blocked";

export type AuthorName = "visitor" | "counselor" | "auto";

export type MessageKindName = "text" | "sticker" | "image" | "video" | "audio" | "file" | "location" | "unknown";

export type DeliveryStateName = "queued" | "sending" | "sent" | "refused" | "unknown" | "dismissed";

export type ConsentName = "" | "awaited" | "given" | "refused" | "without";

export type CallKindName = "consult" | "urgent" | "approval";

export type DecisionName = "pending" | "approved" | "returned" | "withdrawn";

export type MeaningName = "suicide" | "self_harm" | "violence" | "child_in_danger";

export type AttachmentStateName = "pending" | "ready" | "gone" | "refused";

export type EventKind =
  | "session.opened"
  | "session.entered"
  | "session.accepted"
  | "session.turned_away"
  | "session.claimed"
  | "session.offered"
  | "session.offer_lapsed"
  | "session.requeued"
  | "session.lost"
  | "session.found"
  | "session.transferred"
  | "session.held"
  | "session.resumed"
  | "session.nudged"
  | "session.ended"
  | "session.reopened"
  | "session.closed"
  | "session.abandoned"
  | "session.blocked"
  | "session.consented"
  | "session.protected"
  | "session.arranged"
  | "session.let_in"
  | "message.received"
  | "message.replied"
  | "message.told"
  | "message.unsent"
  | "message.shown"
  | "message.attached"
  | "delivery.changed"
  | "note.added"
  | "whisper.said"
  | "risk.changed"
  | "record.corrected"
  | "proposal.made"
  | "proposal.approved"
  | "proposal.returned"
  | "proposal.withdrawn"
  | "call.made"
  | "call.answered"
  | "call.escalated"
  | "call.ended"
  | "phone.offered"
  | "phone.agreed"
  | "phone.declined"
  | "phone.withdrawn"
  | "phone.taken"
  | "phone.released"
  | "phone.started"
  | "phone.ended"
  | "phone.overdue"
  | "phone.lapsed"
  | "step.ticked"
  | "step.taken_back"
  | "clue.noted"
  | "clue.taken_back"
  | "agency.contacted"
  | "agency.corrected"
  | "sheet.filed";

export type PhoneName = "" | "line" | "offered" | "agreed" | "taken" | "calling" | "overdue" | "moved" | "over";

/** A staff member, as colleagues see them. */
export interface Person {
  id: number;
  name: string;
}

/** A counselor calls for a supervisor: since when, whom it has come to by now and when it goes on; who comes, by id. `step`: 0 every supervisor's screen, 1 absent supervisors, 2 administrators. */
export interface CallView {
  kind: CallKindName;
  by: number;
  at: string;
  step: number;
  due_at: string | null;
  answered_by: number | null;
  answered_at: string | null;
}

/** The face of a session: everything the board and a talk's head show. No words. `consent`: empty where nobody is asked for it; while it is awaited or refused, what the visitor says is for nobody to read; without it, a supervisor goes on to protect a life. `phone`: how far a move to the telephone has come. `reported_at`: when an agency was first told of it. `approach`: the version of the note on how to answer this visitor, 0 where there is none; its words are asked for. `in_spite_of`: the refusal in spite of which danger to life let them in. */
export interface SessionView {
  id: number;
  program: number;
  number: number;
  version: number;
  pseudonym: string;
  visitor: number;
  channel: "line" | "web";
  state: StateName;
  risk: number;
  consent: ConsentName;
  visits: number;
  trial: boolean;
  attributes: Record<string, string | number | string[]>;
  counselor: Person | null;
  counselor_lost_at: string | null;
  taken_from: number | null;
  taken_because: string;
  approach: number;
  agreed_minutes: number | null;
  in_spite_of: string;
  call: CallView | null;
  phone: PhoneName;
  reported_at: string | null;
  offered_to: number | null;
  offered_until: string | null;
  received_at: string;
  queued_at: string | null;
  claimed_at: string | null;
  ended_at: string | null;
  end_reason: string;
  classification: string;
  thankful_end: boolean | null;
  waiting_since: string | null;
  silent_since: string | null;
  idle_steps: number;
  message_count: number;
  visitor_count: number;
}

/** What came with a message; its content is at /api/attachments/<id> for those who may read the talk. */
export interface AttachmentView {
  id: number;
  state: AttachmentStateName;
  content_type: string;
  size: number;
  width: number;
  height: number;
}

/** How far a message to LINE has come. */
export interface DeliveryView {
  id: number;
  state: DeliveryStateName;
  reason: string;
  tries: number;
}

/** A word of danger in a visitor's message, at text[start:end] counted in code points (a surrogate pair is one). `word` as the dictionary spells it. Never part of a shape for visitors. */
export interface FindingView {
  start: number;
  end: number;
  word: string;
  level: number;
  meaning: MeaningName;
}

/** A message as staff see it. `version`: of the session, when this message last changed. `before_consent`: said before the visitor agreed to the terms; told only since. `findings`: words of danger found in it when it came. */
export interface MessageView {
  id: number;
  seq: number;
  version: number;
  author: AuthorName;
  by: Person | null;
  kind: MessageKindName;
  text: string;
  at: string;
  client_id: string | null;
  unsent: boolean;
  before_consent: boolean;
  findings: FindingView[];
  attachment: AttachmentView | null;
  delivery: DeliveryView | null;
}

/** Words among staff. Never part of a shape for visitors. */
export interface NoteView {
  id: number;
  version: number;
  by: Person;
  text: string;
  at: string;
  client_id: string;
}

/** Words between a supervisor and the counselor beside the talk. Never part of a shape for visitors; no note. */
export interface WhisperView {
  id: number;
  version: number;
  by: Person;
  text: string;
  at: string;
  client_id: string;
}

/** Words a trainee would say to the visitor, and what a supervisor decided. Never part of a shape for visitors. */
export interface ProposalView {
  id: number;
  version: number;
  by: Person;
  text: string;
  at: string;
  client_id: string;
  decision: DecisionName;
  decided_by: Person | null;
}

/** One line of a session's log with what it changed. Upsert by version: an older one changes nothing. */
export interface EventView {
  version: number;
  kind: EventKind;
  at: string;
  by: Person | null;
  header: SessionView;
  message: MessageView | null;
  note: NoteView | null;
  whisper: WhisperView | null;
  proposal: ProposalView | null;
  details: Record<string, string | number | boolean | null>;
}

/** One answer from before the talk, in the words of the form that was answered. `personal`: tells who they are. */
export interface IntakeAnswer {
  key: string;
  label: string;
  answers: string[];
  personal: boolean;
}

/** All of a session for someone who may read it; `upto` is the version it stands at. `needs_approval`: what its reader replies waits for a supervisor. `proposals`: those that wait, or were returned. `read_seq` and `read_whisper`: the visitor's message and the whisper its counselor has seen last. */
export interface SessionState {
  header: SessionView;
  intake: IntakeAnswer[];
  messages: MessageView[];
  notes: NoteView[];
  whispers: WhisperView[];
  proposals: ProposalView[];
  needs_approval: boolean;
  summary: string;
  draft: string;
  read_seq: number;
  read_whisper: number;
  upto: number;
}

/** What is new in a session since `after`. A client whose version is below `after` asks again. */
export interface SessionFrame {
  type: "session";
  session: number;
  after: number;
  upto: number;
  events: EventView[];
}

/** One answer to choose. */
export interface RiskChoice {
  value: string;
  label: string;
}

/** Asked only where the question `key` was answered with one of `values`. */
export interface RiskCondition {
  key: string;
  values: string[];
}

/** A question of the form, in the reader's language; `kind` as counseling.forms names it. */
export interface RiskQuestion {
  key: string;
  kind: string;
  label: string;
  help: string;
  choices: RiskChoice[];
  required: boolean;
  shown_if: RiskCondition | null;
}

/** `level` is suggested where every question of `answers` was answered in one of these ways; the first counts. */
export interface RiskRule {
  level: number;
  answers: Record<string, string[]>;
}

/** The program's risk form in force: its version (0: it asks nothing), and what its answers suggest. */
export interface RiskForm {
  version: number;
  questions: RiskQuestion[];
  rules: RiskRule[];
}

/** One change of a session's risk. By nobody: the house, for the meanings and words of danger it found. `words`: as the dictionary spells them, while the message may be read. By a person: what they answered, the level it suggests and the questions it rests on (`because`), and their word. */
export interface RiskChange {
  version: number;
  at: string;
  by: Person | null;
  before: number;
  level: number;
  meanings: string[];
  words: string[];
  answers: IntakeAnswer[];
  suggested: number | null;
  because: string[];
  word: string;
}

/** The form, what was answered last in codes (still to be confirmed), and every change, the latest first. */
export interface RiskState {
  form: RiskForm;
  given: Record<string, string | number | string[]>;
  history: RiskChange[];
}

export type StageName = "draft" | "open" | "paused" | "closed";

/** What somebody did to a program and may undo: since when, and by whom. */
export interface ByHand {
  since: string;
  by: Person | null;
}

/** Whether a program receives now, by its hours (`intake_open`) and by its people (`staffed`, with `lines` open). `stage`: other than open it takes nobody new; `paused` says by whom. `diverted`: the queue is for supervisors alone. */
export interface Reception {
  open: boolean;
  intake_open: boolean;
  hours: string;
  closes_at: string | null;
  intake_until: string | null;
  next_open: string | null;
  staffed: boolean;
  on_duty: number;
  least_on_duty: number;
  supervisors: number;
  least_supervisors: number;
  lines: number;
  surge_until: string | null;
  stage: StageName;
  paused: ByHand | null;
  diverted: ByHand | null;
}

/** A person on a program with their load (同時対応); `takes`: on duty, present and allowed; `away`: of a break. `called_at`: when they were last asked by mail to come, within the last hours. */
export interface Colleague {
  id: number;
  name: string;
  roles: string[];
  present: boolean;
  on_duty: boolean;
  away: string;
  takes: boolean;
  load: number;
  capacity: number;
  shift_ends_at: string | null;
  qualifications: string[];
  languages: string[];
  can_take: string[];
  called_at: string | null;
}

/** A program now, without words: live sessions, reception, people, trouble, the newest hand-over note (0: none). */
export interface Board {
  program: number;
  serial: number;
  reception: Reception;
  sessions: SessionView[];
  colleagues: Colleague[];
  trouble: string[];
  last_note: number;
  at: string;
}

/** The board, or its differences: apply only when `base` is the serial you hold (null: take it whole). Sessions that `changed` and that are `gone`; `colleagues` that changed, and the ids of those who `left`. */
export interface BoardFrame {
  type: "board";
  program: number;
  base: number | null;
  serial: number;
  reception: Reception;
  changed: SessionView[];
  gone: number[];
  colleagues: Colleague[];
  left: number[];
  trouble: string[];
  last_note: number;
  at: string;
}

/** Someone writes in a session just now. */
export interface TypingFrame {
  type: "typing";
  session: number;
  who: "visitor" | "counselor";
}

/** Who else reads along in a session just now, by id; told to staff who may read it, at every change. */
export interface WatchingFrame {
  type: "watching";
  session: number;
  who: number[];
}

/** A watch that is not or no longer allowed (as if it did not exist). */
export interface DeniedFrame {
  type: "denied";
  topic: string;
  id: number;
}

/** A role of one's own in a program. */
export interface HeldRole {
  program: number;
  role: string;
}

/** The first word of a staff socket: the roles its person holds. It is closed as soon as they hold others. */
export interface RolesFrame {
  type: "roles";
  held: HeldRole[];
}

/** The answer to a ping. */
export interface PongFrame {
  type: "pong";
  at: string;
}

/** The socket is about to be closed: sign in again, or come back later. */
export interface ByeFrame {
  type: "bye";
  why: "signed_out" | "roles_changed" | "restarting" | "too_slow";
}

/** Who has read a hand-over note, and when. */
export interface TickView {
  by: Person;
  at: string;
}

/** A hand-over note (引継ぎ) of a program; words among staff. Never part of a shape for visitors. */
export interface HandoverNoteView {
  id: number;
  program: number;
  by: Person;
  text: string;
  at: string;
  client_id: string;
  ticks: TickView[];
}

/** How many follow-ups (要フォロー) of a program are overdue, and how many more are due until the end of the day. */
export interface DueFollowUps {
  late: number;
  today: number;
}

/** What a shift is handed: the notes, newest first; the follow-ups only for those who take sessions. */
export interface Handover {
  notes: HandoverNoteView[];
  follow_ups: DueFollowUps | null;
}

export type PhoneShown = "" | "offered" | "agreed";

/** A message as the visitor sees it: no names of staff. */
export interface TalkMessage {
  seq: number;
  version: number;
  author: AuthorName;
  kind: MessageKindName;
  text: string;
  at: string;
  client_id: string | null;
  unsent: boolean;
}

/** A session as its visitor sees it. `phone`: a call was offered and can be answered, or is agreed. */
export interface TalkHeader {
  version: number;
  state: StateName;
  end_reason: string;
  phone: PhoneShown;
}

/** One change as the visitor sees it. */
export interface TalkEvent {
  version: number;
  at: string;
  header: TalkHeader;
  message: TalkMessage | null;
}

/** All of a visitor's present sitting; `place` is the position in the queue and `waiting` how many wait. */
export interface TalkState {
  session: number;
  header: TalkHeader;
  messages: TalkMessage[];
  place: number | null;
  waiting: number;
  upto: number;
}

/** What is new for the visitor since `after`. */
export interface TalkFrame {
  type: "talk";
  session: number;
  after: number;
  upto: number;
  events: TalkEvent[];
}

/** The visitor's place in the queue changed. */
export interface QueueFrame {
  type: "queue";
  place: number | null;
  waiting: number;
}

export type ConcernKind =
  | "gap"
  | "double_booking"
  | "long_day"
  | "long_week"
  | "short_rest"
  | "many_days"
  | "night_then_morning";

/** Somebody who can be planned; `roles` is empty for one who has left and still has shifts. */
export interface RosterPerson {
  id: number;
  name: string;
  roles: string[];
  qualifications: string[];
  languages: string[];
  can_take: string[];
}

/** A kind of shift to plan with, in minutes from midnight; `ends` may pass 1440. */
export interface RosterPattern {
  id: number;
  name: string;
  role: string;
  starts: number;
  ends: number;
  lines: number;
}

/** One planned shift; without a `user` it is an open place. */
export interface RosterShift {
  id: number;
  user: number | null;
  role: string;
  starts_at: string;
  ends_at: string;
  lines: number;
  published: boolean;
}

/** When somebody is planned in another program; not in which. */
export interface RosterElsewhere {
  user: number;
  starts_at: string;
  ends_at: string;
}

/** What a planner should know, on a service day: gap has from, until, required, planned; others minutes or days. */
export interface RosterWarning {
  kind: ConcernKind;
  user: number | null;
  on: string;
  values: Record<string, number>;
}

/** What planning changes, for the days one looks at: patterns, required lines by day and hour (to 31), warnings. */
export interface RosterParts {
  patterns: RosterPattern[];
  required: Record<string, Record<string, number>>;
  warnings: RosterWarning[];
}

/** A program's plan for some service days: the shifts that begin on them, and the same people's elsewhere. */
export interface Roster {
  patterns: RosterPattern[];
  required: Record<string, Record<string, number>>;
  warnings: RosterWarning[];
  from: string;
  program: number;
  days: number;
  people: RosterPerson[];
  shifts: RosterShift[];
  elsewhere: RosterElsewhere[];
}

/** The answer to every change: the shifts as they are now, the ids of those that are gone, and what follows. */
export interface RosterChange {
  patterns: RosterPattern[];
  required: Record<string, Record<string, number>>;
  warnings: RosterWarning[];
  shifts: RosterShift[];
  gone: number[];
}

/** What became of one of many: `id` as it was asked; `error` is a code of the API, empty where it was done. */
export interface EachOutcome {
  id: number;
  error: string;
  message: string;
}

/** What a talk was like for its counselor, told to them alone: whether it was `heavy` and they called it `hard`. `minutes`: the pause that is offered now, 0 where none is; `pause`: what they made of it. */
export interface AftercareView {
  heavy: boolean;
  hard: boolean;
  minutes: number;
  pause: "" | "taken" | "declined";
}

/** A shift as others see it. */
export interface PlannedTime {
  starts_at: string;
  ends_at: string;
}

/** A person of the program who is not on duty; `next_shift` may have begun without them. `called_at`: the last time they were asked to come, by any program; `called_by` and `sent` where it was this one. */
export interface OffDuty {
  id: number;
  name: string;
  roles: string[];
  next_shift: PlannedTime | null;
  called_at: string | null;
  called_by: Person | null;
  sent: boolean;
}

/** An agency of a program's directory. `note` is for counselors; `stale`: nobody looked at it for half a year. */
export interface AgencyView {
  id: number;
  name: string;
  kind: string;
  area: string;
  telephones: string[];
  web: string;
  address: string;
  hours: string;
  audience: string;
  note: string;
  checked_on: string | null;
  stale: boolean;
}

/** The agencies that fit best, and how many fit in all. */
export interface AgencyList {
  agencies: AgencyView[];
  count: number;
}

/** How to answer a visitor (対応方針), as it stands; words among staff. Never part of a shape for visitors. `number` is its version, as a session's header names it; 0 and no words where there is none. */
export interface ApproachView {
  number: number;
  text: string;
  by: Person | null;
  at: string | null;
}
