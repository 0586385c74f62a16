// To whom sessions may go: each colleague with what they have, may and can; or the queue.
import type { Signal } from "@preact/signals";
import { clockText } from "../../lib/time";
import { type Candidate, isTrainee } from "../board";
import type { ProfileLabels } from "../me";
import { language, t } from "../words";

export type To = number | "queue" | null;

interface Props {
  candidate: Candidate;
  to: Signal<To>;
  labels: ProfileLabels;
  /** A word more beside the load. */
  more?: string;
}

export function PersonChoice({ candidate: { one, hindrance }, to, labels, more = "" }: Props) {
  const roles = isTrainee(one) ? [t.training] : one.roles.map((role) => t.roles[role]).filter(Boolean);
  const skills = (["qualifications", "languages", "can_take"] as const).flatMap((field) =>
    one[field].map((code) => labels[field][code] ?? code),
  );
  const until = one.shift_ends_at ? t.closesAt(clockText(one.shift_ends_at, language)) : "";
  const load = [hindrance ? t.hindrances[hindrance] : "", t.handOverRoom(one.load, one.capacity), until, more];
  return (
    <div class="choice" data-off={hindrance !== null}>
      <input
        type="radio"
        id={`to-${one.id}`}
        name="to"
        disabled={hindrance !== null}
        checked={to.value === one.id}
        onChange={() => {
          to.value = one.id;
        }}
      />
      <label for={`to-${one.id}`}>
        {one.name} <span class="small soft">{roles.join("・")}</span>
        <span class="small block">{load.filter(Boolean).join("・")}</span>
        {skills.length > 0 && <span class="small soft block">{skills.join("・")}</span>}
      </label>
    </div>
  );
}

export function QueueChoice({ to }: { to: Signal<To> }) {
  return (
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
  );
}
