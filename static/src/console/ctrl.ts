// What the console holds and how frames change it. What people do is in acts.ts; what they see is in view/.
import { computed, signal } from "@preact/signals";
import type { Failure } from "../lib/http";
import { besidePage, Line, type LineOptions, type LineState } from "../lib/socket";
import { serverNow, setClock } from "../lib/time";
import type { Board, BoardFrame, DeniedFrame, SessionFrame, SessionState, SessionView, TypingFrame } from "../protocol";
import { Attention } from "./attention";
import { now } from "./clock";
import { activeId, arrive, type Desk, emptyDesk, leave, open } from "./desk";
import { isDutyStale } from "./duty";
import type { Attribute, CannedReply, EarlierSession, First, Me, ProfileLabels } from "./interfaces";
import { LoginClock } from "./login";
import { api } from "./network";
import { Notices, whyGone } from "./notices";
import { readNotes } from "./shiftacts";
import { ShiftDesk } from "./shiftdesk";
import { applyBoard, isBehind, isForeign, isMine, offersTo, queueOf } from "./store";
import { Talk } from "./talk";
import { OpenWindow } from "./windows";
import { t } from "./words";

export type Place = "queue" | "talk" | "panel";
type Frame = SessionFrame | BoardFrame | TypingFrame | DeniedFrame;
type How = "first" | "claimed" | "aside" | "handed";

const TYPING_LIFE_MS = 6000;

/** The program where I have somebody, else where most wait. */
function programToStart({ sessions, boards }: First): number {
  const busiest = [...boards].sort((a, b) => queueOf(b).length - queueOf(a).length)[0];
  return sessions[0]?.header.program ?? busiest?.program ?? 0;
}

export class Console {
  readonly me = signal<Me>({} as Me);
  readonly boards = signal<ReadonlyMap<number, Board>>(new Map());
  readonly talks = signal<ReadonlyMap<number, Talk>>(new Map());
  readonly program = signal(0);
  readonly desk = signal<Desk>(emptyDesk);
  readonly place = signal<Place>("queue");
  readonly line = signal<LineState>("opening");
  readonly notices = new Notices();
  readonly status = signal("");
  readonly window = new OpenWindow();
  readonly dialog = this.window.top;
  /** The talk over whose field the canned replies are open. */
  readonly picking = signal<number | null>(null);
  readonly canned = signal<ReadonlyMap<number, CannedReply[]>>(new Map());
  /** Earlier sessions by visitor, and the one being read. */
  readonly earlier = signal<ReadonlyMap<number, EarlierSession[]>>(new Map());
  readonly reading = signal<SessionState | null>(null);
  readonly attributes: Record<number, Attribute[]>;
  readonly profileLabels: ProfileLabels;
  /** The talk a person asked to write in: its field takes the keyboard once it is drawn. */
  readonly focusWish = signal<number | null>(null);
  readonly login = new LoginClock();
  readonly shift = new ShiftDesk(() => this.me.value);
  /** Sessions I give away myself: no need to explain why they leave. */
  readonly leaving = new Set<number>();

  readonly board = computed(() => this.boards.value.get(this.program.value));
  readonly offers = computed(() => offersTo(this.boards.value.values(), this.me.value.id, now.value));
  readonly active = computed(() => this.talks.value.get(activeId(this.desk.value) ?? 0));
  readonly count = computed(
    () => [...this.talks.value.values()].reduce((sum, talk) => sum + talk.unread.value, 0) + this.offers.value.length,
  );

  private readonly socket: Line;
  private readonly loading = new Set<number>();
  readonly attention = new Attention(() => this.me.value);
  private catchingUp = false;
  private openedBefore = false;

  constructor(first: First, openLine: (options: LineOptions) => Line = (options) => new Line(options)) {
    this.learn(first.me);
    this.profileLabels = first.profile_labels;
    this.attributes = first.attributes;
    this.boards.value = new Map(first.boards.map((board) => [board.program, board]));
    this.program.value = programToStart(first);
    for (const state of first.sessions) this.add(state, "first");
    if (first.sessions.length) this.place.value = "talk";
    this.attention.begin(first.boards);
    this.shift.tellEndings();
    this.socket = openLine({
      url: besidePage("/ws/staff"),
      opened: () => this.opened(),
      frame: (frame) => this.take(frame as Frame),
      changed: (state) => {
        this.line.value = state;
      },
      heard: setClock,
    });
  }

  say(frame: object): boolean {
    return this.socket.say(frame);
  }

  /** Take a session in, or its state anew. */
  add(state: SessionState, how: How): Talk {
    const { id } = state.header;
    const known = this.talks.value.get(id);
    if (known) known.replace(state);
    const talk = known ?? this.hold(state);
    if (how === "claimed") this.desk.value = open(this.desk.value, id);
    else this.desk.value = arrive(this.desk.value, id);
    if (how === "handed" && !known) this.attention.alert("handed");
    this.reconcile(talk);
    return talk;
  }

  notice(text: string): void {
    this.notices.add(text);
  }

  /** Who I am, as the server tells it now. */
  learn(me: Me): void {
    this.me.value = me;
    this.login.learn(me.login);
  }

  /** The newest face of a session I hold, or see on a board. */
  faceOf(id: number): SessionView | undefined {
    const views = [...this.boards.value.values()].flatMap((board) => board.sessions);
    return this.talks.value.get(id)?.header ?? views.find((one) => one.id === id);
  }

  /** A request failed: when nobody is signed in, everything rests until somebody is. */
  failed(failure: Failure): Failure {
    if (failure.code === "signed_out") this.socket.signOut();
    if (failure.code === "not_on_duty") void this.catchUp();
    return failure;
  }

  /** Look whether somebody signed in again; another person gets a page of their own. */
  async resume(): Promise<void> {
    const answer = await api.me();
    if (!answer.ok) return;
    if (answer.value.id !== this.me.value.id) location.reload();
    else {
      this.learn(answer.value);
      this.socket.resume();
    }
  }

  private hold(state: SessionState): Talk {
    const talk = new Talk(state, {
      signedOut: (failure) => void this.failed(failure),
      typing: (session) => void this.say({ type: "typing", session }),
    });
    this.talks.value = new Map(this.talks.value).set(talk.id, talk);
    this.watch(talk);
    return talk;
  }

  private watch(talk: Talk): void {
    this.socket?.say({ type: "watch", topic: "session", id: talk.id, after: talk.server.peek().upto });
  }

  private watchBoard(program: number, serial: number | null): void {
    this.say({ type: "watch", topic: "board", id: program, serial });
  }

  private opened(): void {
    for (const board of this.boards.value.values()) this.watchBoard(board.program, board.serial);
    for (const talk of this.talks.value.values()) {
      this.watch(talk);
      talk.wake();
    }
    for (const board of this.boards.value.values()) this.compare(board);
    if (!this.openedBefore) void this.lookForDrafts();
    this.openedBefore = true;
  }

  /** What was typed just before a reload may have reached the server after this page was made. */
  private async lookForDrafts(): Promise<void> {
    for (const talk of this.talks.peek().values()) {
      const answer = await api.session(talk.id);
      if (answer.ok) talk.adopt(answer.value.draft);
    }
  }

  private take(frame: Frame): void {
    if (frame.type === "session") this.takeSession(frame);
    else if (frame.type === "board") this.takeBoard(frame);
    else if (frame.type === "denied") this.deny(frame);
    else if (frame.type === "typing" && frame.who === "visitor") {
      const talk = this.talks.value.get(frame.session);
      if (talk) talk.typingUntil.value = serverNow() + TYPING_LIFE_MS;
    }
  }

  private takeSession(frame: SessionFrame): void {
    const talk = this.talks.value.get(frame.session);
    if (!talk) return;
    if (isBehind(talk.server.value, frame)) {
      this.watch(talk);
      return;
    }
    const news = talk.take(frame);
    if (news.some((event) => event.kind === "message.received") && !this.isBeingRead(talk))
      this.attention.alert("message");
    if (news.some((event) => event.kind === "session.found") && isMine(talk.header, this.me.value.id))
      this.notice(t.found(talk.header.pseudonym));
    this.reconcile(talk);
  }

  private takeBoard(frame: BoardFrame): void {
    const board = this.boards.value.get(frame.program);
    if (!board) return;
    if (isForeign(board, frame)) {
      this.watchBoard(board.program, null);
      return;
    }
    const next = applyBoard(board, frame);
    this.boards.value = new Map(this.boards.value).set(board.program, next);
    this.compare(next);
    this.attention.look(this.boards.value.values());
    if (isDutyStale(this.me.value, next)) void this.catchUp();
    if (next.last_note !== board.last_note) void readNotes(this, next.program);
  }

  /** What the board says is mine and what I hold must come to the same. */
  private compare(board: Board): void {
    for (const view of board.sessions) {
      const talk = this.talks.value.get(view.id);
      if (!talk && isMine(view, this.me.value.id)) void this.load(view.id);
      // The board may be older than what I hold, never the other way round: only a newer face counts.
      else if (talk && view.version > talk.header.version && !isMine(view, this.me.value.id))
        this.drop(talk, view.state);
    }
  }

  /** My duty or my part in a program was changed elsewhere. */
  private async catchUp(): Promise<void> {
    if (this.catchingUp) return;
    this.catchingUp = true;
    const answer = await api.me();
    this.catchingUp = false;
    if (answer.ok) this.learn(answer.value);
    else this.failed(answer);
  }

  private async load(id: number): Promise<void> {
    if (this.loading.has(id)) return;
    this.loading.add(id);
    const answer = await api.session(id);
    this.loading.delete(id);
    if (!answer.ok) this.failed(answer);
    else if (isMine(answer.value.header, this.me.value.id)) this.add(answer.value, "handed");
  }

  private deny(frame: DeniedFrame): void {
    const talk = this.talks.value.get(frame.id);
    if (frame.topic === "session" && talk) this.drop(talk, "");
    if (frame.topic === "board") this.closeBoard(frame.id);
  }

  private closeBoard(program: number): void {
    const boards = new Map(this.boards.value);
    if (!boards.delete(program)) return;
    this.boards.value = boards;
    if (this.program.value === program) this.program.value = boards.keys().next().value ?? 0;
    for (const talk of this.talks.value.values()) if (talk.header.program === program) this.drop(talk, "");
    this.shift.forget(program);
    this.notices.forgetWords(program);
    const name = this.me.value.programs.find((one) => one.id === program)?.name;
    if (name) this.notice(t.leftProgram(name));
    void this.catchUp();
  }

  private reconcile(talk: Talk): void {
    if (!isMine(talk.header, this.me.value.id)) this.drop(talk, talk.header.state);
  }

  /** The session is no longer mine: its words go from the screen and from memory, and the reason is said. */
  private drop(talk: Talk, state: string): void {
    const talks = new Map(this.talks.value);
    if (!talks.delete(talk.id)) return;
    this.window.closeFor(talk.id);
    if (this.reading.value?.header.visitor === talk.header.visitor) this.reading.value = null;
    this.talks.value = talks;
    this.desk.value = leave(this.desk.value, talk.id, [...talks.keys()]);
    this.say({ type: "unwatch", topic: "session", id: talk.id });
    if (!this.leaving.delete(talk.id)) {
      const why = whyGone(talk, state, this.faceOf(talk.id), this.me.value.id);
      this.notices.add(why, talk.header.program, talk.typed);
    }
    talk.forget();
  }

  private isBeingRead(talk: Talk): boolean {
    return document.visibilityState === "visible" && this.active.value === talk;
  }
}
