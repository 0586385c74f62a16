// What calls for a person's attention, once each.
import type { Board } from "../protocol";
import { alertPerson, type Occasion } from "./alerts";
import type { Preferences } from "./me";

/** What it is, and a key that names this one time. */
export type Call = [Occasion, string];

export class Attention {
  private readonly told = new Set<string>();

  constructor(
    private readonly callsOf: (boards: Board[]) => Call[],
    private readonly wishes: () => Preferences,
  ) {}

  /** What stood there when the page came is seen already. */
  begin(boards: Iterable<Board>): void {
    for (const [, key] of this.callsOf([...boards])) this.told.add(key);
  }

  /** Alert for what is new on the boards. */
  look(boards: Iterable<Board>): void {
    for (const [occasion, key] of this.callsOf([...boards])) {
      if (!this.told.has(key)) this.alert(occasion);
      this.told.add(key);
    }
  }

  alert(occasion: Occasion): void {
    alertPerson(occasion, this.wishes());
  }
}
