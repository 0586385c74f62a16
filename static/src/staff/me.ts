// Who a member of staff is here: their programs, rights, duty and shifts, as the server tells them.
import type { HeldRole } from "../protocol";

export interface Program {
  id: number;
  slug: string;
  name: string;
  kind: string;
  /** All of it is for learning (練習用). */
  practice: boolean;
  roles: string[];
  rights: string[];
  capacity: number;
  /** Seconds after which a waiting visitor has waited too long. */
  amber_after: number;
  /** Which question asks where a visitor lives, and which of its answers name a place. */
  area: { question: string; places: Record<string, string> } | null;
}

export interface Preferences {
  enter_sends: boolean;
  sound: boolean;
  desktop_notice: boolean;
}

/** `care` follows a heavy talk and ends by itself: it is offered, never chosen from the list. */
export type BreakReason = "rest" | "meal" | "meeting" | "records" | "other" | "care";

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
  away: { reason: BreakReason; since: string; until: string | null } | null;
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
export const takesSessions = (program: Program | undefined) => program?.rights.includes("take_sessions") === true;
export const maySteer = (program: Program | undefined) => program?.rights.includes("steer") === true;
/** Those who may call for more lines. */
export const maySurge = (program: Program | undefined) =>
  program?.rights.some((right) => right === "steer" || right === "plan_shifts") === true;

/** True when `roles` are all the roles that `me` knows of. */
export function holds(me: Me, roles: HeldRole[]): boolean {
  const told = new Set(roles.map(({ program, role }) => `${program} ${role}`));
  const mine = me.programs.flatMap((program) => program.roles.map((role) => `${program.id} ${role}`));
  return mine.length === told.size && mine.every((one) => told.has(one));
}

/** What became of my part in a program. */
export type Part = "joined" | "left" | "changed";

/** In which programs my part is another now. */
export function partsChanged(before: Me, now: Me): { part: Part; id: number; name: string }[] {
  const had = new Map(before.programs.map((one) => [one.id, one.roles.join()]));
  const has = new Set(now.programs.map((one) => one.id));
  const left = before.programs.filter((one) => !has.has(one.id));
  const others = now.programs.filter((one) => had.get(one.id) !== one.roles.join());
  return [
    ...left.map(({ id, name }) => ({ part: "left" as const, id, name })),
    ...others.map(({ id, name }) => ({ part: had.has(id) ? ("changed" as const) : ("joined" as const), id, name })),
  ];
}
