// What one chooses to see; and, always, how much of it is hidden.
import { Eye, TriangleAlert } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon } from "../../lib/icon";
import { RISKS } from "../../staff/view/marks";
import { type Filters, NO_FILTERS, STATES } from "../filters";
import { t } from "../words";
import { nameOf, useWall } from "./context";

export function FilterBar() {
  const wall = useWall();
  const programs = [...wall.boards.value.keys()];
  const filters = wall.filters.value;
  const isAny = Object.entries(NO_FILTERS).every(([name, none]) => filters[name as keyof Filters] === none);
  return (
    <div class="filter-bar">
      <h2 id="cards-title">
        {t.cards} <span class="soft small">{t.sessions(wall.count.value)}</span>
      </h2>
      <fieldset class="filters" id="filters" tabIndex={-1}>
        <legend class="visually-hidden">{t.filters}</legend>
        {programs.length > 1 && (
          <Choice name="program" label={t.filterProgram}>
            <option value="0">{t.everyProgram}</option>
            {programs.map((id) => (
              <option key={id} value={id}>
                {nameOf(wall, id)}
              </option>
            ))}
          </Choice>
        )}
        <Choice name="counselor" label={t.filterCounselor}>
          <option value="0">{t.everybody}</option>
          {wall.counselors.value.map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
        <Choice name="state" label={t.filterState}>
          <option value="">{t.everyState}</option>
          {STATES.map((state) => (
            <option key={state} value={state}>
              {t.states[state]}
            </option>
          ))}
        </Choice>
        <Choice name="risk" label={t.filterRisk}>
          <option value="0">{t.everyRisk}</option>
          {RISKS.slice(1).map((risk) => (
            <option key={risk} value={risk}>
              {t.riskFrom(t.riskNames[risk] ?? "")}
            </option>
          ))}
        </Choice>
      </fieldset>
      {!isAny && (
        <p class="hidden-count row" role="status">
          <HiddenCount />
          <button type="button" class="button button-small" onClick={() => wall.filter(NO_FILTERS)}>
            <Icon of={Eye} />
            {t.clear}
          </button>
        </p>
      )}
    </div>
  );
}

function HiddenCount() {
  const { all, high } = useWall().hidden.value;
  return (
    <>
      {all > 0 && <span>{t.hidden(all)}</span>}
      {high > 0 && (
        <strong class="hidden-high">
          <Icon of={TriangleAlert} />
          {t.hiddenHigh(high)}
        </strong>
      )}
    </>
  );
}

interface ChoiceProps {
  name: keyof Filters;
  label: string;
  children: ComponentChildren;
}

function Choice({ name, label, children }: ChoiceProps) {
  const wall = useWall();
  const take = (text: string) => wall.filter({ [name]: name === "state" ? text : Number(text) });
  return (
    <label class="filter">
      <span class="small">{label}</span>
      <select
        class="input"
        value={String(wall.filters.value[name])}
        onChange={(event) => take(event.currentTarget.value)}
      >
        {children}
      </select>
    </label>
  );
}
