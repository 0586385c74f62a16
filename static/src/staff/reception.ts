// Whether a program receives now, in a word.
import type { Reception } from "../protocol";
import { t } from "./words";

/** Open by its hours, but too few people are there. */
export const isUnstaffed = ({ intake_open, staffed }: Reception) => intake_open && !staffed;

export function stateOf(reception: Reception): string {
  const { stage } = reception;
  if (stage !== "open") return { paused: t.paused, draft: t.notYetOpen, closed: t.closedForGood }[stage];
  if (isUnstaffed(reception)) return t.receptionPaused;
  return reception.intake_open ? t.receiving : reception.open ? t.intakeClosed : t.notReceiving;
}
