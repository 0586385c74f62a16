// The windows for what needs a word more: hand over, back to the queue, risk, end.
import { useSignal } from "@preact/signals";
import { isBlank } from "../../lib/composer";
import { end, handOver, requeue, setRisk } from "../acts";
import { END_REASONS, type EndReason, RISKS } from "../interfaces";
import { withRoom } from "../store";
import type { Talk } from "../talk";
import { t } from "../words";
import { useConsole } from "./context";
import { Area, FieldError, Modal, ModalForm } from "./form";
import { RiskMark } from "./marks";

/** The problems among these: field, whether something is wrong, and what to say. */
function problemsOf(rows: [string, boolean, string][]): Record<string, string> {
  return Object.fromEntries(rows.filter(([, wrong]) => wrong).map(([name, , text]) => [name, text]));
}

export function HandOver({ talk }: { talk: Talk }) {
  const console = useConsole();
  const to = useSignal(0);
  const summary = useSignal("");
  const board = console.boards.value.get(talk.header.program);
  const colleagues = board ? withRoom(board, console.me.value.id) : [];
  return (
    <Modal title={t.handOverTitle(talk.header.pseudonym)}>
      <ModalForm
        submit={t.handOver}
        check={() =>
          problemsOf([
            ["to", !to.value, t.toMissing],
            ["summary", isBlank(summary.value), t.summaryMissing],
          ])
        }
        act={() => handOver(console, talk, to.value, summary.value)}
      >
        {(problems) => (
          <>
            <fieldset class="field">
              <legend>{t.handOverTo}</legend>
              {colleagues.length === 0 && <p class="notice notice-plain">{t.handOverNobody}</p>}
              {colleagues.map((one) => (
                <div key={one.id} class="choice">
                  <input
                    type="radio"
                    id={`to-${one.id}`}
                    name="to"
                    checked={to.value === one.id}
                    onChange={() => {
                      to.value = one.id;
                    }}
                  />
                  <label for={`to-${one.id}`}>
                    {one.name} <span class="small soft">{t.handOverRoom(one.load, one.capacity)}</span>
                  </label>
                </div>
              ))}
              <FieldError id="to-error">{problems["to"]}</FieldError>
            </fieldset>
            <Area
              name="summary"
              label={t.summaryLabel}
              help={t.summaryHelp}
              value={summary.value}
              problem={problems["summary"]}
              change={(value) => {
                summary.value = value;
              }}
            />
          </>
        )}
      </ModalForm>
    </Modal>
  );
}

export function Requeue({ talk }: { talk: Talk }) {
  const console = useConsole();
  const summary = useSignal("");
  return (
    <Modal title={t.requeueTitle(talk.header.pseudonym)}>
      <ModalForm
        submit={t.requeue}
        check={() => problemsOf([["summary", isBlank(summary.value), t.summaryMissing]])}
        act={() => requeue(console, talk, summary.value)}
      >
        {(problems) => (
          <Area
            name="summary"
            label={t.summaryLabel}
            help={t.requeueHelp}
            value={summary.value}
            problem={problems["summary"]}
            change={(value) => {
              summary.value = value;
            }}
          />
        )}
      </ModalForm>
    </Modal>
  );
}

export function SetRisk({ talk }: { talk: Talk }) {
  const console = useConsole();
  const level = useSignal(talk.header.risk);
  const why = useSignal("");
  return (
    <Modal title={t.riskTitle(talk.header.pseudonym)}>
      <ModalForm
        submit={t.keep}
        check={() => problemsOf([["why", isBlank(why.value), t.riskWhyMissing]])}
        act={() => setRisk(console, talk, level.value, why.value)}
      >
        {(problems) => (
          <>
            <fieldset class="field">
              <legend>{t.risk}</legend>
              {RISKS.map((one) => (
                <div key={one} class="choice">
                  <input
                    type="radio"
                    id={`risk-${one}`}
                    name="risk"
                    checked={level.value === one}
                    onChange={() => {
                      level.value = one;
                    }}
                  />
                  <label for={`risk-${one}`}>
                    <RiskMark level={one} /> <span class="small soft">{t.riskHelp[one]}</span>
                  </label>
                </div>
              ))}
              <FieldError id="level-error">{problems["level"]}</FieldError>
            </fieldset>
            <Area
              name="why"
              label={t.riskWhy}
              help={t.riskWhyHelp}
              value={why.value}
              problem={problems["why"]}
              change={(value) => {
                why.value = value;
              }}
            />
          </>
        )}
      </ModalForm>
    </Modal>
  );
}

export function End({ talk }: { talk: Talk }) {
  const console = useConsole();
  const reason = useSignal<EndReason | "">("");
  const farewell = useSignal(true);
  return (
    <Modal title={t.endTitle(talk.header.pseudonym)}>
      <ModalForm
        submit={t.endNow}
        check={() => problemsOf([["reason", !reason.value, t.endReasonMissing]])}
        act={async () => (reason.value ? end(console, talk, reason.value, farewell.value) : null)}
      >
        {(problems) => (
          <>
            <fieldset class="field">
              <legend>{t.endReason}</legend>
              {END_REASONS.map((one) => (
                <div key={one} class="choice">
                  <input
                    type="radio"
                    id={`reason-${one}`}
                    name="reason"
                    checked={reason.value === one}
                    onChange={() => {
                      reason.value = one;
                    }}
                  />
                  <label for={`reason-${one}`}>{t.endReasons[one]}</label>
                </div>
              ))}
              <FieldError id="reason-error">{problems["reason"]}</FieldError>
            </fieldset>
            <div class="field choice">
              <input
                type="checkbox"
                id="farewell"
                checked={farewell.value}
                aria-describedby="farewell-help"
                onChange={(event) => {
                  farewell.value = event.currentTarget.checked;
                }}
              />
              <label for="farewell">
                {t.farewell}
                <span class="field-help block" id="farewell-help">
                  {t.farewellHelp}
                </span>
              </label>
            </div>
          </>
        )}
      </ModalForm>
    </Modal>
  );
}
