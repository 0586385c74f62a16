// Calm bars that stay until they were read or are no longer true: the shift's end. Its minutes count
// without being read aloud each time: that they came is said once, by tellTimes.
import { Clock } from "lucide";
import { Icon } from "../../lib/icon";
import { clockText, minutesUntil } from "../../lib/time";
import { now } from "../../staff/clock";
import { programOf } from "../../staff/view/context";
import type { Ending } from "../duty";
import { heldOn } from "../store";
import { language, t } from "../words";
import { Held } from "./checkout";
import { useConsole } from "./context";

export function ShiftBars() {
  const { shift } = useConsole();
  return (
    <>
      {shift.endings.value.map((ending) => (
        <ShiftBar key={ending.key} ending={ending} />
      ))}
    </>
  );
}

function ShiftBar({ ending }: { ending: Ending }) {
  const console = useConsole();
  const { program, ends_at, key } = ending;
  const board = console.boards.value.get(program);
  const held = board ? heldOn(board, console.me.value.id) : [];
  const name = console.boards.value.size > 1 ? (programOf(console, program)?.name ?? "") : "";
  return (
    <section class="notice notice-plain banner shift-bar" aria-label={t.shiftEnd}>
      <p class="row">
        <Icon of={Clock} />
        <span>
          <strong>{leftOf(minutesUntil(ends_at, now.value), clockText(ends_at, language))}</strong> {name}{" "}
          {held.length ? t.shiftEndHeld(held.length) : t.shiftEndFree}
        </span>
        <button type="button" class="button button-small" onClick={() => console.shift.markRead(key)}>
          {t.dismissNotice}
        </button>
        <button type="button" class="button button-small" onClick={() => console.window.ask({ checkOut: program })}>
          {t.toCheckOut}
        </button>
      </p>
      {held.length > 0 && (
        <ul class="held-list">
          {held.map((view) => (
            <Held key={view.id} view={view} />
          ))}
        </ul>
      )}
    </section>
  );
}

function leftOf(minutes: number, at: string): string {
  if (minutes > 0) return t.shiftEndsIn(minutes, at);
  return minutes === 0 ? t.shiftEnds(at) : t.overtime(-minutes);
}
