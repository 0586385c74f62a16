// The windows for what needs a word more: risk, and the end.
import { useSignal } from "@preact/signals";
import { isBlank } from "../../lib/composer";
import type { SessionView } from "../../protocol";
import { Area, FieldError, Modal, ModalForm, problemsOf } from "../../staff/view/form";
import { RISKS, RiskMark } from "../../staff/view/marks";
import { end, setRisk } from "../acts";
import { END_REASONS, type EndReason } from "../interfaces";
import { t } from "../words";
import { useConsole } from "./context";

export function SetRisk({ view }: { view: SessionView }) {
  const console = useConsole();
  const level = useSignal(view.risk);
  const why = useSignal("");
  return (
    <Modal title={t.riskTitle(view.pseudonym)}>
      <ModalForm
        submit={t.keep}
        check={() => problemsOf([["why", isBlank(why.value), t.riskWhyMissing]])}
        act={() => setRisk(console, view.id, level.value, why.value)}
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

export function End({ view }: { view: SessionView }) {
  const console = useConsole();
  const reason = useSignal<EndReason | "">("");
  const farewell = useSignal(true);
  return (
    <Modal title={t.endTitle(view.pseudonym)}>
      <ModalForm
        submit={t.endNow}
        check={() => problemsOf([["reason", !reason.value, t.endReasonMissing]])}
        act={async () => (reason.value ? end(console, view.id, reason.value, farewell.value) : null)}
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
