// Reception in the head: open or not, how many lines are in use, and more lines for a while for those who may ask.
import { CircleAlert, Users } from "lucide";
import { Icon } from "../../lib/icon";
import { clockText } from "../../lib/time";
import type { Board, Reception } from "../../protocol";
import { inTalk } from "../../staff/board";
import { now } from "../../staff/clock";
import { maySteer, maySurge } from "../../staff/me";
import { isUnstaffed, stateOf } from "../../staff/reception";
import { Act } from "../../staff/view/act";
import { ByHandMarks } from "../../staff/view/byhand";
import { programOf } from "../../staff/view/context";
import { Drop } from "../../staff/view/drop";
import { surge } from "../shiftacts";
import { language, t } from "../words";
import { useConsole } from "./context";

const HOUR_MS = 3_600_000;
const clock = (at: string) => clockText(at, language);

export function ReceptionState({ board }: { board: Board }) {
  const console = useConsole();
  const { reception } = board;
  const { open, intake_open, closes_at, intake_until, next_open } = reception;
  const until = open && closes_at ? t.closesAt(clock(closes_at)) : "";
  const intake = intake_open && intake_until && intake_until !== closes_at ? t.intakeUntil(clock(intake_until)) : "";
  const next = !open && next_open ? t.opensAt(clock(next_open)) : "";
  const summary = (
    <span class="head-item reception">
      <strong>{stateOf(reception)}</strong> <span class="small soft">{until || next}</span>
      {intake && <span class="small soft intake-until">{intake}</span>}
      <span class="small">{t.lines(inTalk(board), reception.lines)}</span>
    </span>
  );
  return (
    <Drop class="reception-menu" summary={summary}>
      {() => (
        <div class="menu-list reception-list">
          <p>{reception.hours}</p>
          <p>{[until, intake, next].filter(Boolean).join(" ")}</p>
          <p>{staffing(reception)}</p>
          <p>{t.linesHelp(inTalk(board), reception.lines)}</p>
          {maySurge(programOf(console, board.program)) && <Surge program={board.program} reception={reception} />}
        </div>
      )}
    </Drop>
  );
}

const staffing = ({ on_duty, least_on_duty, supervisors, least_supervisors }: Reception) =>
  t.staffing(on_duty, least_on_duty, supervisors, least_supervisors);

function Surge({ program, reception }: { program: number; reception: Reception }) {
  const console = useConsole();
  const until = reception.surge_until;
  if (until)
    return (
      <div class="surge">
        <p>{t.surgeUntil(clock(until))}</p>
        <Act class="button button-small" act={() => surge(console, program, null)}>
          {t.endSurge}
        </Act>
      </div>
    );
  return (
    <fieldset class="surge">
      <legend>{t.surge}</legend>
      <p class="small soft">{t.surgeHelp}</p>
      {[1, 2, 3].map((hours) => (
        <Act
          key={hours}
          class="button button-small"
          act={() => surge(console, program, new Date(now.peek() + hours * HOUR_MS).toISOString())}
        >
          {t.surgeFor(hours)}
        </Act>
      ))}
    </fieldset>
  );
}

/** What supervisors did to the whole program: everybody of it sees by whom and since when. */
export function DoneByHand() {
  const board = useConsole().board.value;
  return board ? <ByHandMarks reception={board.reception} help={(which) => t.byHandHelp[which]} /> : null;
}

/** Told to everybody on the board, and more plainly to those who can do something about it. */
export function Unstaffed() {
  const console = useConsole();
  const board = console.board.value;
  if (!board || !isUnstaffed(board.reception)) return null;
  const loud = maySteer(programOf(console, board.program));
  return (
    <p class={loud ? "notice notice-plain banner unstaffed-loud" : "notice notice-plain banner"}>
      <Icon of={loud ? CircleAlert : Users} />
      <span>
        {loud ? <strong>{t.unstaffed}</strong> : t.unstaffed} {staffing(board.reception)}
        {loud && <span class="block small">{t.unstaffedHelp}</span>}
      </span>
    </p>
  );
}
