// The panel of required lines: a table of weekdays by hours; a day's column can be copied to others.
import { useSignal } from "@preact/signals";
import { require } from "../acts";
import type { RequiredWeek } from "../interfaces";
import { t } from "../words";
import { usePlanner } from "./context";
import { Buttons, Choice, Problem, SidePanel } from "./panel";
import { COLUMNS, copiedColumn, hoursShown, typedLines, type WeekTyped, weekOf } from "./week";

const names: readonly string[] = [...t.weekdays, t.holiday];

export function RequiredPanel() {
  const planner = usePlanner();
  const stored: RequiredWeek = planner.requiredWeek.peek();
  const typed = useSignal<WeekTyped>(typedLines(stored));
  const all = useSignal(false);
  const problem = useSignal("");
  const submit = async (event: Event) => {
    event.preventDefault();
    const week = weekOf(typed.value);
    problem.value = week ? "" : t.badLines;
    if (!week) return;
    const failure = await require(planner, week);
    if (failure) problem.value = failure.message;
    else planner.panel.value = null;
  };
  return (
    <SidePanel title={t.requiredTitle} wide>
      <form onSubmit={submit} noValidate>
        <p>
          {t.requiredHelp} {t.holidayHelp}
        </p>
        <CopyColumn copy={(from, to) => (typed.value = copiedColumn(typed.value, from, to))} />
        <Table
          typed={typed.value}
          hours={hoursShown(all.value ? {} : typed.value, all.value)}
          put={(column, hour, value) => {
            typed.value = { ...typed.value, [column]: { ...typed.value[column], [hour]: value } };
          }}
        />
        <div class="choice">
          <input id="all-hours" type="checkbox" checked={all.value} onChange={() => (all.value = !all.value)} />
          <label for="all-hours">{t.allHours}</label>
        </div>
        <Problem id="required-error">{problem.value}</Problem>
        <Buttons submit={t.save} />
      </form>
    </SidePanel>
  );
}

interface TableProps {
  typed: WeekTyped;
  hours: readonly number[];
  put(column: string, hour: number, value: string): void;
}

function Table({ typed, hours, put }: TableProps) {
  return (
    <table class="required-table">
      <thead>
        <tr>
          <th scope="col">{t.hour}</th>
          {names.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hours.map((hour) => (
          <tr key={hour}>
            <th scope="row">{t.hourOf(hour)}</th>
            {COLUMNS.map((column, at) => (
              <td key={column}>
                <input
                  class="input"
                  inputMode="numeric"
                  autocomplete="off"
                  aria-label={t.requiredCell(names[at] ?? "", hour)}
                  value={typed[column]?.[hour] ?? ""}
                  onInput={(event) => put(column, hour, event.currentTarget.value)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CopyColumn({ copy }: { copy(from: string, to: readonly string[]): void }) {
  const from = useSignal<string>(COLUMNS[0]);
  const to = useSignal<readonly string[]>([]);
  const toggle = (column: string) => {
    to.value = to.value.includes(column) ? to.value.filter((one) => one !== column) : [...to.value, column];
  };
  const options = COLUMNS.map((column, at) => [column, names[at] ?? ""] as const);
  return (
    <div class="copy-column">
      <Choice
        id="column-from"
        label={t.copyColumnFrom}
        value={from.value}
        options={options}
        change={(value) => (from.value = value)}
      />
      <fieldset class="field">
        <legend>{t.copyColumnTo}</legend>
        <div class="buttons buttons-close">
          {options.map(([column, name]) => (
            <label key={column} class="copy-day">
              <input type="checkbox" checked={to.value.includes(column)} onChange={() => toggle(column)} />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <button type="button" class="button" onClick={() => copy(from.value, to.value)}>
        {t.copyColumnDo}
      </button>
    </div>
  );
}
