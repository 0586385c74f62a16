// How urgent a talk was found to be, by whom and why: the latest first, words among staff.
import { useSignal } from "@preact/signals";
import { ArrowRight, ChevronDown } from "lucide";
import { useEffect } from "preact/hooks";
import { Icon } from "../../lib/icon";
import { clockText, dayLine } from "../../lib/time";
import type { RiskChange } from "../../protocol";
import { now } from "../../staff/clock";
import { FieldError } from "../../staff/view/form";
import { RiskMark } from "../../staff/view/marks";
import { readRisk } from "../assessing";
import type { Talk } from "../talk";
import { language, t } from "../words";
import { useConsole } from "./context";

export function RiskHistory({ talk }: { talk: Talk }) {
  const console = useConsole();
  const open = useSignal(false);
  const problem = useSignal("");
  const read = async () => {
    if (open.peek()) problem.value = (await readRisk(console, talk))?.message ?? "";
  };
  useEffect(() => void read(), [talk, talk.risk.changedAt.value, open.value]);
  const history = talk.risk.state.value?.history;
  return (
    <details
      class="panel-part unfolds"
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary class="section-title">
        {t.riskHistory}
        <Icon of={ChevronDown} />
      </summary>
      <FieldError id="risk-history-error">{problem.value}</FieldError>
      {open.value && history && <RiskChanges history={history} />}
    </details>
  );
}

export function RiskChanges({ history }: { history: RiskChange[] }) {
  if (!history.length) return <p class="small soft">{t.riskHistoryEmpty}</p>;
  return (
    <ol class="risk-history">
      {history.map((change) => (
        <Change key={change.version} change={change} />
      ))}
    </ol>
  );
}

function Change({ change }: { change: RiskChange }) {
  const { at, by, before, level, meanings, words, answers, suggested, word } = change;
  const differs = suggested !== null && suggested !== level;
  return (
    <li>
      <p class="row">
        {before !== level && (
          <>
            <RiskMark level={before} />
            <Icon of={ArrowRight} />
          </>
        )}
        <RiskMark level={level} called={by && level === 0 ? t.riskNone : undefined} />
        {before === level && <span class="small soft">{t.riskUnchanged}</span>}
      </p>
      <p class="said-foot">
        <strong>{by?.name ?? t.riskByMachine}</strong>
        <time dateTime={at}>
          {dayLine(at, now.peek(), language)} {clockText(at, language)}
        </time>
      </p>
      {meanings.length > 0 && (
        <p class="small">
          {t.riskFound(
            meanings.map((one) => t.meanings[one] ?? one),
            words,
          )}
        </p>
      )}
      {answers.length > 0 && (
        <dl class="risk-answers small">
          {answers.map((one) => (
            <div key={one.key} data-because={change.because.includes(one.key)}>
              <dt>{one.label}</dt>
              <dd>{one.answers.join("、")}</dd>
            </div>
          ))}
        </dl>
      )}
      {differs && <p class="small soft">{t.riskSuggested(t.riskNames[suggested] ?? "")}</p>}
      {word && (
        <p class="text" dir="auto">
          {word}
        </p>
      )}
    </li>
  );
}
