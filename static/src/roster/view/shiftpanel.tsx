// The panel of a cell: one shift made, changed or deleted; several are listed first.
import { useSignal } from "@preact/signals";
import { Trash2 } from "lucide";
import { Icon } from "../../lib/icon";
import { cellName, drop, keep } from "../acts";
import { type Cell, fromPattern, roleFor, userOf } from "../brush";
import { clock, dateOf, spanText } from "../days";
import type { Shift } from "../interfaces";
import { language, t } from "../words";
import { usePlanner } from "./context";
import { Buttons, Choice, Problem, SidePanel, Text } from "./panel";
import { type Problems, type ShiftTyped, shiftTyped, typedOf } from "./wish";

export function ShiftPanel({ cell, shiftKey }: { cell: Cell; shiftKey: number | null }) {
  const planner = usePlanner();
  const present = planner.shiftsIn(cell);
  const chosen = useSignal(shiftKey);
  const shift = present.find((one) => one.key === chosen.value) ?? null;
  return (
    <SidePanel title={cellName(planner, cell)}>
      {present.length > 1 && chosen.value !== 0 && (
        <Several present={present} choose={(key) => (chosen.value = key)} chosen={shift?.key ?? null} />
      )}
      {(shift || present.length < 2 || chosen.value === 0) && <Form key={shift?.key ?? 0} cell={cell} shift={shift} />}
    </SidePanel>
  );
}

interface SeveralProps {
  present: readonly Shift[];
  chosen: number | null;
  choose(key: number): void;
}

function Several({ present, chosen, choose }: SeveralProps) {
  return (
    <fieldset class="field several">
      <legend>{t.inThisCell}</legend>
      {present.map((one) => (
        <button
          key={one.key}
          type="button"
          class="button"
          aria-pressed={one.key === chosen}
          onClick={() => choose(one.key)}
        >
          {spanText(one)}
        </button>
      ))}
      <button type="button" class="button button-quiet" onClick={() => choose(0)}>
        {t.addAnother}
      </button>
    </fieldset>
  );
}

function useFirst(cell: Cell, shift: Shift | null): ShiftTyped {
  const planner = usePlanner();
  if (shift) return typedOf(shift);
  const person = planner.byId.peek().get(cell.row);
  const pattern = planner.brushPattern() ?? planner.patterns.peek()[0];
  if (pattern) return typedOf(fromPattern(pattern, cell, person, 0));
  const role = roleFor(person, planner.roles[0] ?? "");
  const user = userOf(cell.row);
  return { user: user === null ? "" : String(user), day: dateOf(cell.day), role, starts: "", ends: "", lines: "2" };
}

function Form({ cell, shift }: { cell: Cell; shift: Shift | null }) {
  const planner = usePlanner();
  const typed = useSignal(useFirst(cell, shift));
  const problems = useSignal<Problems>({});
  const put = (name: keyof ShiftTyped) => (value: string) => {
    typed.value = { ...typed.value, [name]: value };
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const read = shiftTyped(typed.value, shift, planner.book.newKey());
    problems.value = read.problems;
    if (!read.shift) return;
    keep(planner, shift, read.shift);
    planner.panel.value = null;
  };
  return (
    <form onSubmit={submit} noValidate>
      <p class="small soft">{shift ? (shift.published ? t.publishedNote : t.draftNote) : t.draftNote}</p>
      <Fields
        typed={typed.value}
        put={put}
        problems={problems.value}
        fill={(more) => (typed.value = { ...typed.value, ...more })}
      />
      <Buttons submit={shift ? t.save : t.place}>
        {shift && (
          <button
            type="button"
            class="button"
            onClick={() => {
              drop(planner, shift);
              planner.panel.value = null;
            }}
          >
            <Icon of={Trash2} />
            {t.remove}
          </button>
        )}
      </Buttons>
    </form>
  );
}

interface FieldsProps {
  typed: ShiftTyped;
  problems: Problems;
  put(name: keyof ShiftTyped): (value: string) => void;
  fill(more: Partial<ShiftTyped>): void;
}

function Fields({ typed, problems, put, fill }: FieldsProps) {
  const planner = usePlanner();
  const people: [string, string][] = planner.people.value.map((person) => [String(person.id), person.name]);
  const roles: [string, string][] = planner.roles.map((role) => [role, t.roles[role] ?? role]);
  return (
    <>
      <Patterns fill={fill} />
      <div class="field-pair">
        <Text id="starts" label={t.starts} value={typed.starts} change={put("starts")} problem={problems["starts"]} />
        <Text id="ends" label={t.ends} value={typed.ends} change={put("ends")} problem={problems["ends"]} />
      </div>
      <p class="field-help field-help-pair" lang={language}>
        {t.timeHelp}
      </p>
      <Choice id="who" label={t.who} value={typed.user} options={[["", t.nobody], ...people]} change={put("user")} />
      <Text id="day" label={t.day} type="date" value={typed.day} change={put("day")} problem={problems["day"]} />
      <div class="field-pair">
        <Choice id="role" label={t.role} value={typed.role} options={roles} change={put("role")} />
        <Text
          id="lines"
          label={t.lineCount}
          inputMode="numeric"
          value={typed.lines}
          change={put("lines")}
          problem={problems["lines"]}
        />
      </div>
      <Problem id="form-error">{problems["form"]}</Problem>
    </>
  );
}

function Patterns({ fill }: Pick<FieldsProps, "fill">) {
  const { patterns } = usePlanner();
  if (!patterns.value.length) return null;
  return (
    <fieldset class="field">
      <legend>{t.fromPattern}</legend>
      <div class="buttons buttons-close">
        {patterns.value.map((one) => (
          <button
            key={one.id}
            type="button"
            class="button"
            onClick={() => fill({ starts: clock(one.starts), ends: clock(one.ends), lines: String(one.lines) })}
          >
            {one.name}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
