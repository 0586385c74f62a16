// What calls for a person's attention once: an offer, a session that fell away, the end of a shift.
import { serverNow } from "../lib/time";
import type { Board } from "../protocol";
import { alertPerson, type Occasion } from "./alerts";
import { maySteer } from "./duty";
import type { Me } from "./interfaces";
import { lostOn, offersTo } from "./store";

function callsOf(boards: Board[], me: Me): [Occasion, string][] {
  const offers = offersTo(boards, me.id, serverNow());
  const steered = boards.filter(({ program }) => maySteer(me.programs.find((one) => one.id === program)));
  const lost = steered.flatMap(lostOn).filter((one) => one.counselor?.id !== me.id);
  return [
    ...offers.map((one): [Occasion, string] => ["offer", `offer ${one.id} ${one.offered_until}`]),
    ...lost.map((one): [Occasion, string] => ["lost", `lost ${one.id} ${one.counselor_lost_at}`]),
  ];
}

export class Attention {
  private readonly told = new Set<string>();

  constructor(private readonly me: () => Me) {}

  /** What stood there when the page came is seen already. */
  begin(boards: Iterable<Board>): void {
    for (const [, key] of callsOf([...boards], this.me())) this.told.add(key);
  }

  /** Alert for what is new on the boards. */
  look(boards: Iterable<Board>): void {
    for (const [occasion, key] of callsOf([...boards], this.me())) {
      if (!this.told.has(key)) this.alert(occasion);
      this.told.add(key);
    }
  }

  alert(occasion: Occasion): void {
    alertPerson(occasion, this.me());
  }
}
