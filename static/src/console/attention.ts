// What calls for a counselor's attention: an offer, a session that fell away.
import { serverNow } from "../lib/time";
import type { Board } from "../protocol";
import type { Call } from "../staff/attention";
import { lostOn, offersTo } from "../staff/board";
import { callsOn, heardOf } from "../staff/calls";
import { type Me, maySteer } from "../staff/me";

export function callsOf(boards: Board[], me: Me): Call[] {
  const offers = offersTo(boards, me.id, serverNow());
  const steered = boards.filter(({ program }) => maySteer(me.programs.find((one) => one.id === program)));
  const lost = steered.flatMap(lostOn).filter((one) => one.counselor?.id !== me.id);
  return [
    ...heardOf(callsOn(steered, me.id)),
    ...offers.map((one): Call => ["offer", `offer ${one.id} ${one.offered_until}`]),
    ...lost.map((one): Call => ["lost", `lost ${one.id} ${one.counselor_lost_at}`]),
  ];
}
