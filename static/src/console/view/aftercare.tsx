// Beside the record of a talk that ended: was it hard, and a pause after a heavy one. About the counselor, for them alone.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Answer } from "../../lib/http";
import { clockText } from "../../lib/time";
import type { AftercareView } from "../../protocol";
import { learnt, outcome } from "../../staff/acts";
import type { Outcome } from "../../staff/station";
import { Act } from "../../staff/view/act";
import { dutyIn } from "../duty";
import { api } from "../network";
import type { Talk } from "../talk";
import { language, t } from "../words";
import { useConsole } from "./context";

export function Aftercare({ talk }: { talk: Talk }) {
  const console = useConsole();
  const care = useSignal<AftercareView | null>(null);
  const away = dutyIn(console.me.value, talk.header.program)?.away;
  const take = (answer: Answer<AftercareView>): Outcome => {
    if (answer.ok) care.value = answer.value;
    return outcome(console, answer);
  };
  // Somebody else's record (a supervisor's look) has none: nothing is shown then.
  useEffect(() => {
    void api.aftercare(talk.id).then((answer) => {
      if (answer.ok) care.value = answer.value;
    });
  }, [talk.id]);
  if (!care.value) return null;
  const { heavy, hard, minutes, pause } = care.value;
  const answered = async (act: Promise<Outcome>, made: AftercareView["pause"]) => {
    const failure = await act;
    if (!failure && care.value) care.value = { ...care.value, pause: made, minutes: 0 };
    return failure;
  };
  return (
    <fieldset class="field aftercare">
      <legend>{t.aftercare}</legend>
      <Act class="button button-small" act={async () => take(await api.sayHard(talk.id, !hard))}>
        {hard ? t.notHard : t.hard}
      </Act>
      {heavy && minutes > 0 && !pause && (
        <>
          <p class="small">{t.restOffered(minutes)}</p>
          <div class="buttons">
            <Act class="button button-small" act={() => answered(learnt(console, api.rest(talk.id)), "taken")}>
              {t.rest(minutes)}
            </Act>
            <Act
              class="button button-quiet button-small"
              act={async () => answered(Promise.resolve(outcome(console, await api.goOn(talk.id))), "declined")}
            >
              {t.goOn}
            </Act>
          </div>
        </>
      )}
      {away?.reason === "care" && away.until && <p class="small">{t.restsUntil(clockText(away.until, language))}</p>}
    </fieldset>
  );
}
