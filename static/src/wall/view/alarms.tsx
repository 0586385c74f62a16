// What needs a supervisor at once: by kind, the most urgent first, with a clock each, until somebody sees to it.
import { BellRing, MessageSquareWarning, Unplug } from "lucide";
import { Icon } from "../../lib/icon";
import { Elapsed, RiskMark } from "../../staff/view/marks";
import { Offer } from "../../staff/view/offer";
import { accept, decline } from "../acts";
import { type Alarm, KINDS } from "../alarms";
import { NO_FILTERS, passes } from "../filters";
import { goTo } from "../keys";
import { waitsSince } from "../need";
import { t } from "../words";
import { nameAmongMany, useWall } from "./context";

const ICONS = { unattended: BellRing, lost: Unplug };
/** More of a kind would push the list away in which they stand first anyway. */
const MOST = 8;

export function Alarms() {
  const wall = useWall();
  const alarms = wall.alarms.value;
  const offers = wall.offers.value;
  const surveys = wall.surveys.value;
  const nothing = !alarms.length && !offers.length && !surveys.length;
  return (
    <section class="alarms" aria-live="assertive" aria-label={t.alarms} hidden={nothing}>
      {offers.length > 0 && (
        <div class="alarm-kind" data-kind="offers">
          <h2 class="section-title">{t.offers}</h2>
          <div class="row">
            {offers.map((offer) => (
              <Offer
                key={offer.id}
                offer={offer}
                accept={() => accept(wall, offer.id)}
                decline={() => decline(wall, offer.id)}
              />
            ))}
          </div>
        </div>
      )}
      {KINDS.map((kind) => (
        <Kind key={kind} kind={kind} alarms={alarms.filter((alarm) => alarm.kind === kind)} />
      ))}
      {surveys.length > 0 && (
        <div class="alarm-kind" data-kind="surveys">
          <h2 class="section-title">
            <Icon of={MessageSquareWarning} />
            {t.surveyDanger}
          </h2>
          <ul class="row">
            {surveys.map(([program, code]) => (
              <li key={code}>
                <Survey program={program} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** The way to the answer; who has read it says so there, and it goes from here. */
function Survey({ program }: { program: number }) {
  const wall = useWall();
  const slug = wall.me.value.programs.find((one) => one.id === program)?.slug;
  const name = nameAmongMany(wall, program);
  return (
    <a class="button alarm" href={`/programs/${slug}/surveys/`}>
      <strong>{t.surveyRead}</strong>
      {name && <span class="small">{name}</span>}
    </a>
  );
}

function Kind({ kind, alarms }: { kind: Alarm["kind"]; alarms: Alarm[] }) {
  if (!alarms.length) return null;
  return (
    <div class="alarm-kind" data-kind={kind}>
      <h2 class="section-title">
        <Icon of={ICONS[kind]} />
        {t.alarmKinds[kind]}
      </h2>
      <ul class="row">
        {alarms.slice(0, MOST).map((alarm) => (
          <One key={alarm.view.id} alarm={alarm} />
        ))}
        {alarms.length > MOST && <li class="small">{t.moreAlarms(alarms.length - MOST)}</li>}
      </ul>
    </div>
  );
}

function One({ alarm: { kind, view } }: { alarm: Alarm }) {
  const wall = useWall();
  const since = kind === "lost" ? view.counselor_lost_at : waitsSince(view);
  const show = () => {
    if (!passes(view, wall.filters.peek())) wall.filter(NO_FILTERS);
    goTo(wall, view.id);
  };
  const program = nameAmongMany(wall, view.program);
  return (
    <li>
      <button type="button" class="button alarm" onClick={show}>
        <RiskMark level={view.risk} />
        <strong>{view.pseudonym}</strong>
        {program && <span class="small">{program}</span>}
        {view.counselor && <span class="small">{view.counselor.name}</span>}
        {since && (
          <span aria-hidden="true">
            <Elapsed since={since} say={(time) => time} />
          </span>
        )}
        <span class="visually-hidden">{t.showCard}</span>
      </button>
    </li>
  );
}
