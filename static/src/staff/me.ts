// Who a member of staff is here: their programs, rights, duty and shifts, as the server tells them.

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

export const BREAK_REASONS: BreakReason[] = ["rest", "meal", "meeting", "records", "other"];

export const mayWork = (program: Program | undefined) => program?.rights.includes("work_shifts") === true;
export const maySteer = (program: Program | undefined) => program?.rights.includes("steer") === true;
/** Those who may call for more lines. */
export const maySurge = (program: Program | undefined) =>
  program?.rights.some((right) => right === "steer" || right === "plan_shifts") === true;
