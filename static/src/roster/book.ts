// The shifts of the page: the server's, the edits on their way, and the history from which deeds are taken back.
import { signal } from "@preact/signals";
import type { Answer, Failure } from "../lib/http";
import type { Change, Roster, RosterChange, Shift } from "./interfaces";
import type { Range } from "./layout";
import { alike, type Edit, inverse, keyOf, type Lost, overlay, requestsOf, type Shifts, shiftOf } from "./ledger";
import { api } from "./network";
import { Sending } from "./sending";
import { t } from "./words";

export interface Refusal {
  /** What was to be, or what was to go. */
  shift: Shift;
  why: string;
}

interface Deed {
  step: number;
  what: string;
  changes: readonly Change[];
}

export interface BookOptions {
  program: number;
  view(): Range;
  /** What follows from a change: patterns, required lines, warnings. */
  follows(change: RosterChange): void;
  /** `stale`: somebody else planned meanwhile, so what is shown is not what is there. */
  refused(refusals: readonly Refusal[], stale: boolean): void;
}

export class Book {
  /** As the person sees them. */
  readonly shifts = signal<Shifts>(new Map());
  readonly owed = signal(0);
  readonly stuck = signal<Failure | undefined>(undefined);
  readonly deeds = signal<readonly Deed[]>([]);
  readonly sending: Sending;
  private base = new Map<number, Shift>();
  // A key outlives its id: a shift that is made again by undoing has a new one.
  private ids = new Map<number, number>();
  private keys = new Map<number, number>();
  private lastKey = 0;
  private lastEdit = 0;

  constructor(private readonly options: BookOptions) {
    this.sending = new Sending({
      send: (edit, again) => this.send(edit, again),
      changed: (edits) => {
        this.shifts.value = overlay(this.base, edits);
        this.owed.value = edits.length;
      },
      taken: (value, edit) => this.taken(value as RosterChange, edit),
      refused: (failure, lost) => this.refused(failure, lost),
      stuck: (failure) => {
        this.stuck.value = failure;
      },
    });
  }

  readonly newKey = (): number => {
    this.lastKey -= 1;
    return this.lastKey;
  };

  /** Take over what the server holds for the days one looks at; edits on their way stay on top. */
  load(roster: Roster): void {
    this.base = new Map();
    for (const view of roster.shifts) this.put(view);
    this.shifts.value = overlay(this.base, this.sending.edits);
  }

  /** Do something: seen at once, sent in order, kept to be taken back. */
  perform(what: string, changes: readonly Change[]): void {
    if (!changes.length) return;
    const step = this.enqueue(changes);
    this.deeds.value = [...this.deeds.value, { step, what, changes }];
  }

  /** Take back the last deed; says which, or nothing when there is none. */
  undo(): string | undefined {
    const last = this.deeds.value.at(-1);
    if (!last) return undefined;
    this.deeds.value = this.deeds.value.slice(0, -1);
    this.enqueue(inverse(last.changes));
    return last.what;
  }

  /** Put what the server says into the page. */
  merge(change: RosterChange): void {
    for (const id of change.gone) this.base.delete(this.keyOfId(id));
    for (const view of change.shifts) this.put(view);
    this.shifts.value = overlay(this.base, this.sending.edits);
    this.options.follows(change);
  }

  private enqueue(changes: readonly Change[]): number {
    const step = this.lastEdit + 1;
    const edits = requestsOf(changes).map((part): Edit => {
      this.lastEdit += 1;
      return { id: this.lastEdit, step, changes: part };
    });
    this.sending.add(edits);
    return step;
  }

  private async send(edit: Edit, again: boolean): Promise<Answer<RosterChange>> {
    const { program } = this.options;
    const view = this.options.view();
    const [first] = edit.changes as [Change];
    if (!first.before) {
      const made = again ? await this.madeAlready(edit) : undefined;
      return (
        made ??
        api.make(
          program,
          view,
          edit.changes.map((change) => change.after as Shift),
        )
      );
    }
    const id = this.ids.get(first.before.key) ?? first.before.key;
    if (first.after) return api.change(id, view, first.after);
    const answer = await api.remove(id, view);
    // The answer to the first try was lost: it is gone, as was wished.
    if (again && !answer.ok && answer.status === 404) return { ok: true, status: 204, value: undefined as never };
    return answer;
  }

  /** After a lost answer: whether the server has made these shifts nevertheless. */
  private async madeAlready(edit: Edit): Promise<Answer<RosterChange> | undefined> {
    const wanted = edit.changes.map((change) => change.after as Shift);
    const starts = wanted.map((shift) => Math.floor(shift.start / 1440));
    const from = Math.min(...starts);
    const answer = await api.roster(this.options.program, { from, days: Math.max(...starts) - from + 1 });
    if (!answer.ok) return answer;
    const free = answer.value.shifts.filter((view) => !this.base.has(this.keyOfId(view.id)));
    const shifts = wanted.map((shift) => {
      const at = free.findIndex((view) => alike(shiftOf(view), shift));
      return at < 0 ? undefined : free.splice(at, 1)[0];
    });
    const found = shifts.filter((view) => view !== undefined);
    // One transaction makes them all or none.
    if (found.length < wanted.length) return undefined;
    return { ok: true, status: 200, value: { ...answer.value, shifts: found, gone: [] } };
  }

  private taken(value: RosterChange | undefined, edit: Edit): void {
    edit.changes.forEach((change, at) => {
      const made = value?.shifts[at];
      if (!change.before && change.after && made) this.name(change.after.key, made.id);
      if (!change.after) this.base.delete(keyOf(change));
    });
    if (value) this.merge(value);
  }

  private refused(failure: Failure, lost: readonly Lost[]): void {
    const never = new Set(lost.map(({ change }) => change));
    const deeds = this.deeds.value.map((deed) => ({ ...deed, changes: deed.changes.filter((one) => !never.has(one)) }));
    this.deeds.value = deeds.filter((deed) => deed.changes.length > 0);
    const why = failure.status === 404 ? t.refusedGone : "";
    const refusals = lost.flatMap(({ change, why: told }): Refusal[] => {
      const shift = change.after ?? change.before;
      return shift ? [{ shift, why: why || told }] : [];
    });
    this.options.refused(refusals, failure.status === 404 || failure.status === 409);
  }

  private name(key: number, id: number): void {
    this.ids.set(key, id);
    this.keys.set(id, key);
    // A reading may have brought it under its id before we knew it was ours.
    this.base.delete(id);
  }

  private keyOfId(id: number): number {
    return this.keys.get(id) ?? id;
  }

  private put(view: Parameters<typeof shiftOf>[0]): void {
    const key = this.keyOfId(view.id);
    this.base.set(key, shiftOf(view, key));
  }
}
