// What the console holds and how frames change it. What people do is in acts.ts; what they see is in view/.
import { computed, signal } from "@preact/signals";
import { serverNow } from "../lib/time";
import type {
  Board,
  DeniedFrame,
  SessionFrame,
  SessionState,
  SessionView,
  TypingFrame,
  WatchingFrame,
} from "../protocol";
import { Attention } from "../staff/attention";
import { isMine, offersTo, queueOf } from "../staff/board";
import { now } from "../staff/clock";
import type { ProfileLabels } from "../staff/me";
import { type Frame, type OpenLine, Station } from "../staff/station";
import { callsOf } from "./attention";
import { activeId, arrive, type Desk, emptyDesk, leave, open } from "./desk";
import { isDutyStale } from "./duty";
import { takenOver, whyGone } from "./gone";
import type { CannedReply, EarlierSession, First } from "./interfaces";
import { api } from "./network";
import { readNotes } from "./shiftacts";
import { ShiftDesk } from "./shiftdesk";
import { isBehind } from "./store";
import { type Along, Talk } from "./talk";
import { ConsoleWindow } from "./windows";
import { t } from "./words";

export type Place = "queue" | "talk" | "panel";
type How = "first" | "claimed" | "aside" | "handed";

const TYPING_LIFE_MS = 6000;
const LIVE = ["waiting", "active", "held", "wrap_up"];

/** The program where I have somebody, else where most wait. */
function programToStart({ sessions, boards }: First): number {
  const busiest = [...boards].sort((a, b) => queueOf(b).length - queueOf(a).length)[0];
  return sessions[0]?.header.program ?? busiest?.program ?? 0;
}

export class Console extends Station {
  readonly window = new ConsoleWindow();
  readonly talks = signal<ReadonlyMap<number, Talk>>(new Map());
  readonly program = signal(0);
  readonly desk = signal<Desk>(emptyDesk);
  readonly place = signal<Place>("queue");
  readonly dialog = this.window.top;
  /** The talk over whose field the canned replies are open. */
  readonly picking = signal<number | null>(null);
  readonly canned = signal<ReadonlyMap<number, CannedReply[]>>(new Map());
  /** Earlier sessions by visitor, and the one being read. */
  readonly earlier = signal<ReadonlyMap<number, EarlierSession[]>>(new Map());
  readonly reading = signal<SessionState | null>(null);
  readonly agencyKinds: [string, string][];
  readonly profileLabels: ProfileLabels;
  /** The talk a person asked to write in: its field takes the keyboard once it is drawn. */
  readonly focusWish = signal<number | null>(null);
  /** Words that a talk's field takes in at its cursor once it is drawn. */
  readonly insertion = signal<{ talk: number; text: string } | null>(null);
  readonly shift = new ShiftDesk(() => this.me.value);
  /** Sessions I give away myself: no need to explain why they leave. */
  readonly leaving = new Set<number>();

  readonly board = computed(() => this.boards.value.get(this.program.value));
  readonly offers = computed(() => offersTo(this.boards.value.values(), this.me.value.id, now.value));
  readonly active = computed(() => this.talks.value.get(activeId(this.desk.value) ?? 0));
  readonly count = computed(
    () => [...this.talks.value.values()].reduce((sum, talk) => sum + talk.unread.value, 0) + this.offers.value.length,
  );

  private readonly loading = new Set<number>();
  readonly attention = new Attention(
    (boards) => callsOf(boards, this.me.value),
    () => this.me.value,
  );
  private openedBefore = false;

  constructor(first: First, openLine?: OpenLine) {
    super(first);
    this.agencyKinds = first.agency_kinds;
    this.profileLabels = first.profile_labels;
    this.program.value = programToStart(first);
    for (const state of first.sessions) this.add(state, "first");
    if (first.sessions.length) this.place.value = "talk";
    this.attention.begin(first.boards);
    this.shift.tellEndings();
    this.openLine(openLine);
  }

  /** Take a session in, or its state anew; `along`: somebody else's, which I read along. */
  add(state: SessionState, how: How, along?: Along): Talk {
    const { id } = state.header;
    const known = this.talks.value.get(id);
    if (known) known.replace(state);
    const talk = known ?? this.hold(state);
    if (along) talk.along.value = along;
    if (how === "claimed") this.desk.value = open(this.desk.value, id);
    else this.desk.value = arrive(this.desk.value, id);
    if (how === "handed" && !known) this.attention.alert("handed");
    this.reconcile(talk);
    return talk;
  }

  /** The newest face of a session I hold, or see on a board. */
  faceOf(id: number): SessionView | undefined {
    const views = [...this.boards.value.values()].flatMap((board) => board.sessions);
    return this.talks.value.get(id)?.header ?? views.find((one) => one.id === id);
  }

  /** Who waits there, in order. Whom I have taken waits no more, though the board may hear of it a moment later. */
  waitingOn(board: Board): SessionView[] {
    return queueOf(board).filter((one) => !this.talks.value.get(one.id)?.mine);
  }

  private hold(state: SessionState): Talk {
    const talk = new Talk(state, {
      me: () => this.me.value.id,
      signedOut: (failure) => void this.failed(failure),
      typing: (session) => void this.say({ type: "typing", session }),
    });
    this.talks.value = new Map(this.talks.value).set(talk.id, talk);
    this.watch(talk);
    return talk;
  }

  private watch(talk: Talk): void {
    this.say({ type: "watch", topic: "session", id: talk.id, after: talk.server.peek().upto });
  }

  protected override opened(): void {
    super.opened();
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

  protected override take(frame: Frame): void {
    if (frame.type === "session") this.takeSession(frame);
    else if (frame.type === "typing") this.takeTyping(frame);
    else if (frame.type === "watching") this.takeWatching(frame);
    else if (frame.type === "denied" && frame.topic === "session") this.deny(frame);
    else super.take(frame);
  }

  private takeTyping(frame: TypingFrame): void {
    const talk = frame.who === "visitor" && this.talks.value.get(frame.session);
    if (talk) talk.typingUntil.value = serverNow() + TYPING_LIFE_MS;
  }

  private takeWatching({ session, who }: WatchingFrame): void {
    const talk = this.talks.value.get(session);
    if (talk) talk.watchers.value = who;
  }

  private takeSession(frame: SessionFrame): void {
    const talk = this.talks.value.get(frame.session);
    if (!talk) return;
    if (isBehind(talk.server.value, frame)) {
      this.watch(talk);
      return;
    }
    const news = talk.take(frame);
    const me = this.me.value.id;
    if (talk.mine && news.some((event) => event.kind === "message.received") && !this.isBeingRead(talk))
      this.attention.alert("message");
    if (news.some((event) => event.whisper && event.whisper.by.id !== me)) this.attention.alert("whisper");
    if (talk.mine && news.some((event) => event.kind === "call.answered")) this.attention.alert("whisper");
    if (news.some((event) => event.kind === "session.found") && talk.mine) this.notice(t.found(talk.header.pseudonym));
    this.reconcile(talk);
  }

  protected boardChanged(board: Board, before: Board): void {
    this.compare(board);
    this.attention.look(this.boards.value.values());
    if (isDutyStale(this.me.value, board)) void this.catchUp();
    if (board.last_note !== before.last_note) void readNotes(this, board.program);
  }

  /** What the board says is mine and what I hold must come to the same. */
  private compare(board: Board): void {
    for (const view of board.sessions) {
      const talk = this.talks.value.get(view.id);
      if (!talk && isMine(view, this.me.value.id)) void this.load(view.id);
      // The board may be older than what I hold, never the other way round: only a newer face counts.
      else if (talk && view.version > talk.header.version && !this.keeps(talk, view)) this.drop(talk, view.state);
      else if (!talk && view.taken_from === this.me.value.id)
        this.notices.reword(`gone ${view.id}`, takenOver(view, this.me.value.id));
    }
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
    if (talk) this.drop(talk, "");
  }

  protected boardOpened(board: Board): void {
    if (!this.board.peek()) this.program.value = board.program;
    this.attention.begin([board]);
    this.compare(board);
    void readNotes(this, board.program);
  }

  protected boardClosed(program: number): void {
    if (this.program.value === program) this.program.value = this.boards.value.keys().next().value ?? 0;
    for (const talk of this.talks.value.values()) if (talk.header.program === program) this.drop(talk, "");
    this.shift.forget(program);
    this.canned.value = new Map([...this.canned.value].filter(([one]) => one !== program));
  }

  private reconcile(talk: Talk): void {
    if (!this.keeps(talk, talk.header)) this.drop(talk, talk.header.state);
  }

  /** Whether a talk belongs on this desk: mine, or one I read along as long as it goes on. */
  private keeps(talk: Talk, view: SessionView): boolean {
    return isMine(view, this.me.value.id) || (talk.along.value !== null && LIVE.includes(view.state));
  }

  /** I read along no longer. */
  letGo(talk: Talk): void {
    this.leaving.add(talk.id);
    this.drop(talk, "");
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
      this.notices.add(why, talk.header.program, talk.typed, `gone ${talk.id}`);
    }
    talk.forget();
  }

  private isBeingRead(talk: Talk): boolean {
    return document.visibilityState === "visible" && this.active.value === talk;
  }
}
