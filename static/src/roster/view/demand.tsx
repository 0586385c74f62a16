// Required against planned lines: a small picture a day, gaps by shape and word, and the same as a table.
import { useSignal } from "@preact/signals";
import { Component } from "preact";
import { dateOf, dayText } from "../days";
import { type DayPlan, type Gap, worstOf } from "../demand";
import { language, t } from "../words";
import { usePlanner } from "./context";

export function Demand() {
  const planner = usePlanner();
  const open = useSignal(false);
  const plans = planner.plans.value;
  const hours = plans.flatMap((plan) => plan.hours.map((hour) => hour.hour));
  const [first, last] = [Math.min(...hours, 24), Math.max(...hours, 0) + 1];
  const top = Math.max(1, ...plans.flatMap((plan) => plan.hours.map((hour) => Math.max(hour.required, hour.planned))));
  if (!hours.length) return null;
  return (
    <section class="roster-demand" aria-labelledby="demand">
      <h2 id="demand">{t.demand}</h2>
      <p class="small soft">{t.demandHelp}</p>
      <ul class="demand-days">
        {plans.map((plan) => (
          <li key={plan.day}>
            <Day
              plan={plan}
              first={first}
              last={last}
              top={top}
              brief={planner.view.value === "month"}
              holiday={planner.holidays[dateOf(plan.day)]}
            />
          </li>
        ))}
      </ul>
      <details
        class="demand-table"
        onToggle={(event) => {
          open.value = event.currentTarget.open;
        }}
      >
        <summary>{t.demandTable}</summary>
        {open.value && <Table plans={plans} first={first} last={last} />}
      </details>
    </section>
  );
}

/** The hatching of gaps, drawn once for all pictures. */
export function Hatch() {
  return (
    <svg class="demand-hatch" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="gap" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="4" class="demand-hatch-line" />
        </pattern>
      </defs>
    </svg>
  );
}

interface DayProps {
  plan: DayPlan;
  first: number;
  last: number;
  top: number;
  holiday: string | undefined;
  /** Only the worst of its gaps is told. */
  brief?: boolean;
}

const WIDTH = 120;
const HEIGHT = 44;

export class Day extends Component<DayProps> {
  override shouldComponentUpdate(next: DayProps): boolean {
    return JSON.stringify(next) !== JSON.stringify(this.props);
  }

  override render({ plan, first, last, top, holiday, brief = false }: DayProps) {
    const x = (hour: number) => ((hour - first) / (last - first)) * WIDTH;
    const y = (lines: number) => HEIGHT - (lines / top) * (HEIGHT - 4);
    const day = dayText(plan.day, language);
    return (
      <>
        <h3 class="demand-day">
          {day} {holiday && <span class="day-holiday">{holiday}</span>}
        </h3>
        <svg class="demand-picture" viewBox={`0 0 ${WIDTH} ${HEIGHT + 1}`} role="img" aria-label={t.demandPicture(day)}>
          {plan.hours.map(({ hour, required, planned }) => (
            <g key={hour}>
              <rect
                class="demand-planned"
                x={x(hour) + 0.5}
                width={x(hour + 1) - x(hour) - 1}
                y={y(planned)}
                height={HEIGHT - y(planned)}
              />
              {planned < required && (
                <rect
                  class="demand-gap"
                  x={x(hour)}
                  width={x(hour + 1) - x(hour)}
                  y={y(required)}
                  height={y(planned) - y(required)}
                  fill="url(#gap)"
                />
              )}
            </g>
          ))}
          <path class="demand-required" d={steps(plan, x, y)} />
          <path class="demand-ground" d={`M0 ${HEIGHT + 0.5}H${WIDTH}`} />
        </svg>
        <p class="demand-hours" aria-hidden="true">
          <span>{first}</span>
          <span>{t.hourOf(last)}</span>
        </p>
        <Gaps gaps={brief ? worstGap(plan) : plan.gaps} plan={plan} />
      </>
    );
  }
}

/** The required lines as steps; hours that want none leave the line. */
function steps(plan: DayPlan, x: (hour: number) => number, y: (lines: number) => number): string {
  let before = -1;
  return plan.hours
    .filter((hour) => hour.required > 0)
    .map(({ hour, required }) => {
      const way = `${before === hour ? "L" : "M"}${x(hour)} ${y(required)}H${x(hour + 1)}`;
      before = hour + 1;
      return way;
    })
    .join("");
}

function worstGap(plan: DayPlan): Gap[] {
  return plan.gaps.filter((gap) => gap.missing === worstOf(plan)).slice(0, 1);
}

function Gaps({ gaps, plan }: { gaps: readonly Gap[]; plan: DayPlan }) {
  if (gaps.length) {
    return (
      <ul class="demand-gaps">
        {gaps.map((gap) => (
          <li key={gap.from}>
            <span class="keep">▼ {t.gapLines(gap.missing)}</span>{" "}
            <span class="keep">{t.someHours(gap.from, gap.until)}</span>
          </li>
        ))}
      </ul>
    );
  }
  const wanted = plan.hours.some((hour) => hour.required > 0);
  return <p class="demand-enough">{wanted ? t.demandEnough : plan.hours.length ? "" : t.demandNone}</p>;
}

function Table({ plans, first, last }: { plans: readonly DayPlan[]; first: number; last: number }) {
  const hours = Array.from({ length: last - first }, (_, ahead) => first + ahead);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse must be able to scroll it
    <section class="table-scroll" tabIndex={0} aria-label={t.demand}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.day}</th>
            {hours.map((hour) => (
              <th key={hour} scope="col" class="number">
                {t.hourOf(hour)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plans.map((plan) => (
            <tr key={plan.day}>
              <th scope="row">{dayText(plan.day, language)}</th>
              {hours.map((hour) => (
                <Against key={hour} plan={plan} hour={hour} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Against({ plan, hour }: { plan: DayPlan; hour: number }) {
  const found = plan.hours.find((one) => one.hour === hour);
  if (!found) return <td class="number soft">–</td>;
  const lacks = found.planned < found.required;
  return (
    <td class={lacks ? "number demand-lacks" : "number"}>
      {lacks && "▼"}
      {found.required} / {found.planned}
    </td>
  );
}
