// The window in which a session changes hands: to a colleague who can take it, or back to the queue; with a summary.
import { useSignal } from "@preact/signals";
import { isBlank } from "../../lib/composer";
import type { SessionView } from "../../protocol";
import { candidates } from "../../staff/board";
import { maySteer } from "../../staff/me";
import { PersonChoice, QueueChoice, type To } from "../../staff/view/candidates";
import { programOf } from "../../staff/view/context";
import { Area, FieldError, Modal, ModalForm, problemsOf } from "../../staff/view/form";
import { handOver, requeue } from "../acts";
import { t } from "../words";
import { useConsole } from "./context";

/** `toQueue`: the queue is chosen already. Of a session that fell away, the summary's beginning is known. */
export function HandOver({ view, toQueue }: { view: SessionView; toQueue: boolean }) {
  const console = useConsole();
  const to = useSignal<To>(toQueue ? "queue" : null);
  const mine = view.counselor?.id === console.me.value.id;
  const summary = useSignal(mine || !view.counselor ? "" : t.lostSummary(view.counselor.name));
  const board = console.boards.value.get(view.program);
  const self = maySteer(programOf(console, view.program)) ? console.me.value.id : 0;
  const people = board ? candidates(board, view, self) : [];
  const name = view.pseudonym;
  const act = async () => {
    if (to.value === null) return null;
    return to.value === "queue"
      ? requeue(console, view.id, summary.value)
      : handOver(console, view.id, to.value, summary.value);
  };
  return (
    <Modal title={toQueue ? t.requeueTitle(name) : t.handOverTitle(name)}>
      <ModalForm
        submit={to.value === "queue" ? t.requeue : t.handOver}
        check={() =>
          problemsOf([
            ["to", to.value === null, t.toMissing],
            ["summary", isBlank(summary.value), t.summaryMissing],
          ])
        }
        act={act}
      >
        {(problems) => (
          <>
            <fieldset class="field">
              <legend>{t.handOverTo}</legend>
              {!people.some(({ hindrance }) => hindrance === null) && (
                <p class="notice notice-plain">{t.handOverNobody}</p>
              )}
              {people.map((candidate) => (
                <PersonChoice key={candidate.one.id} candidate={candidate} to={to} labels={console.profileLabels} />
              ))}
              <QueueChoice to={to} />
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
