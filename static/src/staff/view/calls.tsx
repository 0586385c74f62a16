// Calls for a supervisor, at the top of every supervisor's screen with a clock, until somebody comes.
import { BellRing } from "lucide";
import { Icon } from "../../lib/icon";
import type { Board } from "../../protocol";
import { type Calling, callsOn } from "../calls";
import { maySteer } from "../me";
import type { Outcome, Station } from "../station";
import { t } from "../words";
import { Act } from "./act";
import { programOf, useStation } from "./context";
import { Elapsed, RiskMark } from "./marks";
import { SheetLink } from "./sheet";

interface Props {
  answer: (session: number) => Promise<Outcome>;
}

/** Calls in the programs one steers. */
export function callsFor(station: Station): Calling[] {
  const steered = [...station.boards.value.values()].filter(({ program }) => maySteer(programOf(station, program)));
  return callsOn(steered, station.me.value.id);
}

export function Calls({ answer }: Props) {
  const station = useStation();
  const calls = callsFor(station);
  return (
    <section class="calls" aria-live="assertive" aria-label={t.calls} hidden={!calls.length}>
      {calls.map((calling) => (
        <One
          key={calling.view.id}
          calling={calling}
          board={station.boards.value.get(calling.view.program)}
          answer={() => answer(calling.view.id)}
        />
      ))}
    </section>
  );
}

interface OneProps {
  calling: Calling;
  board: Board | undefined;
  answer: () => Promise<Outcome>;
}

function One({ calling: { view, call }, board, answer }: OneProps) {
  const station = useStation();
  const by = board?.colleagues.find((one) => one.id === call.by)?.name ?? "";
  return (
    <div class="call row" data-kind={call.kind}>
      <Icon of={BellRing} />
      <strong>{t.callKinds[call.kind]}</strong>
      <span>{t.callBy(by, view.pseudonym)}</span>
      <RiskMark level={view.risk} />
      {station.boards.value.size > 1 && <span class="small">{programOf(station, view.program)?.name}</span>}
      <Elapsed since={call.at} say={(time) => time} />
      {call.step > 0 && <span class="small">{t.callSteps[call.step]}</span>}
      {call.kind === "urgent" && <SheetLink view={view} />}
      <Act class="button button-small button-primary" act={answer} label={t.answerCall(by)}>
        {t.answer}
      </Act>
    </div>
  );
}
