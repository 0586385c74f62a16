// Why a talk went away.
import { serverNow } from "../lib/time";
import type { SessionView } from "../protocol";
import type { Because } from "./interfaces";
import type { Talk } from "./talk";
import { t } from "./words";

/** Why a talk went away from `me`, and where to; `seen` is how a board shows it. */
export function whyGone(talk: Talk, state: string, seen: SessionView | undefined, me: number): string {
  const { pseudonym, counselor } = talk.header;
  const other = [counselor, seen?.counselor].find((one) => one && one.id !== me);
  const unsent = talk.unsentCount ? t.unsentLost(talk.unsentCount) : "";
  if (talk.along.value && !talk.mine) {
    const over = serverNow() >= talk.along.value.until ? t.alongOver : state ? t.closedElsewhere : t.alongGone;
    return over(pseudonym) + unsent;
  }
  if (seen?.taken_from === me) return takenOver(seen, me) + unsent;
  if (state === "closed") return t.closedElsewhere(pseudonym) + unsent;
  if (other) return t.goneTo(pseudonym, other.name) + unsent;
  return (state === "waiting" ? t.goneToQueue(pseudonym) : t.gone(pseudonym)) + unsent;
}

/** Who took my talk over, and why. */
export function takenOver(view: SessionView, me: number): string {
  const by = view.counselor && view.counselor.id !== me ? view.counselor.name : "";
  return t.takenOver(view.pseudonym, by, t.because[view.taken_because as Because] ?? "");
}
