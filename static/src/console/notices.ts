// What is told once and stays until it was read.
import { signal } from "@preact/signals";
import type { SessionView } from "../protocol";
import type { Talk } from "./talk";
import { t } from "./words";

export interface Notice {
  id: number;
  text: string;
  program: number;
  /** What a person had typed into a talk that went away: theirs to copy until they have read the notice. */
  words: string;
}

export class Notices {
  readonly all = signal<readonly Notice[]>([]);
  private count = 0;

  add(text: string, program = 0, words = ""): void {
    this.count += 1;
    this.all.value = [...this.all.value, { id: this.count, text, program, words }];
  }

  read(id: number): void {
    this.all.value = this.all.value.filter((one) => one.id !== id);
  }

  /** Who left a program keeps no words of it, not even their own. */
  forgetWords(program: number): void {
    this.all.value = this.all.value.map((one) => (one.program === program ? { ...one, words: "" } : one));
  }
}

/** Why a talk went away from `me`, and where to; `seen` is how a board shows it. */
export function whyGone(talk: Talk, state: string, seen: SessionView | undefined, me: number): string {
  const { pseudonym, counselor } = talk.header;
  const other = [counselor, seen?.counselor].find((one) => one && one.id !== me);
  const unsent = talk.unsentCount ? t.unsentLost(talk.unsentCount) : "";
  if (state === "closed") return t.closedElsewhere(pseudonym) + unsent;
  if (other) return t.goneTo(pseudonym, other.name) + unsent;
  return (state === "waiting" ? t.goneToQueue(pseudonym) : t.gone(pseudonym)) + unsent;
}
