// One question of the risk form, whatever kind it is: choices with their digits, or a field.
import { useId } from "preact/hooks";
import type { RiskQuestion } from "../../protocol";
import { FieldError } from "../../staff/view/form";
import type { Talk } from "../talk";
import { t } from "../words";

interface Props {
  question: RiskQuestion;
  talk: Talk;
  problem: string | undefined;
}

export function Question({ question, talk, problem }: Props) {
  const id = useId();
  const written = ["text", "long_text", "number", "date"].includes(question.kind);
  const parts = { question, talk, id, about: `${id}-hint ${id}-error` };
  const said = (
    <>
      <p id={`${id}-hint`} hidden>
        {question.help}
      </p>
      <FieldError id={`${id}-error`}>{problem}</FieldError>
    </>
  );
  if (written)
    return (
      <div class="field" data-risk={question.key}>
        <label class="label" for={id}>
          {question.label}
        </label>
        <Field {...parts} />
        {said}
      </div>
    );
  return (
    <fieldset class="field risk-question" data-risk={question.key} aria-describedby={parts.about}>
      <legend>{question.label}</legend>
      <Choices {...parts} />
      {said}
    </fieldset>
  );
}

interface Parts {
  question: RiskQuestion;
  talk: Talk;
  id: string;
  /** Who describes it, for those who listen. */
  about: string;
}

function Field({ question: { key, kind }, talk, id, about }: Parts) {
  const given = talk.risk.answers.value[key];
  const field = { id, class: "input", "aria-describedby": about, value: given === undefined ? "" : String(given) };
  const write = (text: string) => talk.risk.answer(key, text);
  const onInput = (event: { currentTarget: { value: string } }) => write(event.currentTarget.value);
  if (kind === "long_text") return <textarea {...field} rows={2} onInput={onInput} />;
  if (kind === "date") return <input {...field} type="date" onInput={onInput} />;
  if (kind === "text") return <input {...field} type="text" onInput={onInput} />;
  const count = (text: string) => talk.risk.answer(key, text === "" ? text : Number(text));
  return <input {...field} type="number" min={0} onInput={(event) => count(event.currentTarget.value)} />;
}

function Choices({ question: { key, kind, choices }, talk }: Parts) {
  const several = kind === "choices";
  const yesNo = [
    { value: "yes", label: t.yes },
    { value: "no", label: t.no },
  ];
  const chosen = [talk.risk.answers.value[key] ?? []].flat().map(String);
  const toggle = (value: string, on: boolean) => {
    const others = chosen.filter((one) => one !== value);
    talk.risk.answer(key, several ? (on ? [...others, value] : others) : value);
  };
  return (
    <div class="risk-choices">
      {(kind === "yes_no" ? yesNo : choices).map(({ value, label }, index) => (
        <label key={value} class="risk-choice">
          <input
            type={several ? "checkbox" : "radio"}
            name={`risk-${key}`}
            checked={chosen.includes(value)}
            onChange={(event) => toggle(value, event.currentTarget.checked)}
          />
          <span class="risk-key" aria-hidden="true">
            {index + 1}
          </span>
          {label}
        </label>
      ))}
    </div>
  );
}
