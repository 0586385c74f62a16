// What is told once and stays until it was read.
import { signal } from "@preact/signals";

export interface Notice {
  id: number;
  text: string;
  program: number;
  /** What a person had typed into a talk that went away: theirs to copy until they have read the notice. */
  words: string;
  /** What it is about, where only the last word on it counts. */
  about: string;
}

export class Notices {
  readonly all = signal<readonly Notice[]>([]);
  private count = 0;

  add(text: string, program = 0, words = "", about = ""): void {
    this.count += 1;
    const others = about ? this.all.value.filter((one) => one.about !== about) : this.all.value;
    this.all.value = [...others, { id: this.count, text, program, words, about }];
  }

  /** What is still being told of this is told in better words. */
  reword(about: string, text: string): void {
    this.all.value = this.all.value.map((one) => (one.about === about ? { ...one, text } : one));
  }

  read(id: number): void {
    this.all.value = this.all.value.filter((one) => one.id !== id);
  }

  /** Who left a program keeps no words of it, not even their own. */
  forgetWords(program: number): void {
    this.all.value = this.all.value.map((one) => (one.program === program ? { ...one, words: "" } : one));
  }
}
