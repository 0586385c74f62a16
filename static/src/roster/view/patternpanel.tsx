// The panel of patterns: each can be changed or deleted, and a new one added.
import { useSignal } from "@preact/signals";
import { Pencil, Trash2 } from "lucide";
import { Icon } from "../../lib/icon";
import { removePattern, savePattern } from "../acts";
import { clock } from "../days";
import type { Pattern } from "../interfaces";
import { t } from "../words";
import { usePlanner } from "./context";
import { Choice, Problem, SidePanel, Text } from "./panel";
import { type PatternTyped, type Problems, patternTyped } from "./wish";

const EMPTY: PatternTyped = { name: "", role: "counselor", starts: "", ends: "", lines: "2" };

export function PatternPanel() {
  const planner = usePlanner();
  const editing = useSignal<Pattern | null>(null);
  const problem = useSignal("");
  const remove = async (pattern: Pattern) => {
    const failure = await removePattern(planner, pattern.id, pattern.name);
    problem.value = failure?.message ?? "";
    if (editing.peek() === pattern) editing.value = null;
  };
  return (
    <SidePanel title={t.patternsTitle}>
      <ul class="patterns">
        {planner.patterns.value.map((one) => (
          <li key={one.id}>
            <span>
              <strong>{one.name}</strong> {clock(one.starts)}–{clock(one.ends)}{" "}
              <span class="small soft">
                {t.roles[one.role] ?? one.role}・{t.lines(one.lines)}
              </span>
            </span>
            <button
              type="button"
              class="button button-quiet"
              aria-label={t.patternEdit(one.name)}
              onClick={() => (editing.value = one)}
            >
              <Icon of={Pencil} />
            </button>
            <button
              type="button"
              class="button button-quiet"
              aria-label={t.patternRemove(one.name)}
              onClick={() => void remove(one)}
            >
              <Icon of={Trash2} />
            </button>
          </li>
        ))}
      </ul>
      <Problem id="patterns-error">{problem.value}</Problem>
      <Form key={editing.value?.id ?? 0} pattern={editing.value} done={() => (editing.value = null)} />
    </SidePanel>
  );
}

function typedFrom(pattern: Pattern | null): PatternTyped {
  if (!pattern) return EMPTY;
  const { name, role, starts, ends, lines } = pattern;
  return { name, role, starts: clock(starts), ends: clock(ends), lines: String(lines) };
}

function Form({ pattern, done }: { pattern: Pattern | null; done(): void }) {
  const planner = usePlanner();
  const typed = useSignal(typedFrom(pattern));
  const problems = useSignal<Problems>({});
  const submit = async (event: Event) => {
    event.preventDefault();
    const read = patternTyped(typed.value);
    problems.value = read.problems;
    if (!read.wish) return;
    const failure = await savePattern(planner, pattern?.id ?? null, read.wish);
    if (failure) {
      const fields = Object.entries(failure.fields).map(([name, texts]) => [name, texts.join(" ")]);
      problems.value = { ...Object.fromEntries(fields), form: failure.message };
      return;
    }
    typed.value = EMPTY;
    done();
  };
  const put = (name: keyof PatternTyped) => (value: string) => {
    typed.value = { ...typed.value, [name]: value };
  };
  const roles = planner.roles.map((role) => [role, t.roles[role] ?? role] as const);
  return (
    <form onSubmit={submit} noValidate>
      <h3>{pattern ? t.patternEdit(pattern.name) : t.patternNew}</h3>
      <Text
        id="name"
        label={t.patternName}
        value={typed.value.name}
        change={put("name")}
        problem={problems.value["name"]}
      />
      <div class="field-pair">
        <Text
          id="starts"
          label={t.starts}
          value={typed.value.starts}
          change={put("starts")}
          problem={problems.value["starts"]}
        />
        <Text id="ends" label={t.ends} value={typed.value.ends} change={put("ends")} problem={problems.value["ends"]} />
      </div>
      <p class="field-help field-help-pair">{t.timeHelp}</p>
      <div class="field-pair">
        <Choice id="role" label={t.role} value={typed.value.role} options={roles} change={put("role")} />
        <Text
          id="lines"
          label={t.lineCount}
          inputMode="numeric"
          value={typed.value.lines}
          change={put("lines")}
          problem={problems.value["lines"]}
        />
      </div>
      <Problem id="form-error">{problems.value["form"]}</Problem>
      <div class="buttons">
        <button type="submit" class="button button-primary">
          {pattern ? t.save : t.patternAdd}
        </button>
        {pattern && (
          <button type="button" class="button button-quiet" onClick={done}>
            {t.cancel}
          </button>
        )}
      </div>
    </form>
  );
}
