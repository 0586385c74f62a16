// The window of the end of a duty: what is still in hand and what to do about it, and a word for the next shift.
import { ArrowRightLeft, CircleCheck } from "lucide";
import { Icon } from "../../lib/icon";
import type { SessionView } from "../../protocol";
import { programOf } from "../../staff/view/context";
import { Area, Modal, ModalForm } from "../../staff/view/form";
import { RiskMark } from "../../staff/view/marks";
import { leaveDuty } from "../shiftacts";
import { heldOn } from "../store";
import type { Deed } from "../windows";
import { t } from "../words";
import { useConsole } from "./context";

export function CheckOut({ program }: { program: number }) {
  const console = useConsole();
  const board = console.boards.value.get(program);
  const held = board ? heldOn(board, console.me.value.id) : [];
  const { shift } = console;
  return (
    <Modal title={t.checkOutTitle(programOf(console, program)?.name ?? "")}>
      {held.length === 0 ? (
        <p class="check-out-says">
          <Icon of={CircleCheck} />
          {t.checkOutFree}
        </p>
      ) : (
        <>
          <p class="check-out-says">
            <Icon of={ArrowRightLeft} />
            {t.checkOutHeld(held.length)}
          </p>
          <ul class="held-list">
            {held.map((view) => (
              <Held key={view.id} view={view} />
            ))}
          </ul>
        </>
      )}
      <ModalForm
        submit={t.checkOut}
        check={() => (held.length ? { form: t.checkOutFirst } : {})}
        act={() => leaveDuty(console, program)}
      >
        {(problems) => (
          <Area
            name="shift-note"
            label={t.noteForNext}
            help={t.noteForNextHelp}
            value={shift.draft(program)}
            problem={problems["text"]}
            change={(value) => shift.write(program, value)}
          />
        )}
      </ModalForm>
    </Modal>
  );
}

/** One session still in hand, with the three ways to part from it; each window leads back here. */
export function Held({ view }: { view: SessionView }) {
  const console = useConsole();
  const deeds: [Deed, string][] = [
    ["handOver", t.handOver],
    ["requeue", t.requeue],
    ["end", t.end],
  ];
  return (
    <li class="held row">
      <strong class="pseudonym">{view.pseudonym}</strong>
      <RiskMark level={view.risk} />
      {view.state !== "active" && <span class="badge">{t.states[view.state]}</span>}
      <span class="held-deeds">
        {deeds.map(([deed, name]) => (
          <button
            key={deed}
            type="button"
            class="button button-small"
            aria-label={t.deedFor(name, view.pseudonym)}
            onClick={() => console.window.ask({ deed, session: view.id }, console.dialog.peek())}
          >
            {name}
          </button>
        ))}
      </span>
    </li>
  );
}
