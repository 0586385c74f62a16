// One session in hand: what the server says, what is on its way, what is being written. Bound to its id for ever.
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Failure } from "../lib/http";
import { Outbox, type Word } from "../lib/outbox";
import type { MessageView, NoteView, SessionFrame, SessionState } from "../protocol";
import { DraftSaver } from "./draft";
import { AgencyFinder } from "./finder";
import { api } from "./network";
import { applySession, lastSeq, putMessage, putNote, unreadIn } from "./store";

const READ_PAUSE_MS = 400;
const TYPING_PAUSE_MS = 4000;

export interface TalkOptions {
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
  /** Until when (ms) the visitor is shown as writing. */
  readonly typingUntil = signal(0);
  readonly read: Signal<number>;
  readonly unread: ReadonlySignal<number>;
  readonly finder: AgencyFinder;
  private readonly outbox: Outbox<MessageView>;
  private readonly notes: Outbox<NoteView>;
  private readonly saver: DraftSaver;
  private readTimer: ReturnType<typeof setTimeout> | undefined;
  private toldTyping = 0;

  constructor(
    state: SessionState,
    private readonly options: TalkOptions,
  ) {
    this.id = state.header.id;
    this.server = signal(state);
    this.draft = signal(state.draft);
    this.read = signal(state.read_seq);
    this.unread = computed(() => unreadIn(this.server.value, this.read.value));
    this.finder = new AgencyFinder(state.header.program, options.signedOut);
    this.saver = new DraftSaver(state.draft, (text, leaving) => api.draft(this.id, text, leaving));
    this.outbox = new Outbox<MessageView>({
      send: (word) => api.reply(this.id, word.clientId, word.text),
      taken: (message) => this.put(putMessage(this.server.value, message)),
      changed: (words) => {
        this.pending.value = words;
      },
      signedOut: options.signedOut,
    });
    this.notes = new Outbox<NoteView>({
      send: (word) => api.note(this.id, word.clientId, word.text),
      taken: (note) => this.put(putNote(this.server.value, note)),
      changed: (words) => {
        this.pendingNotes.value = words;
      },
      signedOut: options.signedOut,
    });
  }

  get header() {
    return this.server.value.header;
  }

  /** Take a frame in. Returns the events that were new. */
  take(frame: SessionFrame) {
    const before = this.server.value;
    this.put(applySession(before, frame));
    const news = frame.events.filter((event) => event.version > before.upto);
    for (const { message, note } of news) {
      if (message?.client_id) this.outbox.confirm(message.client_id);
      if (note) this.notes.confirm(note.client_id);
      if (message?.author === "visitor") this.typingUntil.value = 0;
    }
    return news;
  }

  /** The whole state came anew. What is being written stays. */
  replace(state: SessionState): void {
    if (state.upto >= this.server.value.upto) this.put(state);
    if (state.read_seq > this.read.value) this.read.value = state.read_seq;
  }

  /** The server kept these words: they are shown unless something was written here already. */
  adopt(text: string): void {
    if (this.saver.learn(text)) this.draft.value = text;
  }

  write(text: string): void {
    this.draft.value = text;
    this.saver.change(text);
    const time = Date.now();
    if (text && time - this.toldTyping > TYPING_PAUSE_MS) {
      this.toldTyping = time;
      this.options.typing(this.id);
    }
  }

  send(): void {
    this.outbox.add(this.draft.value);
    this.draft.value = "";
    this.saver.change("");
    void this.saver.flush();
  }

  sendNote(): void {
    this.notes.add(this.noteDraft.value);
    this.noteDraft.value = "";
  }

  retry(clientId: string): void {
    this.outbox.retry(clientId);
    this.notes.retry(clientId);
  }

  /** A refused word goes back into its field, in front of what is there. */
  takeBack(clientId: string): void {
    const text = this.outbox.takeBack(clientId);
    if (text !== undefined) this.write(joined(text, this.draft.value));
    const note = this.notes.takeBack(clientId);
    if (note !== undefined) this.noteDraft.value = joined(note, this.noteDraft.value);
  }

  /** The person has the end of the talk before their eyes. */
  seen(): void {
    const last = lastSeq(this.server.value);
    if (last <= this.read.value) return;
    this.read.value = last;
    clearTimeout(this.readTimer);
    this.readTimer = setTimeout(() => void api.read(this.id, last), READ_PAUSE_MS);
  }

  /** The line is back. */
  wake(): void {
    this.outbox.wake();
    this.notes.wake();
    void this.saver.flush();
  }

  /** The page may be gone in a moment. */
  leavePage(): void {
    void this.saver.flush(true);
  }

  /** How many words have not reached the server. */
  get unsentCount(): number {
    return this.pending.value.length + this.pendingNotes.value.length;
  }

  /** All that was typed here and reached nobody. */
  get typed(): string {
    const words = [...this.pending.value, ...this.pendingNotes.value].map((word) => word.text);
    return [...words, this.draft.value, this.noteDraft.value].filter((text) => text.trim()).join("\n\n");
  }

  /** This talk may no longer be seen: forget every word of it. */
  forget(): void {
    this.outbox.close();
    this.notes.close();
    this.saver.stop();
    this.finder.forget();
    clearTimeout(this.readTimer);
    this.draft.value = "";
    this.noteDraft.value = "";
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
