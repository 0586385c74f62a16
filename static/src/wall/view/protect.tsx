// The window in which a supervisor goes on without consent, because a life may be in danger: why, in words.
import { useSignal } from "@preact/signals";
import { isBlank } from "../../lib/composer";
import type { SessionView } from "../../protocol";
import { Area, Modal, ModalForm, problemsOf } from "../../staff/view/form";
import { protect } from "../acts";
import { t } from "../words";
import { useWall } from "./context";

export function Protect({ view }: { view: SessionView }) {
  const wall = useWall();
  const why = useSignal("");
  return (
    <Modal title={t.protectTitle(view.pseudonym)}>
      <p class="turn-help">{t.protectHelp}</p>
      <ModalForm
        submit={t.protectGo}
        check={() => problemsOf([["why", isBlank(why.value), t.protectMissing]])}
        act={() => protect(wall, view.id, why.value)}
      >
        {(problems) => (
          <Area
            name="why"
            label={t.protectWhy}
            help={t.protectWhyHelp}
            value={why.value}
            problem={problems["why"]}
            change={(value) => {
              why.value = value;
            }}
          />
        )}
      </ModalForm>
    </Modal>
  );
}
