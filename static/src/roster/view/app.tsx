// The whole page: what is missing, what to place, the grid, required against planned, what to think of.
import { useComputed } from "@preact/signals";
import { Info } from "lucide";
import { Icon } from "../../lib/icon";
import type { Planner } from "../ctrl";
import { gapSentence } from "../sentences";
import { t } from "../words";
import { Bar } from "./bar";
import { Brush } from "./brush";
import { PlannerContext, usePlanner } from "./context";
import { DayList } from "./daylist";
import { Demand, Hatch } from "./demand";
import { Filters } from "./filters";
import { Grid } from "./grid";
import { Panels } from "./panels";
import { Refusals, Saving, Trouble } from "./saving";
import { Tools } from "./tools";
import { Warnings } from "./warnings";
import { narrow } from "./width";

export function App({ planner }: { planner: Planner }) {
  return (
    <PlannerContext.Provider value={planner}>
      <div class="roster" aria-busy={planner.loading.value}>
        <Bar />
        <Sentence />
        <Trouble />
        <Refusals />
        <Tools />
        {planner.people.value.length === 0 && <p class="notice notice-plain">{t.noPeople}</p>}
        {!narrow.value && <Brush />}
        {!narrow.value && <Filters />}
        {narrow.value ? <DayList /> : <Grid />}
        <Saving />
        {!narrow.value && <Demand />}
        <Warnings />
        <Panels />
        <Hatch />
        <Said />
      </div>
    </PlannerContext.Provider>
  );
}

/** What a person would say first: where lines are missing. */
function Sentence() {
  const planner = usePlanner();
  const sentence = useComputed(() => gapSentence(planner.plans.value, planner.range.value, planner.today));
  return (
    <p class="roster-sentence">
      <Icon of={Info} />
      <span>{sentence}</span>
    </p>
  );
}

function Said() {
  const { said } = usePlanner();
  return (
    <p class="visually-hidden" role="status">
      {said}
    </p>
  );
}
