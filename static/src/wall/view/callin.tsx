// The window in which people who are not on duty are asked by mail to come, one mail each.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { clockText, dayLine, minutesUntil } from "../../lib/time";
import type { OffDuty, PlannedTime } from "../../protocol";
import { now } from "../../staff/clock";
import { FieldError, Modal, ModalForm, problemsOf } from "../../staff/view/form";
import { callIn } from "../acts";
import { api } from "../network";
import { language, t } from "../words";
import { nameOf, useWall } from "./context";

const AGAIN_MS = 30 * 60_000;
const clock = (at: string) => clockText(at, language);
const NONE: ReadonlyMap<number, string> = new Map();

export function CallIn({ program }: { program: number }) {
  const wall = useWall();
  const people = useSignal<OffDuty[] | null>(null);
  const problem = useSignal("");
  const chosen = useSignal<ReadonlySet<number>>(new Set());
  const refusals = useSignal(NONE);
  const read = async () => {
    const answer = await api.offDuty(program);
    if (answer.ok) people.value = answer.value.filter((one) => one.id !== wall.me.peek().id);
    else problem.value = wall.failed(answer).message;
  };
  useEffect(() => void read(), []);
  const choose = (id: number, wish: boolean) => {
    const next = new Set(chosen.value);
    if (wish) next.add(id);
    else next.delete(id);
    chosen.value = next;
  };
  const act = async () => {
    const done = await callIn(wall, program, [...chosen.value]);
    refusals.value = done.refusals;
    if (done.refusals.size) {
      chosen.value = new Set();
      await read();
    }
    return done.outcome;
  };
  return (
    <Modal title={t.callInTitle(nameOf(wall, program))}>
      <p class="turn-help">{t.callInHelp}</p>
      <ModalForm
        submit={t.callInGo}
        check={() => problemsOf([["people", chosen.value.size === 0, t.callInMissing]])}
        act={act}
      >
        {(problems) => (
          <fieldset class="field">
            <legend>{t.callInWho}</legend>
            {problem.value && <FieldError id="read-error">{problem.value}</FieldError>}
            {people.value?.length === 0 && <p class="soft">{t.callInNobody}</p>}
            {people.value?.map((one) => (
              <One
                key={one.id}
                one={one}
                chosen={chosen.value.has(one.id)}
                choose={(wish) => choose(one.id, wish)}
                why={refusals.value.get(one.id)}
              />
            ))}
            <FieldError id="people-error">{problems["people"]}</FieldError>
          </fieldset>
        )}
      </ModalForm>
    </Modal>
  );
}

interface OneProps {
  one: OffDuty;
  chosen: boolean;
  choose(wish: boolean): void;
  why: string | undefined;
}

function One({ one, chosen, choose, why }: OneProps) {
  const id = `call-${one.id}`;
  const again = one.called_at ? Date.parse(one.called_at) + AGAIN_MS : 0;
  const lately = again > now.value;
  return (
    <div class="choice" data-off={lately}>
      <input
        type="checkbox"
        id={id}
        disabled={lately}
        checked={chosen}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
      <label for={id}>
        {one.name} <span class="small soft">{one.roles.map((role) => t.roles[role] ?? t.otherRole).join("・")}</span>
        <span class="small block">{shiftText(one.next_shift)}</span>
        {one.called_at && (
          <span class="small soft block">
            {calledText(one)} {lately && t.callAgainIn(minutesUntil(new Date(again).toISOString(), now.value))}
          </span>
        )}
        {why && <FieldError id={`${id}-why`}>{why}</FieldError>}
      </label>
    </div>
  );
}

function shiftText(shift: PlannedTime | null): string {
  if (!shift) return t.noShift;
  const span = `${dayLine(shift.starts_at, now.peek(), language)} ${clock(shift.starts_at)}–${clock(shift.ends_at)}`;
  return Date.parse(shift.starts_at) <= now.value ? t.shiftRuns(span) : t.nextShift(span);
}

function calledText({ called_at, called_by, sent }: OffDuty): string {
  const at = called_at ? clock(called_at) : "";
  if (!called_by) return t.lastCalled(at);
  return t.lastCalledBy(at, called_by.name) + (sent ? "" : t.notSentYet);
}
