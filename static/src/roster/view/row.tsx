// One person's row. It is drawn again only when something of its own changed: fifty rows of a month stay quick.
import { TriangleAlert } from "lucide";
import { Component } from "preact";
import { Icon } from "../../lib/icon";
import type { Refusal } from "../book";
import { dayOf, spanText } from "../days";
import type { Pattern, Person, RosterWarning, Shift } from "../interfaces";
import { OPEN_PLACES } from "../interfaces";
import { type Away, cellsOf, doubled, minutesIn, type Range } from "../layout";
import { hoursText, warningShort } from "../warnings";
import { t } from "../words";
import { Chip } from "./chip";

export interface RowProps {
  id: number;
  index: number;
  person: Person | undefined;
  shifts: readonly Shift[];
  away: readonly Away[];
  concerns: readonly RosterWarning[];
  refused: readonly Refusal[];
  range: Range;
  patterns: readonly Pattern[];
  compact: boolean;
  /** The column of the keyboard, −1 when it is in another row. */
  col: number;
  /** The selected columns, both included; −1 when none is. */
  selectedFrom: number;
  selectedTo: number;
}

const MOST_WORDS = 2;

export class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return (Object.keys(next) as (keyof RowProps)[]).some((name) => next[name] !== this.props[name]);
  }

  override render() {
    const { id, index, shifts, away, range, compact } = this.props;
    const cells = cellsOf(shifts, range);
    const over = id === OPEN_PLACES ? new Set<number>() : doubled(shifts, away);
    const awayOn = new Map<number, Away[]>();
    for (const one of away) awayOn.set(dayOf(one), [...(awayOn.get(dayOf(one)) ?? []), one]);
    return (
      <tr class={this.kind()} aria-rowindex={index + 2}>
        {this.head()}
        {cells.map((cell, col) => this.cell(cell, col, over, awayOn.get(range.from + col)))}
        <td class="row-total number">
          {compact ? hoursText(minutesIn(shifts)) : t.hours(hoursText(minutesIn(shifts)))}
        </td>
      </tr>
    );
  }

  private kind(): string | undefined {
    if (this.props.id === OPEN_PLACES) return "row-open";
    return this.props.shifts.length === 0 ? "row-empty" : undefined;
  }

  private head() {
    const { id, person, concerns, compact } = this.props;
    if (id === OPEN_PLACES) {
      return (
        <th scope="row" class="row-name">
          {t.openPlaces}
          {!compact && <span class="row-help">{t.openPlacesHelp}</span>}
        </th>
      );
    }
    const roles = person?.roles.map((role) => t.roles[role] ?? role).join(t.between) || t.left;
    const words = [...new Set(concerns.map(warningShort))];
    const told = words.length > MOST_WORDS ? [...words.slice(0, MOST_WORDS), "…"] : words;
    return (
      <th scope="row" class="row-name">
        <span class="row-person">{person?.name}</span> <span class="row-roles">{roles}</span>
        {told.length > 0 && (
          <span class="row-concerns">
            <Icon of={TriangleAlert} />
            {compact ? <span class="visually-hidden">{told.join(t.between)}</span> : told.join(t.between)}
          </span>
        )}
      </th>
    );
  }

  private cell(shifts: readonly Shift[], col: number, over: ReadonlySet<number>, away: readonly Away[] | undefined) {
    const { id, person, patterns, compact, selectedFrom, selectedTo } = this.props;
    const refused = this.props.refused.filter((one) => dayOf(one.shift) - this.props.range.from === col);
    const chosen = col >= selectedFrom && col <= selectedTo;
    return (
      // biome-ignore lint/a11y/useAriaPropsSupportedByRole: in a grid a cell can be selected
      <td
        key={col}
        id={`cell-${id}-${col}`}
        data-row={id}
        data-col={col}
        tabIndex={col === this.props.col ? 0 : -1}
        aria-selected={chosen}
      >
        {shifts.map((shift) => (
          <Chip
            key={shift.key}
            shift={shift}
            person={person}
            patterns={patterns}
            doubled={over.has(shift.key)}
            compact={compact}
          />
        ))}
        {away?.map((one) => (
          <span key={one.start} class="chip-away" title={compact ? `${t.elsewhere} ${spanText(one)}` : undefined}>
            {compact ? "×" : `${t.elsewhere} ${spanText(one)}`}
          </span>
        ))}
        {refused.map((one) => (
          <span key={one.shift.key} class="cell-refused" title={compact ? one.why : undefined}>
            {compact ? "!" : one.why}
          </span>
        ))}
      </td>
    );
  }
}
