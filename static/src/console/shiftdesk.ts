// What belongs to a shift rather than to one talk: its end, and the notes that shifts leave each other.
import { computed, signal } from "@preact/signals";
import type { DueFollowUps, Handover, HandoverNoteView } from "../protocol";
import { now } from "../staff/clock";
import type { Me } from "../staff/me";
import { endings } from "./duty";

/** What is being written for the next shift; `clientId` names it once it was tried. */
export interface NoteDraft {
  text: string;
  clientId: string;
}

const NOTHING: NoteDraft = { text: "", clientId: "" };

export class ShiftDesk {
  /** By program, newest first. */
  readonly notes = signal<ReadonlyMap<number, HandoverNoteView[]>>(new Map());
  /** By program: how many follow-ups are due. */
  readonly due = signal<ReadonlyMap<number, DueFollowUps | null>>(new Map());
  /** Whether the notes lie on the right side, in the place of the talk's details. */
  readonly shown = signal(false);
  /** Shifts that are about to end, until that was read. */
  readonly endings = computed(() => endings(this.me(), now.value).filter(({ key }) => !this.read.value.has(key)));
  private readonly drafts = signal<ReadonlyMap<number, NoteDraft>>(new Map());
  private readonly read = signal<ReadonlySet<string>>(new Set());
  private readonly told = new Set<string>();

  constructor(private readonly me: () => Me) {}

  markRead(key: string): void {
    this.read.value = new Set(this.read.value).add(key);
  }

  /** True when there is an end that was not told before. */
  tellEndings(): boolean {
    const news = this.endings.value.filter(({ key }) => !this.told.has(key));
    for (const { key } of news) this.told.add(key);
    return news.length > 0;
  }

  /** Notes of colleagues that I have not ticked. */
  unread(program: number): HandoverNoteView[] {
    const { id } = this.me();
    const mine = (note: HandoverNoteView) => note.by.id === id || note.ticks.some((tick) => tick.by.id === id);
    return (this.notes.value.get(program) ?? []).filter((note) => !mine(note));
  }

  take(program: number, told: Handover): void {
    this.put(program, told.notes);
    this.due.value = new Map(this.due.value).set(program, told.follow_ups);
  }

  put(program: number, notes: HandoverNoteView[]): void {
    this.notes.value = new Map(this.notes.value).set(program, notes);
  }

  /** Something is written that was not left yet. */
  get unsent(): boolean {
    return [...this.drafts.peek().values()].some(({ text }) => text.trim() !== "");
  }

  draft(program: number): string {
    return (this.drafts.value.get(program) ?? NOTHING).text;
  }

  /** Other words are another note. */
  write(program: number, text: string): void {
    this.drafts.value = new Map(this.drafts.value).set(program, { text, clientId: "" });
  }

  /** What is to be sent: the same words keep their id however often they are tried. */
  toSend(program: number): NoteDraft {
    const draft = this.drafts.value.get(program) ?? NOTHING;
    const named = draft.clientId ? draft : { ...draft, clientId: crypto.randomUUID() };
    this.drafts.value = new Map(this.drafts.value).set(program, named);
    return named;
  }

  /** The program is no longer mine to see. */
  forget(program: number): void {
    this.notes.value = without(this.notes.value, program);
    this.due.value = without(this.due.value, program);
    this.drafts.value = without(this.drafts.value, program);
  }
}

function without<T>(rows: ReadonlyMap<number, T>, key: number): ReadonlyMap<number, T> {
  return new Map([...rows].filter(([one]) => one !== key));
}
