// A roster as the server tells it, for the tests of this folder.
import { isoOf } from "./days";
import type { First, Pattern, Person, Roster, RosterChange, Shift, ShiftView } from "./interfaces";

/** Monday, 23 November 2026, 勤労感謝の日. */
export const MONDAY = 20_780;
export const HOUR = 60;
export const DAY = 24 * HOUR;

export const person = (id: number, name: string, more: Partial<Person> = {}): Person => ({
  id,
  name,
  roles: ["counselor"],
  qualifications: [],
  languages: ["ja"],
  can_take: [],
  ...more,
});

export const night: Pattern = { id: 1, name: "夜勤", role: "counselor", starts: 19 * HOUR, ends: 26 * HOUR, lines: 2 };

/** A shift on a day of the week (0: Monday), at the night's times unless told otherwise. */
export const shift = (key: number, user: number | null, day = 0, more: Partial<Shift> = {}): Shift => ({
  key,
  user,
  role: "counselor",
  start: (MONDAY + day) * DAY + night.starts,
  end: (MONDAY + day) * DAY + night.ends,
  lines: 2,
  published: false,
  ...more,
});

export const view = ({ key, user, role, start, end, lines, published }: Shift): ShiftView => ({
  id: key,
  user,
  role,
  lines,
  published,
  starts_at: isoOf(start),
  ends_at: isoOf(end),
});

export const roster = (more: Partial<Roster> = {}): Roster => ({
  program: 1,
  from: "2026-11-23",
  days: 7,
  people: [person(1, "早川 遥"), person(2, "蓮見 蓮", { roles: ["supervisor"] })],
  patterns: [night],
  shifts: [],
  elsewhere: [],
  required: {},
  warnings: [],
  ...more,
});

export const first = (more: Partial<Roster> = {}): First => ({
  roster: roster(more),
  required_week: {},
  holidays: { "2026-11-23": "勤労感謝の日" },
  today: "2026-11-23",
  roles: ["counselor", "supervisor"],
  csv: "",
  upload: "",
  skills: { certified_psychologist: "公認心理師" },
});

export const changed = (shifts: readonly Shift[], gone: number[] = []): RosterChange => ({
  shifts: shifts.map(view),
  gone,
  patterns: [night],
  required: {},
  warnings: [],
});
