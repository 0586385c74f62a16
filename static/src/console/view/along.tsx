// Somebody else's talk as its supervisor has it: why it is read, what one can do in it; and who reads along in mine.
import { useSignal } from "@preact/signals";
import { Eye } from "lucide";
import { Icon } from "../../lib/icon";
import { minutesUntil } from "../../lib/time";
import type { Board, SessionView } from "../../protocol";
import { now } from "../../staff/clock";
import { maySteer } from "../../staff/me";
import { Act } from "../../staff/view/act";
import { programOf } from "../../staff/view/context";
import { Drop } from "../../staff/view/drop";
import { Area, Modal, ModalForm, problemsOf } from "../../staff/view/form";
import { RiskMark } from "../../staff/view/marks";
import { handBack, readAlong, stepIn, takeOver } from "../along";
import { BECAUSE, REASONS, type Reason } from "../interfaces";
import type { Talk } from "../talk";
import { t } from "../words";
import { Composer } from "./composer";
import { useConsole } from "./context";

const ALMOST_OVER_MINUTES = 5;

/** The name by which a person of the program is known here. */
export function useName(program: number): (id: number | null) => string {
  const people = useConsole().boards.value.get(program)?.colleagues;
  return (id) => people?.find((one) => one.id === id)?.name ?? "SV";
}

/** Who reads along just now, as the program wishes it to be seen. */
export function Watchers({ talk }: { talk: Talk }) {
  const name = useName(talk.header.program);
  const who = talk.watchers.value;
  return (
    <span class="watchers" role="status">
      {who.length > 0 && <Icon of={Eye} />}
      {who.length > 0 && t.watchedBy(who.map(name))}
    </span>
  );
}

/** In place of the field: one reads, and does nothing by accident. */
export function AlongBar({ talk }: { talk: Talk }) {
  const console = useConsole();
  const along = talk.along.value;
  if (!along) return null;
  const { state, counselor } = talk.header;
  const almostOver = minutesUntil(new Date(along.until).toISOString(), now.value) < ALMOST_OVER_MINUTES;
  return (
    <>
      {talk.stepsIn.value && state === "active" && counselor && (
        <p class="stepping-in small">{t.stepsIn(talk.header.pseudonym, counselor.name)}</p>
      )}
      {talk.stepsIn.value && state === "active" && <Composer talk={talk} />}
      <div class="along">
        <p class="small">
          <Icon of={Eye} />
          <strong>{t.along}</strong> <span class="soft">{t.alongWhy(t.readReasons[along.reason])}</span>
        </p>
        {almostOver && (
          <p class="notice notice-plain small">
            {t.alongAlmostOver}{" "}
            <Act class="button button-small" act={() => readAlong(console, talk.id, along.reason)}>
              {t.goOnReading}
            </Act>
          </p>
        )}
        <div class="row">
          {state === "active" && (
            <button
              type="button"
              class="button button-small"
              aria-pressed={talk.stepsIn.value}
              onClick={() => stepIn(console, talk, !talk.stepsIn.value)}
            >
              {talk.stepsIn.value ? t.stepOut : t.stepIn}
            </button>
          )}
          {(state === "active" || state === "held") && <TakeOver talk={talk} />}
          <button type="button" class="button button-small button-quiet" onClick={() => console.letGo(talk)}>
            {t.stopReading}
          </button>
        </div>
      </div>
    </>
  );
}

/** One press opens the reasons, one takes the talk over: its counselor is told which. */
function TakeOver({ talk }: { talk: Talk }) {
  const console = useConsole();
  return (
    <Drop class="take-over" summary={t.takeOver}>
      {() => (
        <div class="menu-list">
          <p class="small soft">{t.takeOverHelp(talk.header.counselor?.name ?? "")}</p>
          {BECAUSE.map((one) => (
            <Act key={one} class="menu-item" act={() => takeOver(console, talk, one)}>
              {t.because[one]}
            </Act>
          ))}
        </div>
      )}
    </Drop>
  );
}

/** A talk I took over can go back to whom it was taken from, in one act. */
export function GiveBack({ talk }: { talk: Talk }) {
  const console = useConsole();
  const name = useName(talk.header.program);
  const { id, taken_from } = talk.header;
  if (taken_from === null) return null;
  return (
    <button
      type="button"
      class="button button-small"
      onClick={() => console.window.ask({ deed: "handBack", session: id })}
    >
      {t.giveBack(name(taken_from))}
    </button>
  );
}

export function HandBack({ view }: { view: SessionView }) {
  const console = useConsole();
  const name = useName(view.program)(view.taken_from);
  const summary = useSignal("");
  return (
    <Modal title={t.giveBackTitle(view.pseudonym, name)}>
      <ModalForm
        submit={t.giveBack(name)}
        check={() => problemsOf([["summary", !summary.value.trim(), t.summaryMissing]])}
        act={() => handBack(console, view.id, summary.value)}
      >
        {(problems) => (
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
        )}
      </ModalForm>
    </Modal>
  );
}

/** Somebody else's talk asks for a reason first. */
export function ReadAlong({ view }: { view: SessionView }) {
  const console = useConsole();
  const reason = useSignal<Reason>("watch");
  return (
    <Modal title={t.readTitle(view.pseudonym)}>
      <ModalForm submit={t.readAlong} check={() => ({})} act={() => readAlong(console, view.id, reason.value)}>
        {() => (
          <fieldset class="field">
            <legend>{t.readWhy}</legend>
            <p class="field-help">{t.readWhyHelp}</p>
            {REASONS.map((one) => (
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
                <label for={`reason-${one}`}>{t.readReasons[one]}</label>
              </div>
            ))}
          </fieldset>
        )}
      </ModalForm>
    </Modal>
  );
}

/** The talks of others, for who may steer: each can be read along. */
export function Others({ board }: { board: Board }) {
  const console = useConsole();
  const me = console.me.value.id;
  const others = board.sessions.filter(
    ({ id, counselor, state }) =>
      counselor && counselor.id !== me && state !== "waiting" && !console.talks.value.has(id),
  );
  if (!maySteer(programOf(console, board.program)) || !others.length) return null;
  return (
    <details class="others">
      <summary>{t.others(others.length)}</summary>
      <ul>
        {others.map((view) => (
          <li key={view.id} class="waiting">
            <span class="row">
              <strong class="pseudonym">{view.pseudonym}</strong>
              <RiskMark level={view.risk} />
              <button
                type="button"
                class="button button-small"
                aria-label={t.deedFor(t.readAlong, view.pseudonym)}
                onClick={() => console.window.ask({ deed: "read", session: view.id })}
              >
                {t.readAlong}
              </button>
            </span>
            <span class="small soft">{view.counselor?.name}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
