// The patterns to place: one is chosen like a brush, then cells are pressed.
import { Pencil } from "lucide";
import { Icon } from "../../lib/icon";
import { clock } from "../days";
import type { Pattern } from "../interfaces";
import { t } from "../words";
import { usePlanner } from "./context";

export function Brush() {
  const planner = usePlanner();
  const patterns = planner.patterns.value;
  const edit = () => {
    planner.panel.value = { kind: "patterns" };
  };
  return (
    <section class="roster-brush no-print" aria-labelledby="brush-label">
      <h2 id="brush-label" class="label">
        {t.brush}
      </h2>
      {patterns.length > 0 && (
        <fieldset class="brushes" aria-labelledby="brush-label" aria-describedby="brush-help">
          <Choice pattern={null} digit={0} />
          {patterns.map((pattern, at) => (
            <Choice key={pattern.id} pattern={pattern} digit={at < 9 ? at + 1 : null} />
          ))}
        </fieldset>
      )}
      {patterns.length === 0 && (
        <button type="button" class="button" onClick={edit}>
          <Icon of={Pencil} />
          {t.editPatterns}
        </button>
      )}
      <p class="field-help" id="brush-help">
        {patterns.length ? t.brushHelp : t.noPatterns}
      </p>
    </section>
  );
}

function Choice({ pattern, digit }: { pattern: Pattern | null; digit: number | null }) {
  const planner = usePlanner();
  const id = pattern?.id ?? null;
  return (
    <label class="brush">
      <input
        type="radio"
        name="brush"
        checked={planner.brush.value === id}
        onChange={() => {
          planner.brush.value = id;
        }}
      />
      <span class="brush-name">{pattern ? pattern.name : t.noBrush}</span>
      {pattern && (
        <span class="brush-time">
          {clock(pattern.starts)}–{clock(pattern.ends)}
        </span>
      )}
      {digit !== null && <kbd>{digit}</kbd>}
    </label>
  );
}
