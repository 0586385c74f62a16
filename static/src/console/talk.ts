// One session in hand: what the server says, what is on its way, what is being written. Bound to its id for ever.
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Answer, Failure } from "../lib/http";
import { Outbox, type Word } from "../lib/outbox";
import type {
  ApproachView,
  MessageView,
  NoteView,
  ProposalView,
  SessionFrame,
  SessionState,
  WhisperView,
} from "../protocol";
import { isMine } from "../staff/board";
import { DraftSaver } from "./draft";
import { AgencyFinder } from "./finder";
import type { Reason } from "./interfaces";
import { api } from "./network";
import { RiskSheet } from "./risk";
import { applySession, lastSeq, putMessage, putNote, putProposal, putWhisper, unreadIn, whispersTo } from "./store";

const READ_PAUSE_MS = 400;
const TYPING_PAUSE_MS = 4000;
/** By which way words go to the visitor: as their counselor, as a trainee, as a supervisor beside. */
type Way = "reply" | "propose" | "stepIn";

/** Somebody else's talk that I read along in: why, and until when (ms). */
export interface Along {
  reason: Reason;
  until: number;
}

export interface TalkOptions {
  /** Who I am. */
  me(): number;
  signedOut(failure: Failure): void;
  /** Tell the visitor that somebody writes. */
  typing(session: number): void;
}

export class Talk {
  readonly id: number;
  readonly server: Signal<SessionState>;
  readonly pending = signal<readonly Word[]>([]);
  readonly pendingNotes = signal<readonly Word[]>([]);
  readonly draft: Signal<string>;
  readonly noteDraft = signal("");
  readonly pendingWhispers = signal<readonly Word[]>([]);
  readonly whisperDraft = signal("");
  /** Whether whispers stand open beside the words. */
  readonly whispering: Signal<boolean>;
  readonly readWhisper: Signal<number>;
  readonly unreadWhispers: ReadonlySignal<number>;
  readonly along = signal<Along | null>(null);
  /** Who else reads along just now, by id. */
  readonly watchers = signal<readonly number[]>([]);
  /** How to answer the visitor, once it was read. */
  readonly approach = signal<ApproachView | null>(null);
  /** A supervisor writes to the visitor here, in a talk that stays somebody else's. */
  readonly stepsIn = signal(false);
  /** Until when (ms) the visitor is shown as writing. */
  readonly typingUntil = signal(0);
  readonly read: Signal<number>;
  readonly unread: ReadonlySignal<number>;
  readonly finder: AgencyFinder;
  readonly risk = new RiskSheet();
  private readonly outbox: Outbox<MessageView | ProposalView>;
  private readonly notes: Outbox<NoteView>;
  private readonly whispers: Outbox<WhisperView>;
  private readonly saver: DraftSaver;
  private readTimer: ReturnType<typeof setTimeout> | undefined;
  private toldTyping = 0;
  private keptRead: string;

  constructor(
    state: SessionState,
    private readonly options: TalkOptions,
  ) {
    this.id = state.header.id;
    this.server = signal(state);
    this.draft = signal(state.draft);
    this.read = signal(state.read_seq);
    this.keptRead = `${state.read_seq} ${state.read_whisper}`;
    this.unread = computed(() => unreadIn(this.server.value, this.read.value));
    this.finder = new AgencyFinder(state.header.program, options.signedOut);
    this.whispering = signal(state.whispers.length > 0);
    this.readWhisper = signal(state.read_whisper);
    this.unreadWhispers = computed(() => whispersTo(options.me(), this.server.value, this.readWhisper.value));
    this.saver = new DraftSaver(state.draft, (text, leaving) => api.draft(this.id, text, leaving));
    this.outbox = this.box<MessageView | ProposalView>(
      ({ way, clientId, text }) => api[way as Way](this.id, clientId, text),
      (before, value) => ("decision" in value ? putProposal(before, value) : putMessage(before, value)),
      this.pending,
    );
    this.notes = this.box<NoteView>(
      ({ clientId, text }) => api.note(this.id, clientId, text),
      putNote,
      this.pendingNotes,
    );
    this.whispers = this.box<WhisperView>(
      ({ clientId, text }) => api.whisper(this.id, clientId, text),
      putWhisper,
      this.pendingWhispers,
    );
  }

  private box<T>(
    send: (word: Word) => Promise<Answer<T>>,
    take: (state: SessionState, value: T) => SessionState,
    words: Signal<readonly Word[]>,
  ): Outbox<T> {
    return new Outbox<T>({
      send,
      taken: (value) => this.put(take(this.server.value, value)),
      changed: (now) => {
        words.value = now;
      },
      signedOut: this.options.signedOut,
    });
  }

  get header() {
    return this.server.value.header;
  }

  /** Whether I have it in hand; else I read along. */
  get mine(): boolean {
    return isMine(this.header, this.options.me());
  }

  /** Take a frame in. Returns the events that were new. */
  take(frame: SessionFrame) {
    const before = this.server.value;
    this.put(applySession(before, frame));
    const news = frame.events.filter((event) => event.version > before.upto);
    for (const { version, kind, message, note, whisper, proposal } of news) {
      if (kind === "risk.changed") this.risk.changedAt.value = version;
      if (message?.client_id) this.outbox.confirm(message.client_id);
      if (proposal) this.outbox.confirm(proposal.client_id);
      if (note) this.notes.confirm(note.client_id);
      if (whisper) this.whispers.confirm(whisper.client_id);
      if (whisper) this.whispering.value = true;
      if (message?.author === "visitor") this.typingUntil.value = 0;
    }
    return news;
  }

  /** The whole state came anew. What is being written stays. */
  replace(state: SessionState): void {
    if (state.upto >= this.server.value.upto) this.put(state);
    if (state.read_seq > this.read.value) this.read.value = state.read_seq;
    if (state.whispers.length) this.whispering.value = true;
  }

  /** The server kept these words: they are shown unless something was written here already. */
  adopt(text: string): void {
    if (this.saver.learn(text)) this.draft.value = text;
  }

  write(text: string): void {
    this.draft.value = text;
    this.saver.change(text);
    const time = Date.now();
    if (text && this.mine && time - this.toldTyping > TYPING_PAUSE_MS) {
      this.toldTyping = time;
      this.options.typing(this.id);
    }
  }

  send(): void {
    const way: Way = !this.mine ? "stepIn" : this.server.value.needs_approval ? "propose" : "reply";
    this.outbox.add(this.draft.value, way);
    this.draft.value = "";
    this.saver.change("");
    void this.saver.flush();
  }

  sendNote(): void {
    this.notes.add(this.noteDraft.value);
    this.noteDraft.value = "";
  }

  whisper(): void {
    this.whispers.add(this.whisperDraft.value);
    this.whisperDraft.value = "";
  }

  retry(clientId: string): void {
    for (const box of this.boxes) box.retry(clientId);
  }

  /** A refused word goes back into its field, in front of what is there. */
  takeBack(clientId: string): void {
    const text = this.outbox.takeBack(clientId);
    if (text !== undefined) this.write(joined(text, this.draft.value));
    const note = this.notes.takeBack(clientId);
    if (note !== undefined) this.noteDraft.value = joined(note, this.noteDraft.value);
    const whisper = this.whispers.takeBack(clientId);
    if (whisper !== undefined) this.whisperDraft.value = joined(whisper, this.whisperDraft.value);
  }

  /** Words that waited come back into the field, in front of what is there. */
  mend(text: string): void {
    this.write(joined(text, this.draft.value));
  }

  /** The person has the end of the talk before their eyes. */
  seen(): void {
    this.read.value = Math.max(this.read.value, lastSeq(this.server.value));
    this.keepRead();
  }

  /** The person has the whispers before their eyes. */
  heard(): void {
    this.readWhisper.value = Math.max(this.readWhisper.value, ...this.server.value.whispers.map((one) => one.id));
    this.keepRead();
  }

  private keepRead(): void {
    const seen = `${this.read.peek()} ${this.readWhisper.peek()}`;
    if (seen === this.keptRead || !this.mine) return;
    this.keptRead = seen;
    clearTimeout(this.readTimer);
    const keep = () => void api.read(this.id, this.read.peek(), this.readWhisper.peek());
    this.readTimer = setTimeout(keep, READ_PAUSE_MS);
  }

  /** The line is back. */
  wake(): void {
    for (const box of this.boxes) box.wake();
    void this.saver.flush();
  }

  /** The page may be gone in a moment. */
  leavePage(): void {
    void this.saver.flush(true);
  }

  /** How many words have not reached the server. */
  get unsentCount(): number {
    return this.words.length;
  }

  private get words(): Word[] {
    return [...this.pending.value, ...this.pendingNotes.value, ...this.pendingWhispers.value];
  }

  private get boxes() {
    return [this.outbox, this.notes, this.whispers];
  }

  /** All that was typed here and reached nobody. */
  get typed(): string {
    const words = this.words.map((word) => word.text);
    const drafts = [this.draft.value, this.noteDraft.value, this.whisperDraft.value, this.risk.word.value];
    return [...words, ...drafts].filter((text) => text.trim()).join("\n\n");
  }

  /** This talk may no longer be seen: forget every word of it. */
  forget(): void {
    for (const box of this.boxes) box.close();
    this.saver.stop();
    this.finder.forget();
    this.risk.forget();
    clearTimeout(this.readTimer);
    for (const draft of [this.draft, this.noteDraft, this.whisperDraft]) draft.value = "";
    this.server.value = {
      ...this.server.value,
      intake: [],
      messages: [],
      notes: [],
      whispers: [],
      summary: "",
      draft: "",
    };
  }

  private put(state: SessionState): void {
    this.server.value = state;
  }
}

function joined(first: string, second: string): string {
  return second ? `${first}\n${second}` : first;
}
