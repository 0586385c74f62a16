// Sessions whose counselor's console went silent: who had them and since when; a supervisor can give them on.
import { Unplug } from "lucide";
import { Icon } from "../../lib/icon";
import type { Board, SessionView } from "../../protocol";
import { lostOn } from "../../staff/board";
import { maySteer } from "../../staff/me";
import { programOf } from "../../staff/view/context";
import { Elapsed, RiskMark } from "../../staff/view/marks";
import type { Deed } from "../windows";
import { t } from "../words";
import { useConsole } from "./context";

export function Lost({ board }: { board: Board }) {
  const console = useConsole();
  const lost = lostOn(board);
  const steers = maySteer(programOf(console, board.program));
  return (
    <section class="lost" aria-live={steers ? "assertive" : "polite"} hidden={!lost.length}>
      <h2 class="section-title">
        <Icon of={Unplug} />
        {t.lostSessions}
      </h2>
      <ul>
        {lost.map((view) => (
          <LostOne key={view.id} view={view} steers={steers} />
        ))}
      </ul>
    </section>
  );
}

function LostOne({ view, steers }: { view: SessionView; steers: boolean }) {
  const console = useConsole();
  const deeds: [Deed, string][] = [
    ["requeue", t.requeue],
    ["handOver", t.toSomeone],
  ];
  return (
    <li class="waiting">
      <span class="row">
        <strong class="pseudonym">{view.pseudonym}</strong>
        <RiskMark level={view.risk} />
        {view.counselor && <span class="small">{t.wasWith(view.counselor.name)}</span>}
      </span>
      {view.counselor_lost_at && <Elapsed since={view.counselor_lost_at} say={t.lostFor} />}
      {steers && (
        <span class="row">
          {deeds.map(([deed, name]) => (
            <button
              key={deed}
              type="button"
              class="button button-small"
              aria-label={t.deedFor(name, view.pseudonym)}
              onClick={() => console.window.ask({ deed, session: view.id })}
            >
              {name}
            </button>
          ))}
        </span>
      )}
    </li>
  );
}
