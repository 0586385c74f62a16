// What is done with a whole week: copy, publish, patterns, required lines, tables in and out, paper.
import { Brush, CopyPlus, Download, type IconNode, Printer, Send, SlidersHorizontal, Upload } from "lucide";
import { Icon } from "../../lib/icon";
import type { Panel } from "../ctrl";
import { dateOf } from "../days";
import { t } from "../words";
import { usePlanner } from "./context";

export function Tools() {
  const planner = usePlanner();
  const { from, days } = planner.range.value;
  const drafts = planner.drafts.value.length;
  const open = (kind: "copy" | "publish" | "patterns" | "required", icon: IconNode, label: string, more = "") => (
    <button
      type="button"
      class={`button ${more}`}
      onClick={() => {
        planner.panel.value = { kind } as Panel;
      }}
    >
      <Icon of={icon} />
      {label}
    </button>
  );
  return (
    <fieldset class="roster-tools no-print">
      <legend class="visually-hidden">{t.tools}</legend>
      {open("publish", Send, drafts ? t.publishDrafts(drafts) : t.publish, drafts ? "button-primary" : "")}
      {open("copy", CopyPlus, t.copyWeek)}
      {open("patterns", Brush, t.patterns)}
      {open("required", SlidersHorizontal, t.required)}
      {planner.csv && (
        <a class="button button-quiet" href={`${planner.csv}?from=${dateOf(from)}&days=${days}`}>
          <Icon of={Download} />
          {t.csv}
        </a>
      )}
      {planner.upload && (
        <a class="button button-quiet" href={planner.upload}>
          <Icon of={Upload} />
          {t.upload}
        </a>
      )}
      <button type="button" class="button button-quiet" onClick={() => print()}>
        <Icon of={Printer} />
        {t.print}
      </button>
    </fieldset>
  );
}
