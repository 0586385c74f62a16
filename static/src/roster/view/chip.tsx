// One shift in a cell: its time, what is particular about it, and in words whether it is a draft.

import { patternOf } from "../brush";
import { DAY_MINUTES, spanText } from "../days";
import type { Pattern, Person, Shift } from "../interfaces";
import { t } from "../words";

interface Props {
  shift: Shift;
  person: Person | undefined;
  patterns: readonly Pattern[];
  doubled: boolean;
  compact: boolean;
  /** Outside of the grid a chip takes the keyboard itself. */
  alone?: boolean;
}

/** The shortest name of a shift: its pattern's first letter, or the hour it begins. */
function mark(shift: Shift, patterns: readonly Pattern[]): string {
  const [letter] = patternOf(shift, patterns)?.name ?? "";
  return letter ?? String(Math.floor((shift.start % DAY_MINUTES) / 60));
}

export function Chip({ shift, person, patterns, doubled, compact, alone = false }: Props) {
  const role = person?.roles[0] === shift.role ? "" : (t.roles[shift.role] ?? shift.role);
  const words = [
    role,
    shift.published ? "" : t.draft,
    doubled ? t.overlapping : "",
    shift.unsaved ? t.notSaved : "",
  ].filter(Boolean);
  const kind = `chip${shift.published ? "" : " chip-draft"}${doubled ? " chip-doubled" : ""}`;
  const whole = [spanText(shift), t.lines(shift.lines), ...words].join(" ");
  if (compact) {
    return (
      <button
        type="button"
        tabIndex={-1}
        class={`${kind} chip-compact`}
        data-key={shift.key}
        title={whole}
        aria-label={whole}
      >
        {mark(shift, patterns)}
        {doubled && "!"}
      </button>
    );
  }
  return (
    <button type="button" tabIndex={alone ? 0 : -1} class={kind} data-key={shift.key}>
      <span class="chip-time">{spanText(shift)}</span>{" "}
      <span class="chip-words">
        <span class="chip-lines">{t.lines(shift.lines)}</span>
        {words.map((word) => (
          <span key={word} class="chip-word">
            {word}
          </span>
        ))}
      </span>
    </button>
  );
}
