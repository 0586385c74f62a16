// The grid: people by days. One cell holds the keyboard; pointers and keys are heard here for all of them.
import { useEffect } from "preact/hooks";
import { openCell, place } from "../acts";
import type { Planner } from "../ctrl";
import { dateOf, shortDay, weekdayText } from "../days";
import { worstOf } from "../demand";
import { OPEN_PLACES } from "../interfaces";
import { onGridKey } from "../keys";
import { daysOf } from "../layout";
import { placeAt, selectedIn, sizeOf } from "../moving";
import { isRestDay } from "../sentences";
import { language, t } from "../words";
import { usePlanner } from "./context";
import { Row } from "./row";

const NONE: readonly never[] = [];
/** In a row the columns that are not days: the name and the sum. */
const MORE_COLUMNS = 2;

export function Grid() {
  const planner = usePlanner();
  const { days } = planner.range.value;
  const compact = planner.view.value === "month";
  const count = sizeOf(planner.cursor.value);
  useFocus(planner);
  return (
    <div class={compact ? "roster-scroll roster-compact" : "roster-scroll"}>
      <table
        class="roster-grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells hold the keyboard is a grid
        role="grid"
        aria-label={t.grid}
        aria-multiselectable="true"
        aria-rowcount={planner.order.value.length + 2}
        aria-colcount={days + MORE_COLUMNS}
        data-brush={planner.brush.value === null ? undefined : "chosen"}
        onKeyDown={(event) => onGridKey(planner, event)}
        onClick={(event) => onClick(planner, event)}
      >
        <colgroup>
          <col />
          {daysOf(planner.range.value).map((day) => (
            <col key={day} class={isRestDay(day, planner.holidays) ? "col-rest" : undefined} />
          ))}
          <col />
        </colgroup>
        <Head />
        <Body />
        <Foot />
      </table>
      <p class="visually-hidden" role="status">
        {count > 1 ? t.selected(count) : ""}
      </p>
    </div>
  );
}

function Head() {
  const planner = usePlanner();
  return (
    <thead>
      <tr>
        <th scope="col" class="row-name">
          {t.person}
        </th>
        {daysOf(planner.range.value).map((day) => (
          <DayHead key={day} day={day} />
        ))}
        <th scope="col" class="row-total number">
          {t.total}
        </th>
      </tr>
    </thead>
  );
}

function DayHead({ day }: { day: number }) {
  const planner = usePlanner();
  const compact = planner.view.value === "month";
  const holiday = planner.holidays[dateOf(day)];
  const date = compact ? String(Number(dateOf(day).slice(8))) : shortDay(day, language);
  return (
    <th scope="col" class="day-head" aria-current={day === planner.today ? "date" : undefined}>
      <span class="day-date">{date}</span> <span class="day-week">{weekdayText(day, language)}</span>
      {holiday && (
        <span class="day-holiday" title={compact ? holiday : undefined}>
          {compact ? t.holidayShort : holiday}
        </span>
      )}
    </th>
  );
}

function Body() {
  const planner = usePlanner();
  const cursor = planner.cursor.value;
  const compact = planner.view.value === "month";
  return (
    <tbody>
      {planner.order.value.map((id, index) => {
        const [from, to] = selectedIn(cursor, index) ?? [-1, -1];
        return (
          <Row
            key={id}
            id={id}
            index={index}
            person={planner.byId.value.get(id)}
            shifts={planner.rows.value.get(id) ?? NONE}
            away={planner.away.value.get(id) ?? NONE}
            concerns={id === OPEN_PLACES ? NONE : (planner.concernsOf.value.get(id) ?? NONE)}
            refused={planner.refusedOf.value.get(id) ?? NONE}
            range={planner.range.value}
            patterns={planner.patterns.value}
            compact={compact}
            col={cursor.row === index ? cursor.col : -1}
            selectedFrom={from}
            selectedTo={to}
          />
        );
      })}
      {planner.order.value.length === 1 && planner.people.value.length > 0 && (
        <tr>
          <td colSpan={planner.range.value.days + MORE_COLUMNS} class="soft">
            {t.nobodyShown}
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** Under each day how many lines it lacks at worst. */
function Foot() {
  const planner = usePlanner();
  const compact = planner.view.value === "month";
  return (
    <tfoot>
      <tr>
        <th scope="row" class="row-name">
          {t.lack}
        </th>
        {planner.plans.value.map((plan) => (
          <td key={plan.day} class="day-lack">
            {worstOf(plan) > 0 && (compact ? `▼${worstOf(plan)}` : `▼ ${t.lackOf(worstOf(plan))}`)}
          </td>
        ))}
        <td />
      </tr>
    </tfoot>
  );
}

/** The keyboard follows the cursor while it is in the grid. */
function useFocus(planner: Planner): void {
  useEffect(
    () =>
      planner.cursor.subscribe(() => {
        if (!document.activeElement?.closest(".roster-grid")) return;
        const { row, day } = planner.cursorCell();
        document.getElementById(`cell-${row}-${day - planner.range.peek().from}`)?.focus();
      }),
    [planner],
  );
}

function onClick(planner: Planner, event: MouseEvent): void {
  const target = event.target as Element;
  const td = target.closest<HTMLElement>("td[data-row]");
  if (!td) return;
  const cell = { row: Number(td.dataset["row"]), day: planner.range.peek().from + Number(td.dataset["col"]) };
  const [row, col] = [planner.order.peek().indexOf(cell.row), Number(td.dataset["col"])];
  const before = planner.cursor.peek();
  const again = before.row === row && before.col === col && sizeOf(before) === 1;
  td.focus();
  planner.cursor.value = event.shiftKey ? { ...before, row, col } : placeAt(row, col);
  const key = target.closest<HTMLElement>("[data-key]")?.dataset["key"];
  if (key !== undefined) openCell(planner, cell, Number(key));
  else if (event.shiftKey) return;
  else if (planner.brush.peek() !== null) place(planner, [cell]);
  else if (again && event.detail > 1) openCell(planner, cell);
}
