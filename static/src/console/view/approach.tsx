// What is arranged for the visitor: how to answer them, above all else in the panel, and the clock against what was agreed.
import { useEffect } from "preact/hooks";
import { secondsSince } from "../../lib/time";
import { now } from "../../staff/clock";
import { maySteer } from "../../staff/me";
import { Act } from "../../staff/view/act";
import { programOf } from "../../staff/view/context";
import { readApproach } from "../acts";
import type { Talk } from "../talk";
import { t } from "../words";
import { useConsole } from "./context";

/** Asked for when there is one, and again when it is written anew. Supervisors go on from here to what else is arranged. */
export function Approach({ talk }: { talk: Talk }) {
  const console = useConsole();
  const { approach, visitor, program } = talk.header;
  useEffect(() => {
    if (approach) void readApproach(console, talk);
  }, [talk, approach]);
  const here = programOf(console, program);
  const view = talk.approach.value;
  return (
    <section class="panel-part approach">
      {maySteer(here) && (
        <a class="small" href={`/programs/${here?.slug}/visitors/${visitor}/`} target="_blank" rel="noopener">
          {t.arrangements}
        </a>
      )}
      {approach > 0 && (
        <div class="text staff-only">
          <strong>{t.approach}</strong>
          <br />
          {view ? (
            `${view.text}\n${view.by?.name ?? ""}`
          ) : (
            <Act class="button" act={() => readApproach(console, talk)}>
              {t.approach}
            </Act>
          )}
        </div>
      )}
    </section>
  );
}

/** How long the talk takes by now, against the minutes agreed on. Nothing ends by it. */
export function AgreedClock({ talk }: { talk: Talk }) {
  const { agreed_minutes, claimed_at } = talk.header;
  if (!agreed_minutes || !claimed_at) return null;
  const passed = Math.floor(secondsSince(claimed_at, now.value) / 60);
  return <span class="soft">{t.agreed(agreed_minutes, passed)}</span>;
}
