// What the planner looks at and what is chosen. What people do is in acts.ts; what they see is in view/.
import { computed, type Signal, signal } from "@preact/signals";
import { Book, type Refusal } from "./book";
import type { Cell } from "./brush";
import { dayNumber, mondayOf, monthOf } from "./days";
import { plansOf } from "./demand";
import type { First, Pattern, Person, RequiredWeek, Roster, RosterChange, RosterWarning, Shift } from "./interfaces";
import { OPEN_PLACES } from "./interfaces";
import { type Away, awayOf, cellsOf, grouped, minutesIn, type Range, type Rows, rowOf, rowsOf, shown } from "./layout";
import { type Cursor, placeAt, selectedIn } from "./moving";
import { api } from "./network";
import { tellable } from "./warnings";
import { t } from "./words";

export type View = "week" | "month";
export type Panel =
  | { kind: "shift"; cell: Cell; key: number | null }
  | { kind: "copy" | "publish" | "patterns" | "required" | "keys" };

const NOTHING: readonly never[] = [];

/** What says the same stays the very same: nothing is drawn again for it. */
function putIfOther<T>(place: Signal<T>, value: T): void {
  if (JSON.stringify(value) !== JSON.stringify(place.peek())) place.value = value;
}

export class Planner {
  readonly program: number;
  readonly today: number;
  readonly roles: readonly string[];
  readonly csv: string;
  readonly upload: string;
  readonly skills: Readonly<Record<string, string>>;
  readonly holidays: Readonly<Record<string, string>>;
  readonly book: Book;

  readonly range = signal<Range>({ from: 0, days: 7 });
  readonly view = signal<View>("week");
  readonly people = signal<readonly Person[]>([]);
  readonly patterns = signal<readonly Pattern[]>([]);
  readonly required = signal<Roster["required"]>({});
  readonly requiredWeek = signal<RequiredWeek>({});
  readonly warnings = signal<readonly RosterWarning[]>([]);
  readonly away = signal<ReadonlyMap<number, readonly Away[]>>(new Map());
  readonly loading = signal(false);
  readonly trouble = signal("");

  readonly role = signal("");
  readonly search = signal("");
  readonly brush = signal<number | null>(null);
  readonly cursor = signal<Cursor>(placeAt(0, 0));
  readonly panel = signal<Panel | null>(null);
  readonly clipboard = signal<readonly Shift[]>([]);
  readonly refusals = signal<readonly Refusal[]>([]);
  /** The last thing done, for those who listen. */
  readonly said = signal("");
  /** The day shown where it is narrow. */
  readonly day = signal(0);

  readonly byId = computed(() => new Map(this.people.value.map((person) => [person.id, person])));
  readonly shown = computed(() =>
    shown(this.people.value, { role: this.role.value, search: this.search.value }, (code) => this.skills[code] ?? code),
  );
  /** The rows from top to bottom: open places, then those who are shown. */
  readonly order = computed(() => [OPEN_PLACES, ...this.shown.value.map((person) => person.id)]);
  private lastRows: Rows = new Map();
  readonly rows = computed(() => {
    this.lastRows = rowsOf(this.book.shifts.value, this.range.value, this.lastRows);
    return this.lastRows;
  });
  readonly plans = computed(() => plansOf(this.range.value, this.required.value, this.book.shifts.value.values()));
  readonly concerns = computed(() => tellable(this.warnings.value));
  private lastConcerns: ReadonlyMap<number, readonly RosterWarning[]> = new Map();
  readonly concernsOf = computed(() => {
    const of = (one: RosterWarning) => one.user ?? OPEN_PLACES;
    this.lastConcerns = grouped(this.concerns.value, of, this.lastConcerns);
    return this.lastConcerns;
  });
  private lastRefused: ReadonlyMap<number, readonly Refusal[]> = new Map();
  readonly refusedOf = computed(() => {
    this.lastRefused = grouped(this.refusals.value, ({ shift }) => rowOf(shift), this.lastRefused);
    return this.lastRefused;
  });
  readonly drafts = computed(() => [...this.rows.value.values()].flat().filter((shift) => !shift.published));

  constructor(first: First) {
    this.program = first.roster.program;
    this.today = dayNumber(first.today);
    this.roles = first.roles;
    this.csv = first.csv;
    this.upload = first.upload;
    this.skills = first.skills;
    this.holidays = first.holidays;
    this.requiredWeek.value = first.required_week;
    this.book = new Book({
      program: this.program,
      view: () => this.range.peek(),
      follows: (change) => this.follow(change),
      refused: (refusals, stale) => this.refuse(refusals, stale),
    });
    this.take(first.roster);
    if (first.roster.days > 7) this.view.value = "month";
    this.day.value = this.dayToShow();
  }

  /** Show what was read. */
  private take(roster: Roster): void {
    this.range.value = { from: dayNumber(roster.from), days: roster.days };
    this.people.value = roster.people;
    this.away.value = grouped(awayOf(roster.elsewhere), (one) => one.user, this.away.peek());
    this.follow(roster);
    this.book.load(roster);
  }

  private follow(change: Pick<RosterChange, "patterns" | "required" | "warnings">): void {
    putIfOther(this.patterns, change.patterns);
    putIfOther(this.required, change.required);
    putIfOther(this.warnings, change.warnings);
  }

  private refuse(refusals: readonly Refusal[], stale: boolean): void {
    this.refusals.value = [...this.refusals.peek(), ...refusals];
    if (stale) void this.read(this.range.peek());
  }

  /** Read these days from the server and show them. */
  async read(range: Range): Promise<void> {
    this.loading.value = true;
    const answer = await api.roster(this.program, range);
    this.loading.value = false;
    this.trouble.value = answer.ok ? "" : answer.message;
    if (answer.ok) this.take(answer.value);
  }

  /** Go to the week or month in which a day lies. */
  async show(view: View, day: number): Promise<void> {
    const range = view === "week" ? { from: mondayOf(day), days: 7 } : monthOf(day);
    await this.read(range);
    if (this.range.peek().from !== range.from) return;
    this.view.value = view;
    this.cursor.value = placeAt(Math.min(this.cursor.peek().row, this.order.peek().length - 1), 0);
    this.day.value = this.dayToShow();
  }

  private dayToShow(): number {
    const { from, days } = this.range.peek();
    return this.today >= from && this.today < from + days ? this.today : from;
  }

  /** The shifts of a cell, in order of time. */
  readonly shiftsIn = (cell: Cell): readonly Shift[] => {
    const row = this.rows.peek().get(cell.row) ?? NOTHING;
    return cellsOf(row, this.range.peek())[cell.day - this.range.peek().from] ?? NOTHING;
  };

  nameOf(row: number): string {
    return row === OPEN_PLACES ? t.openPlaces : (this.byId.peek().get(row)?.name ?? "");
  }

  cellAt(row: number, col: number): Cell {
    return { row: this.order.peek()[row] ?? OPEN_PLACES, day: this.range.peek().from + col };
  }

  cursorCell(): Cell {
    const { row, col } = this.cursor.peek();
    return this.cellAt(row, col);
  }

  selectedCells(): Cell[] {
    const at = this.cursor.peek();
    return this.order.peek().flatMap((_id, row) => {
      const [from, to] = selectedIn(at, row) ?? [0, -1];
      return Array.from({ length: to - from + 1 }, (_, ahead) => this.cellAt(row, from + ahead));
    });
  }

  brushPattern(): Pattern | undefined {
    return this.patterns.value.find((one) => one.id === this.brush.value);
  }

  minutesOf(row: number): number {
    return minutesIn(this.rows.value.get(row) ?? NOTHING);
  }
}
