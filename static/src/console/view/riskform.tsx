// The guided form for how urgent a talk is, in the place of its details: by digits alone, with the talk in sight.
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { isBlank } from "../../lib/composer";
import type { Outcome } from "../../staff/station";
import { Area, FieldError, problemsOf } from "../../staff/view/form";
import { RISKS, RiskMark } from "../../staff/view/marks";
import { assess, leaveRisk, readRisk } from "../assessing";
import { askedOf, type RiskSheet } from "../risk";
import type { Talk } from "../talk";
import { t } from "../words";
import { useConsole } from "./context";
import { Question } from "./riskquestion";

export function RiskForm({ talk }: { talk: Talk }) {
  const console = useConsole();
  const sheet = talk.risk;
  const { problems, busy, keep, tell } = useKeeping(talk);
  useEffect(() => void readRisk(console, talk).then(tell), [talk, sheet.changedAt.value]);
  useLayoutEffect(() => {
    if (!sheet.wanted.value) return;
    sheet.wanted.value = false;
    document.getElementById("risk-title")?.focus();
  }, [sheet.wanted.value]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Escape") leaveRisk(console, talk);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void keep();
    else if (!answersByDigit(event)) return;
    event.preventDefault();
  };
  const onSubmit = (event: Event) => {
    event.preventDefault();
    void keep();
  };
  const known = sheet.state.value !== null;
  const asked = useSignal("");
  const onFocusIn = ({ target }: FocusEvent) => {
    const group = target instanceof Element ? target.closest("[data-risk]") : null;
    if (group) asked.value = group.getAttribute("data-risk") ?? "";
  };
  return (
    <form
      class="risk-form"
      noValidate
      aria-labelledby="risk-title"
      onKeyDown={onKeyDown}
      onFocusIn={onFocusIn}
      onSubmit={onSubmit}
    >
      <button type="button" class="button button-small" onClick={() => leaveRisk(console, talk)}>
        {t.riskBack}
      </button>
      <h2 class="panel-title" id="risk-title" tabIndex={-1}>
        {t.riskTitle(talk.header.pseudonym)}
      </h2>
      <p class="small row">
        {t.riskNow} <RiskMark level={talk.header.risk} />
      </p>
      {known ? <Questions talk={talk} problems={problems} /> : <p role="status">{t.riskLoading}</p>}
      {known && <Decision talk={talk} problems={problems} />}
      <div class="risk-foot">
        <Hint talk={talk} question={asked.value} />
        {known && <Suggested talk={talk} />}
        <FieldError id="form-error">{problems["form"]}</FieldError>
        <button type="submit" id="risk-keep" class="button button-primary" aria-busy={busy} disabled={!known}>
          {sheet.level === null ? t.riskKeepNone : t.riskKeep(nameOf(sheet.level))}
        </button>
      </div>
    </form>
  );
}

/** A level as somebody judged it: that there is no risk is known then. */
const nameOf = (level: number) => (level ? (t.riskNames[level] ?? "") : t.riskNone);

/**
 * How to ask what the keyboard is in; who listens has it from the question itself. Its place is there without it, too: a
 * foot that grew when a question is pressed would move the question from under the pointer.
 */
function Hint({ talk, question }: { talk: Talk; question: string }) {
  const questions = talk.risk.state.value?.form.questions;
  if (!questions?.some(({ help }) => help)) return null;
  return (
    <p class="small risk-hint" aria-hidden="true">
      {questions.find(({ key }) => key === question)?.help}
    </p>
  );
}

/** What is missing before it can be kept, by field. */
function missing({ level, differs, word, suggestion }: RiskSheet): Record<string, string> {
  return problemsOf([
    ["level", level === null, t.riskLevelMissing],
    ["word", differs && isBlank(word.value), suggestion ? t.riskWordMissing : t.riskWordAloneMissing],
  ]);
}

/** Keep what was judged; what is missing, or was refused, is said beside its field. */
function useKeeping(talk: Talk) {
  const console = useConsole();
  const sheet = talk.risk;
  const problems = useSignal<Record<string, string>>({});
  const busy = useSignal(false);
  const tell = (failure: Outcome) => {
    const fields = Object.entries(failure?.fields ?? {}).map(([name, texts]) => [name, texts.join(" ")]);
    // That the questions changed is said above them.
    const form = failure && failure.code !== "form_changed" ? { form: failure.message } : {};
    problems.value = { ...Object.fromEntries(fields), ...form };
  };
  const keep = async () => {
    const { level } = sheet;
    if (busy.value || !sheet.state.value) return;
    problems.value = missing(sheet);
    const first = Object.keys(problems.value)[0];
    if (first) document.getElementById(first === "level" ? "risk-level-0" : first)?.focus();
    if (first || level === null) return;
    busy.value = true;
    const failure = await assess(console, talk, level);
    busy.value = false;
    if (failure) tell(failure);
    else console.status.value = t.riskKept(talk.header.pseudonym, nameOf(level));
  };
  return { problems: problems.value, busy: busy.value, keep, tell };
}

/** A digit chooses that answer and goes on to the next question, from the last one to the button. */
function answersByDigit({ target, key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || altKey || ctrlKey || metaKey) return false;
  const inTitle = target.id === "risk-title";
  if (!inTitle && !target.matches("input[type=radio], input[type=checkbox]")) return false;
  const group = inTitle ? document.querySelector("[data-risk]") : target.closest("[data-risk]");
  const choice = group?.querySelectorAll<HTMLInputElement>("input")[Number(key) - 1];
  if (!group || !choice) return false;
  choice.focus();
  choice.click();
  // What is asked next may depend on it: it is drawn first.
  if (choice.type === "radio") setTimeout(() => focusAfter(group));
  return true;
}

function focusAfter(group: Element): void {
  const all = [...document.querySelectorAll("[data-risk], #word, #risk-keep")];
  const last = group.getAttribute("data-risk") === "level";
  const word = document.querySelector<HTMLTextAreaElement>("#word[aria-required=true]");
  const next = last ? (word?.value === "" ? word : document.getElementById("risk-keep")) : all[all.indexOf(group) + 1];
  const field = next?.matches("fieldset") ? next.querySelector<HTMLElement>("input:checked, input") : next;
  if (field instanceof HTMLElement) field.focus();
}

function Questions({ talk, problems }: { talk: Talk; problems: Record<string, string> }) {
  const sheet = talk.risk;
  const form = sheet.state.value?.form;
  if (!form) return null;
  return (
    <>
      {sheet.formChanged.value && (
        <p class="notice notice-plain small" role="alert">
          {t.riskFormChanged}
        </p>
      )}
      {sheet.fromBefore.value && <p class="small soft">{t.riskFromBefore}</p>}
      {form.questions.length === 0 && <p class="small soft">{t.riskNoQuestions}</p>}
      {form.questions.length > 0 && <p class="small soft risk-keys">{t.riskKeys}</p>}
      {askedOf(form, sheet.answers.value).map((question) => (
        <Question key={question.key} question={question} talk={talk} problem={problems[question.key]} />
      ))}
    </>
  );
}

function Decision({ talk, problems }: { talk: Talk; problems: Record<string, string> }) {
  const sheet = talk.risk;
  const { suggestion, level, differs } = sheet;
  const alone = !suggestion;
  const label = alone ? t.riskWordAlone : t.riskWordNeeded;
  return (
    <>
      <fieldset class="field" data-risk="level">
        <legend>{t.riskLevel}</legend>
        {RISKS.map((one) => (
          <label key={one} class="risk-level" data-suggested={suggestion?.level === one}>
            <input
              type="radio"
              id={`risk-level-${one}`}
              name="risk-level"
              checked={level === one}
              aria-describedby="level-error"
              onChange={() => sheet.choose(one)}
            />
            <span class="risk-key" aria-hidden="true">
              {one + 1}
            </span>
            <span>
              <RiskMark level={one} called={nameOf(one)} /> <span class="small soft">{t.riskHelp[one]}</span>
            </span>
          </label>
        ))}
        <FieldError id="level-error">{problems["level"]}</FieldError>
      </fieldset>
      <Area
        name="word"
        label={differs || alone ? label : t.riskWord}
        help={t.riskWordHelp}
        value={sheet.word.value}
        required={differs}
        problem={differs ? problems["word"] : undefined}
        change={(value) => sheet.write(value)}
      />
    </>
  );
}

function Suggested({ talk }: { talk: Talk }) {
  const { suggestion, state, answers } = talk.risk;
  const form = state.value?.form;
  const because = form?.questions
    .filter(({ key }) => suggestion?.because.includes(key))
    .map(({ key, label, choices }) => {
      const given = String(answers.value[key]);
      return `${label}: ${choices.find(({ value }) => value === given)?.label ?? (given === "yes" ? t.yes : t.no)}`;
    });
  return (
    <div class="risk-suggestion" role="status">
      {suggestion ? (
        <>
          <p>
            {t.riskSuggestion} <RiskMark level={suggestion.level} called={nameOf(suggestion.level)} />
          </p>
          <p class="small soft">{t.riskBecause(suggestion.level ? (because ?? []).join("、") : t.riskAllClear)}</p>
        </>
      ) : (
        <p class="small soft">{t.riskNoSuggestion}</p>
      )}
    </div>
  );
}
