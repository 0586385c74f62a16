// Shapes of the roster's page: what the server tells, and how a shift is held here.

import type {
  Roster,
  RosterChange,
  RosterElsewhere,
  RosterPattern,
  RosterPerson,
  RosterShift,
  RosterWarning,
} from "../protocol";

export type { Roster, RosterChange, RosterWarning };
export type Person = RosterPerson;
export type Pattern = RosterPattern;
export type ShiftView = RosterShift;
export type Elsewhere = RosterElsewhere;

/** Lines wanted by day of the week ("mon" … "sun", "holiday") and hour of the service day ("0" … "31"). */
export type RequiredWeek = Record<string, Record<string, number>>;

export interface First {
  roster: Roster;
  required_week: RequiredWeek;
  /** Names of holidays by date, a year back and a year ahead. */
  holidays: Record<string, string>;
  today: string;
  roles: string[];
  /** What people can do, by code, in words. */
  skills: Record<string, string>;
  csv: string;
  upload: string;
}

/** A time of somebody, in wall minutes of Tokyo since 1970-01-01 00:00. */
export interface Span {
  start: number;
  end: number;
}

/** A shift as the planner sees it. `key` stays the same when a deleted shift is made again under a new id. */
export interface Shift extends Span {
  key: number;
  user: number | null;
  role: string;
  lines: number;
  published: boolean;
  unsaved?: boolean;
}

/** What happens to one shift: made (no before), changed, or deleted (no after). */
export interface Change {
  before: Shift | null;
  after: Shift | null;
}

/** The row of places that nobody has yet. */
export const OPEN_PLACES = 0;
