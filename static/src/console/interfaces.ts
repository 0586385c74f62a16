// Answers of the API that are not told by sockets, and the page's first data.
import type { Board, SessionState, StateName } from "../protocol";

export interface Program {
  id: number;
  slug: string;
  name: string;
  kind: string;
  roles: string[];
  rights: string[];
  capacity: number;
  /** Seconds after which a waiting visitor has waited too long. */
  amber_after: number;
}

export interface Preferences {
  enter_sends: boolean;
  sound: boolean;
  desktop_notice: boolean;
}

export type BreakReason = "rest" | "meal" | "meeting" | "records" | "other";

/** What is planned (シフト). `lines`: how many sessions at once. */
export interface MyShift {
  id: number;
  starts_at: string;
  ends_at: string;
  lines: number;
}

/** What is done (勤務): checked in and not yet out; `away` on a break. Without a shift nobody planned it. */
export interface MyDuty {
  program: number;
  since: string;
  away: { reason: BreakReason; since: string } | null;
  shift: MyShift | null;
}

/** When this login ends: without a request, and in any case. */
export interface Login {
  idle_ends_at: string;
  ends_at: string;
}

export interface Me extends Preferences {
  id: number;
  name: string;
  email: string;
  duties: MyDuty[];
  /** The next three published. */
  next_shifts: (MyShift & { program: number })[];
  login: Login;
  programs: Program[];
}

/** The words for the codes in people's profiles: qualifications, languages, can_take. */
export type ProfileLabels = Record<"qualifications" | "languages" | "can_take", Record<string, string>>;

export interface CannedReply {
  id: number;
  shortcut: string;
  title: string;
  body: string;
  mine: boolean;
}

export interface EarlierSession {
  id: number;
  number: number;
  received_at: string;
  ended_at: string | null;
  state: StateName;
  classification: string;
  counselor: string | null;
  message_count: number;
}

/** A question asked at intake, with the words of its choices. */
export interface Attribute {
  key: string;
  label: string;
  choices: [string, string][];
}

export interface First {
  me: Me;
  /** By program. */
  attributes: Record<number, Attribute[]>;
  profile_labels: ProfileLabels;
  boards: Board[];
  sessions: SessionState[];
}

export type Decision = "resend" | "arrived" | "dismiss";
export type EndReason = "concluded" | "visitor_left" | "prank" | "out_of_scope" | "hours_over" | "idle";
export type Classification = "valid" | "no_reply" | "prank" | "out_of_scope" | "test";

export const BREAK_REASONS: BreakReason[] = ["rest", "meal", "meeting", "records", "other"];
export const END_REASONS: EndReason[] = ["concluded", "visitor_left", "idle", "hours_over", "prank", "out_of_scope"];
export const CLASSIFICATIONS: Classification[] = ["valid", "no_reply", "prank", "out_of_scope", "test"];
export const RISKS = [0, 1, 2, 3, 4] as const;
