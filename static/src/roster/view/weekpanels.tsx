// The panels for whole weeks: copying one to another, and publishing with what is left to think of.
import { useSignal } from "@preact/signals";
import { Info, TriangleAlert } from "lucide";
import type { Failure } from "../../lib/http";
import { Icon } from "../../lib/icon";
import { copyWeek, publish } from "../acts";
import type { Planner } from "../ctrl";
import { dateOf, dayNumber, dayOf, mondayOf } from "../days";
import { gapSentence } from "../sentences";
import { warningText } from "../warnings";
import { t } from "../words";
import { usePlanner } from "./context";
import { Buttons, Problem, SidePanel, Text } from "./panel";

/** Send a form once; close its panel when it is taken, say why when it is not. */
function useSubmit(planner: Planner, problem: { value: string }) {
  const busy = useSignal(false);
  const submit = async (event: Event, check: string, ask: () => Promise<Failure | undefined>) => {
    event.preventDefault();
    problem.value = check;
    if (check || busy.peek()) return;
    busy.value = true;
    const failure = await ask();
    busy.value = false;
    if (failure) problem.value = [failure.message, ...Object.values(failure.fields).flat()].join(" ");
    else planner.panel.value = null;
  };
  return { busy, submit };
}

export function CopyPanel() {
  const planner = usePlanner();
  const shown = mondayOf(planner.range.peek().from);
  const from = useSignal(dateOf(shown - 7));
  const to = useSignal(dateOf(shown));
  const problem = useSignal("");
  const { busy, submit } = useSubmit(planner, problem);
  const days = () => [mondayOf(dayNumber(from.value)), mondayOf(dayNumber(to.value))] as const;
  const check = () => {
    if (!from.value || !to.value) return t.badDate;
    return days()[0] === days()[1] ? t.sameWeek : "";
  };
  return (
    <SidePanel title={t.copyTitle}>
      <form noValidate onSubmit={(event) => void submit(event, check(), () => copyWeek(planner, ...days()))}>
        <p>{t.copyHelp}</p>
        <Text
          id="copy-from"
          label={t.copyFrom}
          type="date"
          value={from.value}
          change={(value) => (from.value = value)}
        />
        <Text id="copy-to" label={t.copyTo} type="date" value={to.value} change={(value) => (to.value = value)} />
        <Problem id="copy-error">{problem.value}</Problem>
        <Buttons submit={t.copyDo} busy={busy.value} />
      </form>
    </SidePanel>
  );
}

const MOST_WARNINGS = 8;

export function PublishPanel() {
  const planner = usePlanner();
  const { from: first, days } = planner.range.value;
  const from = useSignal(dateOf(first));
  const to = useSignal(dateOf(first + days - 1));
  const problem = useSignal("");
  const { busy, submit } = useSubmit(planner, problem);
  const [start, end] = [dayNumber(from.value || dateOf(first)), dayNumber(to.value || dateOf(first))];
  const within = (day: number) => day >= start && day <= end;
  const drafts = planner.drafts.value.filter((shift) => within(dayOf(shift)));
  const waiting = planner.book.owed.value > 0;
  const check = () => (waiting ? t.publishWait : drafts.length ? "" : t.publishNone);
  return (
    <SidePanel title={t.publishTitle}>
      <form noValidate onSubmit={(event) => void submit(event, check(), () => publish(planner, start, end))}>
        <div class="field-pair">
          <Text
            id="publish-from"
            label={t.publishFrom}
            type="date"
            value={from.value}
            change={(value) => (from.value = value)}
          />
          <Text
            id="publish-to"
            label={t.publishTo}
            type="date"
            value={to.value}
            change={(value) => (to.value = value)}
          />
        </div>
        <p class="notice">
          <Icon of={Info} />
          <span>
            {drafts.length ? t.publishCount(drafts.length) : t.publishNone}
            {drafts.some((shift) => shift.user === null) &&
              t.publishOpen(drafts.filter((shift) => shift.user === null).length)}
          </span>
        </p>
        <Left start={start} end={end} />
        <Problem id="publish-error">{problem.value}</Problem>
        <Buttons submit={drafts.length ? t.publishDo(drafts.length) : t.publish} busy={busy.value} />
      </form>
    </SidePanel>
  );
}

/** What is left to think of in these days; it holds nothing up. */
function Left({ start, end }: { start: number; end: number }) {
  const planner = usePlanner();
  const within = (day: number) => day >= start && day <= end;
  const concerns = planner.concerns.value.filter((one) => within(dayNumber(one.on)));
  const plans = planner.plans.value.filter((plan) => within(plan.day));
  const lacking = plans.some((plan) => plan.gaps.length > 0);
  return (
    <>
      {lacking && <p>{gapSentence(plans, planner.range.value, planner.today)}</p>}
      {concerns.length > 0 && (
        <>
          <p>{t.publishWarnings(concerns.length)}</p>
          <ul class="publish-warnings">
            {concerns.slice(0, MOST_WARNINGS).map((one) => (
              <li key={`${one.kind} ${one.user} ${one.on}`}>
                <Icon of={TriangleAlert} /> {warningText(one, planner.nameOf(one.user ?? 0))}
              </li>
            ))}
            {concerns.length > MOST_WARNINGS && <li>{t.more(concerns.length - MOST_WARNINGS)}</li>}
          </ul>
        </>
      )}
    </>
  );
}
