// One visitor's talk, live: what is known of it, and what the visitor does.
import { type Answer, call } from "../lib/http";
import { Outbox, type Word } from "../lib/outbox";
import { besidePage, Line, type LineState } from "../lib/socket";
import type { QueueFrame, TalkFrame, TalkMessage, TalkState, TypingFrame } from "../protocol";
import { applyMessage, applyQueue, applyState, applyTalk, goesOn, misses } from "./store";
import { words } from "./words";

/** Addresses of this program's pages, as the server wrote them into the page. */
export interface Settings {
  program: string;
  page: string;
  state: string;
  messages: string;
  end: string;
  telephone: string;
  survey: string;
}

const TYPING_TOLD_MS = 3000;
const TYPING_SHOWN_MS = 5000;
const ASK_WHILE_LOST_MS = 10_000;

/** What the screen shows. Replaced as a whole, never changed in place. */
export interface Shown {
  readonly state: TalkState;
  readonly words: readonly Word[];
  readonly line: LineState;
  readonly typing: boolean;
  /** Why words wait, when it is not the line. */
  readonly slowed: string;
  readonly draft: string;
}

export class Talk {
  shown: Shown;
  /** Called whenever there is something else to show. */
  redraw: () => void = () => undefined;
  private readonly outbox: Outbox<TalkMessage>;
  /** None in a preview, in which nothing happens. */
  private readonly socket: Line | undefined;
  private toldTyping = Number.NEGATIVE_INFINITY;
  private stopTyping: ReturnType<typeof setTimeout> | undefined;
  private readonly asking: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly settings: Settings,
    first: TalkState,
    draft = "",
    inert = false,
  ) {
    this.shown = { state: first, words: [], line: inert ? "open" : "opening", typing: false, slowed: "", draft };
    this.outbox = new Outbox<TalkMessage>({
      send: (word) => this.deliver(word),
      changed: (words) => this.show({ words }),
      taken: (message) => this.taken(message),
    });
    if (inert) return;
    this.socket = new Line({
      url: besidePage(`/ws/talk/${settings.program}`),
      opened: () => this.watch(),
      frame: (frame) => this.hear(frame),
      changed: (state) => this.lineIs(state),
    });
    // Where sockets are blocked the talk still moves, if slowly.
    this.asking = setInterval(() => this.shown.line !== "open" && void this.refresh(), ASK_WHILE_LOST_MS);
  }

  say(text: string): void {
    if (!this.socket) return;
    this.show({ draft: "" });
    this.outbox.add(text);
  }

  retry(word: Word): void {
    this.outbox.retry(word.clientId);
  }

  /** A refused word goes back into the field, before what is being written there. */
  rewrite(word: Word): void {
    const text = this.outbox.takeBack(word.clientId);
    if (text) this.show({ draft: [text, this.shown.draft].filter(Boolean).join("\n") });
  }

  /** The visitor writes; told at most every 3 s. */
  writes(text: string): void {
    this.show({ draft: text });
    const now = Date.now();
    if (!text || now - this.toldTyping < TYPING_TOLD_MS) return;
    if (this.socket?.say({ type: "typing" })) this.toldTyping = now;
  }

  /** End the sitting; false when the server could not be reached. */
  async end(): Promise<boolean> {
    if (!this.socket) return true;
    const answer = await call<undefined>("POST", this.settings.end);
    await this.refresh();
    return answer.ok || !goesOn(this.shown.state);
  }

  /** Nothing more is told or heard. */
  close(): void {
    clearInterval(this.asking);
    this.outbox.close();
    this.socket?.close();
  }

  private show(changes: Partial<Shown>): void {
    this.shown = { ...this.shown, ...changes };
    this.redraw();
  }

  private async deliver(word: Word): Promise<Answer<TalkMessage>> {
    const body = { client_id: word.clientId, text: word.text };
    const answer = await call<TalkMessage>("POST", this.settings.messages, body);
    this.show({ slowed: !answer.ok && answer.status === 429 ? answer.message : "" });
    if (!answer.ok && answer.code === "no_session") void this.refresh();
    return !answer.ok && answer.status === 403 ? { ...answer, message: words.outOfDate } : answer;
  }

  private taken(message: TalkMessage): void {
    this.show({ state: applyMessage(this.shown.state, message) });
  }

  private watch(): void {
    this.socket?.say({ type: "watch", after: this.shown.state.upto });
    this.outbox.wake();
  }

  private hear(frame: { type: string }): void {
    if (frame.type === "talk") this.hearTalk(frame as TalkFrame);
    else if (frame.type === "queue") this.show({ state: applyQueue(this.shown.state, frame as QueueFrame) });
    else if (frame.type === "typing") this.hearTyping(frame as TypingFrame);
  }

  private hearTalk(frame: TalkFrame): void {
    const before = this.shown.state;
    if (frame.session !== before.session) void this.refresh();
    else if (misses(before, frame)) this.watch();
    else this.apply(frame);
  }

  private apply(frame: TalkFrame): void {
    const answered = frame.events.some((event) => event.message?.author === "counselor");
    this.show({ state: applyTalk(this.shown.state, frame), typing: this.shown.typing && !answered });
    for (const event of frame.events) {
      if (event.message?.client_id) this.outbox.confirm(event.message.client_id);
    }
  }

  private hearTyping(frame: TypingFrame): void {
    if (frame.who !== "counselor") return;
    this.show({ typing: true });
    clearTimeout(this.stopTyping);
    this.stopTyping = setTimeout(() => this.show({ typing: false }), TYPING_SHOWN_MS);
  }

  private lineIs(state: LineState): void {
    this.show({ line: state, typing: false });
    // The socket knows no sitting of ours any more.
    if (state === "signed_out") void this.refresh();
  }

  /** Ask for the whole talk. Where there is none any more, the page says what there is instead. */
  private async refresh(): Promise<void> {
    const answer = await call<TalkState>("GET", this.settings.state);
    if (answer.ok) this.show({ state: applyState(this.shown.state, answer.value) });
    else if (answer.status === 404) location.replace(this.settings.page);
  }
}
