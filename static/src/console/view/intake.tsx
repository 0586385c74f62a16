// What the visitor answered before the talk, in the words of the form they answered.
import type { IntakeAnswer } from "../../protocol";
import { language, t } from "../words";

const between = language === "ja" ? "、" : ", ";

export function Intake({ answers }: { answers: IntakeAnswer[] }) {
  if (answers.length === 0) return <p class="small soft">{t.intakeEmpty}</p>;
  return (
    <dl class="answers">
      {answers.map(({ key, label, answers: given, personal }) => (
        <div key={key}>
          <dt>
            {label}
            {personal && <span class="badge">{t.personal}</span>}
          </dt>
          <dd class="text">{given.join(between)}</dd>
        </div>
      ))}
    </dl>
  );
}
