// A page of staff that lives on one socket: who is here, whether the line is up, and the boards it watches.
import { signal } from "@preact/signals";
import type { Failure } from "../lib/http";
import { besidePage, Line, type LineOptions, type LineState } from "../lib/socket";
import { setClock } from "../lib/time";
import type {
  Board,
  BoardFrame,
  DeniedFrame,
  HeldRole,
  RolesFrame,
  SessionFrame,
  TypingFrame,
  WatchingFrame,
} from "../protocol";
import { applyBoard, isForeign } from "./board";
import { LoginClock } from "./login";
import { holds, type Me, type Program, partsChanged } from "./me";
import { own } from "./network";
import { Notices } from "./notices";
import type { OpenWindow } from "./windows";
import { t } from "./words";

export type Frame = SessionFrame | BoardFrame | TypingFrame | WatchingFrame | DeniedFrame | RolesFrame;
export type OpenLine = (options: LineOptions) => Line;

/** Nothing went wrong, or what did. */
export type Outcome = Failure | null;

export abstract class Station {
  readonly me = signal<Me>({} as Me);
  readonly boards = signal<ReadonlyMap<number, Board>>(new Map());
  readonly line = signal<LineState>("opening");
  readonly login = new LoginClock();
  readonly notices = new Notices();
  /** What is said to those who listen. */
  readonly status = signal("");
  abstract readonly window: OpenWindow<unknown>;
  private socket: Line | undefined;
  private catchingUp = false;
  private outdated = false;
  /** My roles as the line knows them. */
  private roles: HeldRole[] | undefined;
  private readonly opening = new Set<number>();

  constructor(first: { me: Me; boards: Board[] }) {
    this.me.value = first.me;
    this.login.learn(first.me.login);
    this.boards.value = new Map(first.boards.map((board) => [board.program, board]));
  }

  /** Open the line: the last thing its page does when it begins. */
  protected openLine(open: OpenLine = (options) => new Line(options)): void {
    this.socket = open({
      url: besidePage("/ws/staff"),
      opened: () => this.opened(),
      frame: (frame) => this.take(frame as Frame),
      changed: (state) => {
        this.line.value = state;
      },
      heard: (at, asked) => {
        setClock(at, asked);
        this.keepUp();
      },
    });
  }

  say(frame: object): boolean {
    return this.socket?.say(frame) === true;
  }

  notice(text: string): void {
    this.notices.add(text);
  }

  /** Who I am, as the server tells it now. */
  learn(me: Me): void {
    const changed = partsChanged(this.me.value, me);
    this.me.value = me;
    this.login.learn(me.login);
    const watched = new Set(me.programs.filter((one) => this.watches(one)).map((one) => one.id));
    for (const program of this.boards.value.keys()) if (!watched.has(program)) this.closeBoard(program);
    for (const { part, id, name } of changed) this.notices.add(t.partChanged[part](name), id, "", `part ${id}`);
    this.openBoards();
  }

  /** A request failed: when nobody is signed in, everything rests until somebody is. */
  failed(failure: Failure): Failure {
    if (failure.code === "signed_out") this.socket?.signOut();
    if (failure.code === "not_on_duty") void this.catchUp();
    return failure;
  }

  /** Look whether somebody signed in again; another person gets a page of their own. */
  async resume(): Promise<void> {
    const answer = await own.me();
    if (!answer.ok) return;
    if (answer.value.id !== this.me.value.id) location.reload();
    else {
      this.learn(answer.value);
      this.socket?.resume();
    }
  }

  /** The line is open: say what to watch. */
  protected opened(): void {
    for (const board of this.boards.value.values()) this.watchBoard(board.program, board.serial);
  }

  protected take(frame: Frame): void {
    if (frame.type === "board") this.takeBoard(frame);
    else if (frame.type === "roles") this.takeRoles(frame.held);
    else if (frame.type === "denied" && frame.topic === "board" && this.closeBoard(frame.id)) void this.catchUp();
  }

  /** Whether a program's board belongs on this page. */
  protected watches(program: Program): boolean {
    return program.rights.includes("watch_board");
  }

  /** A program is mine to see from now on. */
  protected abstract boardOpened(board: Board): void;

  /** A board is another now. */
  protected abstract boardChanged(board: Board, before: Board): void;

  /** A program is no longer mine to see. */
  protected abstract boardClosed(program: number): void;

  /** My duty or my part in a program was changed elsewhere. */
  protected async catchUp(): Promise<void> {
    if (this.catchingUp) return;
    this.catchingUp = true;
    do {
      this.outdated = false;
      const answer = await own.me();
      if (answer.ok) this.learn(answer.value);
      else this.failed(answer);
    } while (this.outdated);
    this.catchingUp = false;
  }

  private takeRoles(held: HeldRole[]): void {
    this.roles = held;
    if (holds(this.me.value, held)) return;
    // The answer under way may be older than this.
    this.outdated = true;
    void this.catchUp();
  }

  /** What did not come through the first time is asked for again, with every pong. */
  private keepUp(): void {
    if (this.catchingUp) return;
    if (this.roles && !holds(this.me.value, this.roles)) void this.catchUp();
    else this.openBoards();
  }

  private openBoards(): void {
    for (const program of this.me.value.programs)
      if (this.watches(program) && !this.boards.value.has(program.id)) void this.openBoard(program.id);
  }

  private async openBoard(id: number): Promise<void> {
    if (this.opening.has(id)) return;
    this.opening.add(id);
    const answer = await own.board(id);
    this.opening.delete(id);
    if (!answer.ok) this.failed(answer);
    else if (this.me.value.programs.some((one) => one.id === id && this.watches(one))) {
      this.boards.value = new Map(this.boards.value).set(id, answer.value);
      this.watchBoard(id, answer.value.serial);
      this.boardOpened(answer.value);
    }
  }

  private watchBoard(program: number, serial: number | null): void {
    this.say({ type: "watch", topic: "board", id: program, serial });
  }

  private takeBoard(frame: BoardFrame): void {
    const before = this.boards.value.get(frame.program);
    if (!before) return;
    if (isForeign(before, frame)) {
      this.watchBoard(before.program, null);
      return;
    }
    const board = applyBoard(before, frame);
    this.boards.value = new Map(this.boards.value).set(board.program, board);
    this.boardChanged(board, before);
  }

  /** The program goes from the screen. False when it was not there. */
  private closeBoard(program: number): boolean {
    const boards = new Map(this.boards.value);
    if (!boards.delete(program)) return false;
    this.boards.value = boards;
    this.boardClosed(program);
    this.notices.forgetWords(program);
    return true;
  }
}
