// People, a session and a board as the server tells them, for tests.

import type { Line, LineOptions } from "../lib/socket";
import type { Board, BoardFrame, Colleague, SessionView } from "../protocol";
import type { Me } from "./me";

export const NOW = Date.parse("2026-11-23T05:10:00Z");

export const me = (more: Partial<Me> = {}): Me => ({
  id: 1,
  name: "早川",
  email: "haru@example.jp",
  enter_sends: false,
  sound: true,
  desktop_notice: false,
  programs: [
    {
      id: 1,
      slug: "women",
      name: "女性相談",
      kind: "women",
      practice: false,
      roles: ["counselor"],
      rights: ["take_sessions", "watch_board", "work_shifts"],
      capacity: 2,
      amber_after: 180,
      area: { question: "area", places: { yokohama: "横浜市" } },
    },
  ],
  duties: [{ program: 1, since: "2026-11-23T04:00:00Z", away: null, shift: null }],
  next_shifts: [],
  login: { idle_ends_at: "2026-11-23T05:40:00Z", ends_at: "2026-11-23T17:00:00Z" },
  ...more,
});

export const view = (more: Partial<SessionView> = {}): SessionView => ({
  id: 7,
  program: 1,
  number: 41,
  version: 1,
  pseudonym: "K7Q2",
  visitor: 70,
  channel: "line",
  state: "active",
  risk: 0,
  visits: 1,
  trial: false,
  consent: "",
  attributes: {},
  counselor: { id: 1, name: "早川" },
  counselor_lost_at: null,
  taken_from: null,
  taken_because: "",
  reported_at: null,
  approach: 0,
  agreed_minutes: null,
  in_spite_of: "",
  call: null,
  phone: "",
  offered_to: null,
  offered_until: null,
  received_at: "2026-11-23T05:00:00Z",
  queued_at: "2026-11-23T05:00:10Z",
  claimed_at: "2026-11-23T05:01:00Z",
  ended_at: null,
  end_reason: "",
  classification: "",
  thankful_end: null,
  waiting_since: null,
  silent_since: null,
  idle_steps: 0,
  message_count: 0,
  visitor_count: 0,
  ...more,
});

export const colleague = (id: number, name: string, more: Partial<Colleague> = {}): Colleague => ({
  id,
  name,
  roles: ["counselor"],
  present: true,
  on_duty: true,
  away: "",
  takes: true,
  load: 1,
  capacity: 2,
  shift_ends_at: null,
  qualifications: [],
  languages: [],
  can_take: [],
  called_at: null,
  ...more,
});

export const board = (more: Partial<Board> = {}): Board => ({
  program: 1,
  serial: 5,
  reception: {
    open: true,
    intake_open: true,
    hours: "12:00–22:00",
    closes_at: "2026-11-23T13:00:00Z",
    intake_until: "2026-11-23T12:30:00Z",
    next_open: null,
    staffed: true,
    on_duty: 2,
    least_on_duty: 0,
    supervisors: 0,
    least_supervisors: 0,
    lines: 4,
    surge_until: null,
    stage: "open",
    paused: null,
    diverted: null,
  },
  sessions: [],
  colleagues: [colleague(1, "早川"), colleague(2, "蓮")],
  trouble: [],
  last_note: 0,
  at: "2026-11-23T05:10:00Z",
  ...more,
});

export const boardFrame = (more: Partial<BoardFrame> = {}): BoardFrame => {
  const { sessions, colleagues, ...rest } = board();
  return { ...rest, type: "board", base: 5, serial: 6, changed: sessions, gone: [], colleagues: [], left: [], ...more };
};

/** A line that never leaves the test: what was said on it, and frames put in by hand. */
export class SampleLine {
  said: object[] = [];
  state = "open";
  options!: LineOptions;

  readonly open = (options: LineOptions): Line => {
    this.options = options;
    return this as unknown as Line;
  };

  say(frame: object): boolean {
    this.said.push(frame);
    return true;
  }

  signOut(): void {
    this.options.changed("signed_out");
  }

  resume(): void {
    this.options.changed("open");
  }

  start(): void {
    this.options.changed("open");
    this.options.opened(this as unknown as Line);
  }

  tell(told: object): void {
    this.options.frame(told as { type: string });
  }
}
