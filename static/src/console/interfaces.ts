// Answers of the API that are not told by sockets, and the page's first data.
import type { Board, SessionState, StateName } from "../protocol";
import type { Me, ProfileLabels } from "../staff/me";

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

export interface First {
  me: Me;
  /** Code and word of each kind of agency, in their order. */
  agency_kinds: [string, string][];
  profile_labels: ProfileLabels;
  boards: Board[];
  sessions: SessionState[];
}

/** Why one reads along in somebody else's talk. */
export type Reason = "watch" | "asked" | "urgency" | "training" | "other";
/** Why one takes a talk over. */
export type Because = "risk" | "asked" | "rest" | "other";

export const REASONS: Reason[] = ["watch", "asked", "urgency", "training", "other"];
export const BECAUSE: Because[] = ["risk", "asked", "rest", "other"];

export type Decision = "resend" | "arrived" | "dismiss";
export type EndReason = "concluded" | "telephone" | "visitor_left" | "prank" | "out_of_scope" | "hours_over" | "idle";

export const END_REASONS: EndReason[] = [
  "concluded",
  "telephone",
  "visitor_left",
  "idle",
  "hours_over",
  "prank",
  "out_of_scope",
];
