// What is arranged for the visitor: how to answer them, above all else in the panel, and the clock against what was agreed.
import { useEffect } from "preact/hooks";
import { dayLine, durationText, secondsSince } from "../../lib/time";
import { now } from "../../staff/clock";
import { maySteer } from "../../staff/me";
import { Act } from "../../staff/view/act";
import { programOf } from "../../staff/view/context";
import { readApproach } from "../acts";
import type { Talk } from "../talk";
import { language, t } from "../words";
import { useConsole } from "./context";

/** Asked for when there is one, and again when it is written anew. */
export function Approach({ talk }: { talk: Talk }) {
  const console = useConsole();
  const { approach, visitor, program } = talk.header;
  useEffect(() => void readApproach(console, talk), [talk, approach]);
  const here = programOf(console, program);
  const steers = here !== undefined && maySteer(here);
  const view = talk.approach.value;
  if (!approach && !steers) return null;
  return (
    <section class="panel-part approach" aria-labelledby="approach-title">
      <h3 class="section-title" id="approach-title">
        {t.approach}
      </h3>
      {approach > 0 && view && (
        <div class="staff-only">
          <p class="text">{view.text}</p>
          {view.by && view.at && (
            <p class="small soft">{t.approachBy(view.by.name, dayLine(view.at, now.peek(), language), view.number)}</p>
          )}
        </div>
      )}
      {approach > 0 && !view && (
        <Act class="button button-small" act={() => readApproach(console, talk)}>
          {t.readApproach}
        </Act>
      )}
      {steers && (
        <a class="small" href={`/programs/${here.slug}/visitors/${visitor}/`} target="_blank" rel="noopener">
          {t.arrangements}
        </a>
      )}
    </section>
  );
}

/** How long the talk takes by now, against the minutes agreed on. Nothing ends by it. */
export function AgreedClock({ talk }: { talk: Talk }) {
  const { agreed_minutes, claimed_at, state } = talk.header;
  if (agreed_minutes === null || !claimed_at || state === "wrap_up") return null;
  const passed = secondsSince(claimed_at, now.value);
  const over = passed - agreed_minutes * 60;
  return (
    <span class={over < 0 ? "soft" : "badge"}>
      {over < 0
        ? t.agreedLeft(agreed_minutes, Math.ceil(-over / 60))
        : t.agreedOver(agreed_minutes, durationText(over, language))}
    </span>
  );
}
