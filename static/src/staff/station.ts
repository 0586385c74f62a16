// A page of staff that lives on one socket: who is here, whether the line is up, and the boards it watches.
import { signal } from "@preact/signals";
import type { Failure } from "../lib/http";
import { besidePage, Line, type LineOptions, type LineState } from "../lib/socket";
import { setClock } from "../lib/time";
import type { Board, BoardFrame, DeniedFrame, SessionFrame, TypingFrame } from "../protocol";
import { applyBoard, isForeign } from "./board";
import { LoginClock } from "./login";
import type { Me } from "./me";
import { own } from "./network";
import { Notices } from "./notices";
import type { OpenWindow } from "./windows";
import { t } from "./words";

export type Frame = SessionFrame | BoardFrame | TypingFrame | DeniedFrame;
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

  constructor(first: { me: Me; boards: Board[] }) {
    this.learn(first.me);
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
      heard: setClock,
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
    this.me.value = me;
    this.login.learn(me.login);
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
    else if (frame.type === "denied" && frame.topic === "board") this.closeBoard(frame.id);
  }

  /** A board is another now. */
  protected abstract boardChanged(board: Board, before: Board): void;

  /** A program is no longer mine to see. */
  protected abstract boardClosed(program: number): void;

  /** My duty or my part in a program was changed elsewhere. */
  protected async catchUp(): Promise<void> {
    if (this.catchingUp) return;
    this.catchingUp = true;
    const answer = await own.me();
    this.catchingUp = false;
    if (answer.ok) this.learn(answer.value);
    else this.failed(answer);
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

  private closeBoard(program: number): void {
    const boards = new Map(this.boards.value);
    if (!boards.delete(program)) return;
    this.boards.value = boards;
    this.boardClosed(program);
    this.notices.forgetWords(program);
    const name = this.me.value.programs.find((one) => one.id === program)?.name;
    if (name) this.notice(t.leftProgram(name));
    void this.catchUp();
  }
}
