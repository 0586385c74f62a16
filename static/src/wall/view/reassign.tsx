// The window in which many sessions change hands at once; what could not be done says why, and nothing typed is lost.
import { useSignal } from "@preact/signals";
import { isBlank } from "../../lib/composer";
import type { SessionView } from "../../protocol";
import { candidatesForAll } from "../../staff/board";
import { PersonChoice, QueueChoice, type To } from "../../staff/view/candidates";
import { Area, FieldError, Modal, ModalForm, problemsOf } from "../../staff/view/form";
import { RiskMark } from "../../staff/view/marks";
import { reassign } from "../acts";
import { t } from "../words";
import { useWall } from "./context";

const NONE: ReadonlyMap<number, string> = new Map();

export function Reassign({ program }: { program: number }) {
  const wall = useWall();
  const to = useSignal<To>(null);
  const summary = useSignal("");
  const refusals = useSignal(NONE);
  const views = wall.choice.value.get(program) ?? [];
  const board = wall.boards.value.get(program);
  const people = board ? candidatesForAll(board, views, wall.me.value.id) : [];
  const act = async () => {
    const sessions = views.map((view) => view.id);
    const done = await reassign(wall, program, {
      sessions,
      to: typeof to.value === "number" ? to.value : null,
      summary: summary.value,
    });
    refusals.value = done.refusals;
    return done.outcome;
  };
  const check = () =>
    problemsOf([
      ["to", to.value === null, t.toMissing],
      ["summary", isBlank(summary.value), t.summaryMissing],
      ["form", views.length === 0, t.nothingChosen],
    ]);
  return (
    <Modal title={t.reassignTitle(views.length)}>
      <ul class="reassign-list">
        {views.map((view) => (
          <One key={view.id} view={view} why={refusals.value.get(view.id)} />
        ))}
      </ul>
      <ModalForm submit={to.value === "queue" ? t.requeueGo : t.reassignGo} check={check} act={act}>
        {(problems) => (
          <>
            <fieldset class="field">
              <legend>{t.handOverTo}</legend>
              {!people.some(({ hindrance }) => hindrance === null) && (
                <p class="notice notice-plain">{t.handOverNobody}</p>
              )}
              {people.map((candidate) => (
                <PersonChoice
                  key={candidate.one.id}
                  candidate={candidate}
                  to={to}
                  labels={wall.profileLabels}
                  more={roomText(candidate.one.capacity - candidate.one.load, views.length)}
                />
              ))}
              <QueueChoice to={to} />
              <FieldError id="to-error">{problems["to"]}</FieldError>
            </fieldset>
            <Area
              name="summary"
              label={t.summaryLabel}
              help={views.length > 1 ? t.oneSummaryForAll : t.summaryHelp}
              value={summary.value}
              problem={problems["summary"] ?? problems["text"]}
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

/** How many more fit, where that is worth a word. */
function roomText(room: number, count: number): string {
  if (room <= 0 || count <= 1) return "";
  return room < count ? t.roomForSome(room, count) : t.roomFor(room);
}

function One({ view, why }: { view: SessionView; why: string | undefined }) {
  return (
    <li>
      <span class="row">
        <strong class="pseudonym">{view.pseudonym}</strong>
        <RiskMark level={view.risk} />
        {view.counselor && <span class="small soft">{view.counselor.name}</span>}
      </span>
      {why && <FieldError id={`why-${view.id}`}>{why}</FieldError>}
    </li>
  );
}
