// Each program at the top: whether it receives, who waits and how long, lines in use, and what one can do with all of it.
import { LifeBuoy, OctagonPause, Users } from "lucide";
import { Icon } from "../../lib/icon";
import { clockText } from "../../lib/time";
import type { Board, ByHand } from "../../protocol";
import { inTalk, queueOf } from "../../staff/board";
import { isUnstaffed, stateOf } from "../../staff/reception";
import { amberAfter, programOf } from "../../staff/view/context";
import { Drop } from "../../staff/view/drop";
import { Elapsed, PracticeMark } from "../../staff/view/marks";
import type { Dialog, Switch } from "../ctrl";
import { language, t } from "../words";
import { nameOf, useWall } from "./context";

export function Programs() {
  const boards = [...useWall().boards.value.values()];
  return (
    <section class="programs" aria-label={t.programs}>
      {boards.map((board) => (
        <Program key={board.program} board={board} />
      ))}
    </section>
  );
}

function Program({ board }: { board: Board }) {
  const wall = useWall();
  const { reception } = board;
  const queue = queueOf(board);
  const longest = queue.map((one) => one.queued_at ?? one.received_at).sort()[0];
  const used = inTalk(board);
  return (
    <article class="program" aria-label={nameOf(wall, board.program)}>
      <header class="program-head">
        <h2>{nameOf(wall, board.program)}</h2>
        {programOf(wall, board.program)?.practice && <PracticeMark />}
        <Actions board={board} />
      </header>
      <p class="row">
        <strong>{stateOf(reception)}</strong>
        {reception.open && reception.closes_at && (
          <span class="small soft">{t.closesAt(clockText(reception.closes_at, language))}</span>
        )}
        {!reception.open && reception.next_open && (
          <span class="small soft">{t.opensAt(clockText(reception.next_open, language))}</span>
        )}
      </p>
      <p class="row program-figures">
        {longest ? (
          <span class="figure">
            <strong>{t.waitingNow(queue.length)}</strong>{" "}
            <Elapsed since={longest} say={t.longest} amberAfter={amberAfter(wall, board.program)} />
          </span>
        ) : (
          <span class="soft">{t.waitNobody}</span>
        )}
        <span class="figure" title={t.linesHelp(used, reception.lines)}>
          {t.lines(used, reception.lines)}
        </span>
      </p>
      {reception.paused && <Mark of={OctagonPause} says={t.paused} did={reception.paused} />}
      {reception.diverted && <Mark of={LifeBuoy} says={t.diverted} did={reception.diverted} />}
      {isUnstaffed(reception) && (
        <p class="row small program-mark">
          <Icon of={Users} />
          {t.staffing(reception.on_duty, reception.least_on_duty, reception.supervisors, reception.least_supervisors)}
        </p>
      )}
    </article>
  );
}

function Mark({ of, says, did }: { of: typeof LifeBuoy; says: string; did: ByHand }) {
  const at = clockText(did.since, language);
  return (
    <p class="row small program-mark">
      <Icon of={of} />
      <span>
        <strong>{says}</strong> {did.by ? t.doneBy(did.by.name, at) : t.doneAt(at)}
      </span>
    </p>
  );
}

function Actions({ board }: { board: Board }) {
  const wall = useWall();
  const { program, reception } = board;
  const turns: Switch[] = [reception.diverted ? "endDiversion" : "divert"];
  if (reception.stage === "open") turns.push("pause");
  if (reception.stage === "paused") turns.push("endPause");
  return (
    <Drop class="program-menu" label={t.menuOf(nameOf(wall, program))} summary={t.acts}>
      {(shut) => {
        const ask = (dialog: Dialog) => () => {
          shut();
          wall.window.ask(dialog);
        };
        return (
          <div class="menu-list">
            {turns.map((turn) => (
              <button key={turn} type="button" class="menu-item" onClick={ask({ program, turn })}>
                {t[turn]}
              </button>
            ))}
            <button type="button" class="menu-item" onClick={ask({ callIn: program })}>
              {t.callIn}
            </button>
          </div>
        );
      }}
    </Drop>
  );
}
