// The page's first data, and what the API answers a supervisor.
import type { Board } from "../protocol";
import type { Me, ProfileLabels } from "../staff/me";

export interface First {
  me: Me;
  profile_labels: ProfileLabels;
  boards: Board[];
}

/** Many sessions change hands: to a person, or back to the queue. */
export interface Reassignment {
  sessions: number[];
  to: number | null;
  summary: string;
}
