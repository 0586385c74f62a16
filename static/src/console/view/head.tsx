// The head: which program, whether it receives, who waits, whether I take sessions, and whether the line is up.
import { useSignal } from "@preact/signals";
import { ChevronDown, Wifi, WifiOff } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../lib/icon";
import { clockText } from "../../lib/time";
import type { Board, Reception } from "../../protocol";
import { setDuty } from "../acts";
import { queueOf } from "../store";
import { language, t } from "../words";
import { amberAfter, programOf, useConsole } from "./context";
import { Elapsed } from "./marks";

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
      {board && <ReceptionState reception={board.reception} />}
      {board && <Waiting board={board} />}
      <span class="head-gap" />
      <LineMark />
      {board && <Duty board={board} />}
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
          {`${name(board)} (${t.waitingNow(queueOf(board).length)})`}
        </option>
      ))}
    </select>
  );
}

function ReceptionState({ reception }: { reception: Reception }) {
  const clock = (at: string) => clockText(at, language);
  const { open, intake_open, closes_at, intake_until, next_open } = reception;
  const details = [
    open && closes_at ? t.closesAt(clock(closes_at)) : "",
    intake_open && intake_until && intake_until !== closes_at ? t.intakeUntil(clock(intake_until)) : "",
    !open && next_open ? t.opensAt(clock(next_open)) : "",
  ].filter(Boolean);
  return (
    <span class="head-item reception" title={reception.hours}>
      <strong>{intake_open ? t.receiving : open ? t.intakeClosed : t.notReceiving}</strong>{" "}
      <span class="small soft">{details.join(" ")}</span>
    </span>
  );
}

function Waiting({ board }: { board: Board }) {
  const console = useConsole();
  const queue = queueOf(board);
  const since = queue.map((one) => one.queued_at ?? one.received_at).sort()[0];
  return (
    <span class="head-item waiting-count">
      <strong>{t.waitingNow(queue.length)}</strong>{" "}
      {since && <Elapsed since={since} say={t.longest} amberAfter={amberAfter(console, board.program)} />}
    </span>
  );
}

function LineMark() {
  const { line } = useConsole();
  const says = { open: t.lineOpen, opening: t.lineOpening, lost: t.lineLost, signed_out: t.lineSignedOut };
  return (
    <span class="head-item line-mark small" data-state={line.value}>
      <Icon of={line.value === "open" ? Wifi : WifiOff} />
      {says[line.value]}
    </span>
  );
}

function Duty({ board }: { board: Board }) {
  const console = useConsole();
  const me = console.me.value;
  const problem = useSignal("");
  const own = board.colleagues.find((one) => one.id === me.id);
  const change = async () => {
    problem.value = (await setDuty(console, !me.takes))?.message ?? "";
  };
  return (
    <span class="head-item duty">
      <button type="button" class="switch" role="switch" aria-checked={me.takes} title={t.takesHelp} onClick={change}>
        <span class="switch-knob" aria-hidden="true" />
        {me.takes ? t.takes : t.rests}
      </button>
      {own && <span class="small">{t.load(own.load, own.capacity)}</span>}
      <span class="act-problem" role="alert">
        {problem.value}
      </span>
    </span>
  );
}

function Menu() {
  const console = useConsole();
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const shut = (event: Event) => {
      const inside = event.target instanceof Node && box.current?.contains(event.target);
      if (box.current?.open && !inside) box.current.open = false;
    };
    document.addEventListener("pointerdown", shut);
    document.addEventListener("focusin", shut);
    return () => {
      document.removeEventListener("pointerdown", shut);
      document.removeEventListener("focusin", shut);
    };
  }, []);
  const openDialog = (name: "preferences" | "keys") => () => {
    if (box.current) box.current.open = false;
    console.dialog.value = name;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !box.current?.open) return;
    box.current.open = false;
    box.current.querySelector("summary")?.focus();
  };
  return (
    <details class="menu" ref={box} onKeyDown={onKey}>
      <summary aria-label={t.menu(console.me.value.name)}>
        {console.me.value.name}
        <Icon of={ChevronDown} />
      </summary>
      <div class="menu-list">
        <button type="button" class="menu-item" onClick={openDialog("preferences")}>
          {t.preferences}
        </button>
        <button type="button" class="menu-item" onClick={openDialog("keys")}>
          {t.keys}
        </button>
        <a class="menu-item" href="/accounts/logout/">
          {t.signOut}
        </a>
      </div>
    </details>
  );
}
