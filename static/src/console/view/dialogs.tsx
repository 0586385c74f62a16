// The window for what needs a word more: the end.
import { useSignal } from "@preact/signals";
import type { SessionView } from "../../protocol";
import { FieldError, Modal, ModalForm, problemsOf } from "../../staff/view/form";
import { end } from "../acts";
import { END_REASONS, type EndReason } from "../interfaces";
import { t } from "../words";
import { useConsole } from "./context";

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
