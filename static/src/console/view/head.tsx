// The head: which program, whether it receives, who waits, my duty, and whether the line is up.
import type { Board } from "../../protocol";
import { maySteer, mayWork } from "../../staff/me";
import { LineMark } from "../../staff/view/bars";
import { amberAfter, programOf } from "../../staff/view/context";
import { Drop } from "../../staff/view/drop";
import { Elapsed, PracticeMark } from "../../staff/view/marks";
import { t } from "../words";
import { useConsole } from "./context";
import { Duty } from "./duty";
import { ReceptionState } from "./reception";
import { NotesButton } from "./shiftnotes";

export function Head() {
  const console = useConsole();
  const board = console.board.value;
  return (
    <header class="head">
      <h1 class="visually-hidden">{t.heading}</h1>
      <a class="brand" href="/" title={t.home}>
        Madoguchi
      </a>
      <ProgramSwitch />
      {board && programOf(console, board.program)?.practice && <PracticeMark />}
      {board && <ReceptionState board={board} />}
      {board && <Waiting board={board} />}
      <span class="head-gap" />
      <LineMark />
      {mayWork(programOf(console, console.program.value)) && <NotesButton program={console.program.value} />}
      <Duty />
      <Menu />
    </header>
  );
}

function ProgramSwitch() {
  const console = useConsole();
  const boards = [...console.boards.value.values()];
  const name = (board: Board) => programOf(console, board.program)?.name ?? "";
  if (boards.length < 2) return <strong class="program-name">{boards[0] ? name(boards[0]) : ""}</strong>;
  return (
    <select
      class="input program-name"
      aria-label={t.program}
      value={console.program.value}
      onChange={(event) => {
        console.program.value = Number(event.currentTarget.value);
      }}
    >
      {boards.map((board) => (
        <option key={board.program} value={board.program}>
          {`${name(board)} (${t.waitingNow(console.waitingOn(board).length)})`}
        </option>
      ))}
    </select>
  );
}

function Waiting({ board }: { board: Board }) {
  const console = useConsole();
  const queue = console.waitingOn(board);
  const since = queue.map((one) => one.queued_at ?? one.received_at).sort()[0];
  return (
    <span class="head-item waiting-count">
      <strong>{t.waitingNow(queue.length)}</strong>{" "}
      {since && <Elapsed since={since} say={t.longest} amberAfter={amberAfter(console, board.program)} />}
    </span>
  );
}

function Menu() {
  const console = useConsole();
  const { name } = console.me.value;
  return (
    <Drop class="me-menu" label={t.menu(name)} summary={name}>
      {(shut) => {
        const open = (dialog: "preferences" | "keys") => () => {
          shut();
          console.window.ask(dialog);
        };
        return (
          <div class="menu-list">
            {console.me.value.programs.some(maySteer) && (
              <a class="menu-item" href="/wall/">
                {t.toWall}
              </a>
            )}
            <button type="button" class="menu-item" onClick={open("preferences")}>
              {t.preferences}
            </button>
            <button type="button" class="menu-item" onClick={open("keys")}>
              {t.keys}
            </button>
            <a class="menu-item" href="/accounts/logout/">
              {t.signOut}
            </a>
          </div>
        );
      }}
    </Drop>
  );
}
