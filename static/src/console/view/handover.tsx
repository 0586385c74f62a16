// The window in which a session changes hands: to a colleague who can take it, or back to the queue; with a summary.
import { useSignal } from "@preact/signals";
import { isBlank } from "../../lib/composer";
import { clockText } from "../../lib/time";
import type { SessionView } from "../../protocol";
import { type Candidate, candidates, isTrainee } from "../../staff/board";
import { maySteer } from "../../staff/me";
import { programOf } from "../../staff/view/context";
import { Area, FieldError, Modal, ModalForm, problemsOf } from "../../staff/view/form";
import { handOver, requeue } from "../acts";
import { language, t } from "../words";
import { useConsole } from "./context";

type To = number | "queue" | null;

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
                <Person key={candidate.one.id} candidate={candidate} to={to} />
              ))}
              <div class="choice">
                <input
                  type="radio"
                  id="to-queue"
                  name="to"
                  checked={to.value === "queue"}
                  onChange={() => {
                    to.value = "queue";
                  }}
                />
                <label for="to-queue">
                  {t.toQueue}
                  <span class="field-help block">{t.toQueueHelp}</span>
                </label>
              </div>
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

function Person({ candidate, to }: { candidate: Candidate; to: { value: To } }) {
  const { profileLabels } = useConsole();
  const { one, hindrance } = candidate;
  const { id } = one;
  const roles = isTrainee(one) ? [t.training] : one.roles.map((role) => t.roles[role]).filter(Boolean);
  const skills = (["qualifications", "languages", "can_take"] as const).flatMap((field) =>
    one[field].map((code) => profileLabels[field][code] ?? code),
  );
  return (
    <div class="choice" data-off={hindrance !== null}>
      <input
        type="radio"
        id={`to-${id}`}
        name="to"
        disabled={hindrance !== null}
        checked={to.value === id}
        onChange={() => {
          to.value = id;
        }}
      />
      <label for={`to-${id}`}>
        {one.name} <span class="small soft">{roles.join("・")}</span>
        <span class="small block">
          {hindrance ? `${t.hindrances[hindrance]}・` : ""}
          {t.handOverRoom(one.load, one.capacity)}
          {one.shift_ends_at && `・${t.closesAt(clockText(one.shift_ends_at, language))}`}
        </span>
        {skills.length > 0 && <span class="small soft block">{skills.join("・")}</span>}
      </label>
    </div>
  );
}
