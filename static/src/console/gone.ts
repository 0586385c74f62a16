// Why a talk went away.
import type { SessionView } from "../protocol";
import type { Talk } from "./talk";
import { t } from "./words";

/** Why a talk went away from `me`, and where to; `seen` is how a board shows it. */
export function whyGone(talk: Talk, state: string, seen: SessionView | undefined, me: number): string {
  const { pseudonym, counselor } = talk.header;
  const other = [counselor, seen?.counselor].find((one) => one && one.id !== me);
  const unsent = talk.unsentCount ? t.unsentLost(talk.unsentCount) : "";
  if (state === "closed") return t.closedElsewhere(pseudonym) + unsent;
  if (other) return t.goneTo(pseudonym, other.name) + unsent;
  return (state === "waiting" ? t.goneToQueue(pseudonym) : t.gone(pseudonym)) + unsent;
}
