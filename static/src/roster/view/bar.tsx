// Which days: the range in words, a step back and forth, week or month; and whether everything is saved.
import { CalendarDays, ChevronLeft, ChevronRight, Undo2 } from "lucide";
import { Icon } from "../../lib/icon";
import { undo } from "../acts";
import type { View } from "../ctrl";
import { dayText, monthsAfter, monthText } from "../days";
import { language, t } from "../words";
import { usePlanner } from "./context";

export function Bar() {
  const planner = usePlanner();
  const { from, days } = planner.range.value;
  const view = planner.view.value;
  const step = (by: number) => void planner.show(view, view === "week" ? from + 7 * by : monthsAfter(from, by));
  const title =
    view === "month"
      ? monthText(from, language)
      : t.rangeTitle(dayText(from, language), dayText(from + days - 1, language));
  return (
    <div class="roster-bar">
      <h1>{t.heading}</h1>
      <div class="roster-range">
        <button type="button" class="button button-quiet" aria-label={t.earlier} onClick={() => step(-1)}>
          <Icon of={ChevronLeft} />
        </button>
        <strong class="roster-range-title" aria-live="polite">
          {planner.loading.value ? t.loading : title}
        </strong>
        <button type="button" class="button button-quiet" aria-label={t.later} onClick={() => step(1)}>
          <Icon of={ChevronRight} />
        </button>
        <button type="button" class="button no-print" onClick={() => void planner.show(view, planner.today)}>
          <Icon of={CalendarDays} />
          {view === "week" ? t.thisWeek : t.thisMonth}
        </button>
        <Choice />
      </div>
      <State />
    </div>
  );
}

function Choice() {
  const planner = usePlanner();
  const option = (view: View, label: string) => (
    <button
      type="button"
      class="roster-view"
      aria-pressed={planner.view.value === view}
      onClick={() => void planner.show(view, planner.day.peek())}
    >
      {label}
    </button>
  );
  return (
    <fieldset class="roster-views no-print">
      <legend class="visually-hidden">{t.viewChoice}</legend>
      {option("week", t.week)}
      {option("month", t.month)}
    </fieldset>
  );
}

function State() {
  const planner = usePlanner();
  const owed = planner.book.owed.value;
  return (
    <div class="roster-state no-print">
      <span class="soft">{owed ? t.saving(owed) : t.saved}</span>
      <button
        type="button"
        class="button"
        aria-disabled={planner.book.deeds.value.length === 0}
        aria-keyshortcuts="Control+Z"
        onClick={() => undo(planner)}
      >
        <Icon of={Undo2} />
        {t.undo}
      </button>
    </div>
  );
}
