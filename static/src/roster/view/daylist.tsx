// Where it is narrow: one day at a time, as a list; editing goes through the same panel.
import { ChevronLeft, ChevronRight, Plus, TriangleAlert } from "lucide";
import { Icon } from "../../lib/icon";
import { openCell } from "../acts";
import { dateOf, dayOf, dayText } from "../days";
import { worstOf } from "../demand";
import type { Shift } from "../interfaces";
import { OPEN_PLACES } from "../interfaces";
import { daysOf, doubled } from "../layout";
import { warningShort } from "../warnings";
import { language, t } from "../words";
import { Chip } from "./chip";
import { usePlanner } from "./context";
import { Day } from "./demand";

export function DayList() {
  const planner = usePlanner();
  const day = planner.day.value;
  const all = planner.rows.value;
  const rows = planner.order.value
    .map((row) => ({ row, shifts: (all.get(row) ?? []).filter((shift) => dayOf(shift) === day) }))
    .filter(({ shifts }) => shifts.length > 0);
  return (
    <section class="roster-day">
      <DayChoice />
      <Picture />
      {rows.length === 0 && <p class="empty">{t.nobodyOnDay}</p>}
      <ul class="day-list">
        {rows.map(({ row, shifts }) => (
          <DayRow key={row} row={row} shifts={shifts} />
        ))}
      </ul>
      <button
        type="button"
        class="button button-primary button-wide"
        onClick={() => {
          planner.panel.value = { kind: "shift", cell: { row: OPEN_PLACES, day }, key: NEW };
        }}
      >
        <Icon of={Plus} />
        {t.addPerson}
      </button>
    </section>
  );
}

/** The key of no shift: the panel opens empty even where there are some. */
export const NEW = 0;

function DayChoice() {
  const planner = usePlanner();
  const day = planner.day.value;
  const go = async (to: number) => {
    const { from, days } = planner.range.peek();
    if (to < from || to >= from + days) await planner.show(planner.view.peek(), to);
    planner.day.value = to;
  };
  return (
    <div class="day-choice">
      <button type="button" class="button" aria-label={t.previousDay} onClick={() => void go(day - 1)}>
        <Icon of={ChevronLeft} />
      </button>
      <select
        class="input"
        aria-label={t.dayChoice}
        value={day}
        onChange={(event) => void go(Number(event.currentTarget.value))}
      >
        {daysOf(planner.range.value).map((one) => (
          <option key={one} value={one}>
            {dayText(one, language)}
          </option>
        ))}
      </select>
      <button type="button" class="button" aria-label={t.nextDay} onClick={() => void go(day + 1)}>
        <Icon of={ChevronRight} />
      </button>
    </div>
  );
}

function Picture() {
  const planner = usePlanner();
  const plan = planner.plans.value.find((one) => one.day === planner.day.value);
  if (!plan?.hours.length) return null;
  const hours = plan.hours.map((hour) => hour.hour);
  const top = Math.max(worstOf(plan), ...plan.hours.map((hour) => Math.max(hour.required, hour.planned)));
  return (
    <div class="day-picture">
      <Day
        plan={plan}
        first={Math.min(...hours)}
        last={Math.max(...hours) + 1}
        top={top}
        holiday={planner.holidays[dateOf(plan.day)]}
      />
    </div>
  );
}

function DayRow({ row, shifts }: { row: number; shifts: readonly Shift[] }) {
  const planner = usePlanner();
  const concerns = planner.concernsOf.value.get(row) ?? [];
  const over = row === OPEN_PLACES ? new Set<number>() : doubled(shifts, planner.away.value.get(row) ?? []);
  const open = (event: MouseEvent) => {
    const key = (event.target as Element).closest<HTMLElement>("[data-key]")?.dataset["key"];
    if (key !== undefined) openCell(planner, { row, day: planner.day.peek() }, Number(key));
  };
  return (
    <li class="day-row">
      <h3 class="day-name">{planner.nameOf(row)}</h3>
      {row !== OPEN_PLACES && concerns.length > 0 && (
        <p class="row-concerns">
          <Icon of={TriangleAlert} />
          {[...new Set(concerns.map(warningShort))].join(t.between)}
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the buttons within */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a button's Enter is a click */}
      <div class="day-chips" onClick={open}>
        {shifts.map((shift) => (
          <Chip
            key={shift.key}
            shift={shift}
            person={planner.byId.value.get(row)}
            patterns={planner.patterns.value}
            doubled={over.has(shift.key)}
            compact={false}
            alone
          />
        ))}
      </div>
    </li>
  );
}
