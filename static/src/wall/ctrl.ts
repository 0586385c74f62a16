// What the wall holds: the boards of all programs I steer, what I choose to see of them, and what I have chosen.
import { computed, effect, signal } from "@preact/signals";
import type { Board, Colleague, SessionView } from "../protocol";
import { Attention } from "../staff/attention";
import { offersTo } from "../staff/board";
import { now } from "../staff/clock";
import { maySteer, type ProfileLabels, type Program } from "../staff/me";
import { type OpenLine, Station } from "../staff/station";
import { OpenWindow } from "../staff/windows";
import { alarmsOf, callsOf, surveysOf } from "./alarms";
import { byName } from "./crew";
import { type Filters, filtersIn, hiddenBy, NO_FILTERS, passes, searchFor } from "./filters";
import type { First } from "./interfaces";
import { byNeed, isTaken, isUrgent } from "./need";
import { api } from "./network";

/** What a supervisor may do with a whole program, behind a window that asks once more. */
export type Switch = "divert" | "endDiversion" | "pause" | "endPause";
export type Dialog =
  | "preferences"
  | "keys"
  | { reassign: number }
  | { callIn: number }
  | { protect: SessionView }
  | { program: number; turn: Switch };

/** More than anybody looks at, and few enough to be drawn several times a second. */
export const DRAWN_AT_ONCE = 120;

export class Wall extends Station {
  readonly window = new OpenWindow<Dialog>();
  readonly filters = signal<Filters>(NO_FILTERS);
  /** Sessions that are chosen, to change hands together. */
  readonly chosen = signal<ReadonlySet<number>>(new Set());
  /** The card the keyboard stands on. */
  readonly cursor = signal(0);
  /** So many cards are drawn; those that need somebody stand first. */
  readonly drawn = signal(DRAWN_AT_ONCE);
  readonly profileLabels: ProfileLabels;

  readonly views = computed(() => [...this.boards.value.values()].flatMap((board) => board.sessions));
  /** What is urgent, as one text: time alone puts nothing in order anew until this is another. */
  private readonly urgent = computed(() => {
    const at = now.value;
    const urgent = this.views.value.filter((view) => isUrgent(view, at));
    return urgent.map(({ id, version }) => `${id}.${version}`).join();
  });
  readonly shown = computed(() => {
    void this.urgent.value;
    const filters = this.filters.value;
    return this.views.value.filter((view) => passes(view, filters)).sort(byNeed(now.peek()));
  });
  readonly count = computed(() => this.shown.value.length);
  /** The people of each program, by program and person. */
  readonly people = computed(() => {
    const people = new Map<number, ReadonlyMap<number, Colleague>>();
    for (const board of this.boards.value.values())
      people.set(board.program, new Map(board.colleagues.map((one) => [one.id, one])));
    return people;
  });
  /** Who has a session or is at work, and whoever is filtered by; the very same list until it is another. */
  readonly counselors = computed((): [number, string][] => {
    const found = new Map<number, string>();
    for (const { counselor } of this.views.value) if (counselor) found.set(counselor.id, counselor.name);
    for (const people of this.people.value.values())
      for (const one of people.values())
        if (one.takes || one.id === this.filters.value.counselor) found.set(one.id, one.name);
    const sorted = [...found].sort(([, a], [, b]) => byName.compare(a, b));
    if (String(sorted) !== String(this.listed)) this.listed = sorted;
    return this.listed;
  });
  private listed: [number, string][] = [];
  readonly hidden = computed(() => hiddenBy(this.views.value, this.filters.value));
  /** A supervisor at the wall is there, too, and may be asked to take somebody. */
  readonly offers = computed(() => offersTo(this.boards.value.values(), this.me.value.id, now.value));
  readonly alarms = computed(() => {
    void this.urgent.value;
    return alarmsOf(this.boards.value.values(), now.peek());
  });
  /** Answers to surveys that somebody must read. */
  readonly surveys = computed(() => surveysOf(this.boards.value.values()));
  /** The chosen ones that can change hands now, by program. */
  readonly choice = computed(() => {
    const byProgram = new Map<number, SessionView[]>();
    for (const view of this.views.value) {
      if (!this.chosen.value.has(view.id) || !isTaken(view)) continue;
      byProgram.set(view.program, [...(byProgram.get(view.program) ?? []), view]);
    }
    return byProgram;
  });

  /** How many heavy talks this shift brought to whom, by program. No board tells it: everybody reads boards. */
  readonly heavy = signal<ReadonlyMap<number, Record<number, number>>>(new Map());

  private readonly attention = new Attention(
    (boards) => callsOf(boards, this.me.value.id, now.peek()),
    () => this.me.value,
  );

  constructor(first: First, search: string, openLine?: OpenLine) {
    super(first);
    this.profileLabels = first.profile_labels;
    this.filters.value = filtersIn(search);
    this.attention.begin(first.boards);
    effect(() => {
      void now.value;
      this.attention.look(this.boards.peek().values());
    });
    this.openLine(openLine);
  }

  /** Ask how heavy everybody's shift is; what does not come stays as it was. */
  async askHeavy(): Promise<void> {
    for (const program of this.boards.peek().keys()) {
      const answer = await api.heavy(program);
      if (answer.ok) this.heavy.value = new Map(this.heavy.peek()).set(program, answer.value);
    }
  }

  filter(wishes: Partial<Filters>): void {
    this.filters.value = { ...this.filters.value, ...wishes };
    history.replaceState(null, "", location.pathname + searchFor(this.filters.value));
    this.drawn.value = DRAWN_AT_ONCE;
  }

  /** Draw some more of the list, at least so many that this one is among them. */
  drawMore(id = 0): void {
    const at = this.shown.peek().findIndex((view) => view.id === id);
    if (at < 0 || at >= this.drawn.peek()) this.drawn.value = Math.max(at + 1, this.drawn.peek()) + DRAWN_AT_ONCE;
  }

  choose(id: number, wish: boolean): void {
    const chosen = new Set(this.chosen.value);
    if (wish) chosen.add(id);
    else chosen.delete(id);
    this.chosen.value = chosen;
  }

  /** The wall shows what I steer, not all I may see. */
  protected override watches(program: Program): boolean {
    return maySteer(program);
  }

  protected boardOpened(board: Board): void {
    this.attention.begin([board]);
  }

  protected boardChanged(board: Board): void {
    this.attention.look(this.boards.peek().values());
    const live = new Set(board.sessions.map((view) => view.id));
    const others = [...this.boards.peek().values()].filter((one) => one !== board);
    const elsewhere = new Set(others.flatMap((one) => one.sessions.map((view) => view.id)));
    const kept = [...this.chosen.peek()].filter((id) => live.has(id) || elsewhere.has(id));
    if (kept.length < this.chosen.peek().size) this.chosen.value = new Set(kept);
  }

  protected boardClosed(program: number): void {
    this.say({ type: "unwatch", topic: "board", id: program });
    const top = this.window.top.peek();
    const shown = typeof top === "object" && top !== null && Object.values(top).includes(program);
    if (shown) this.window.close(top);
    if (this.filters.peek().program === program) this.filter({ program: 0 });
  }
}
