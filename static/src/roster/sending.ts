// Edits on their way to the server: one after another; what does not come through waits and is tried again.
import type { Answer, Failure } from "../lib/http";
import type { Edit, Lost } from "./ledger";
import { withoutRefused } from "./ledger";

export interface SendingOptions {
  send(edit: Edit, again: boolean): Promise<Answer<unknown>>;
  /** Called whenever the list of edits changed, after `taken` or `refused`. */
  changed(edits: readonly Edit[]): void;
  taken(value: unknown, edit: Edit): void;
  /** `lost`: what will not be; the rest of the same edit is sent again without it. */
  refused(failure: Failure, lost: readonly Lost[]): void;
  /** Why nothing moves, or undefined when it does. */
  stuck(failure: Failure | undefined): void;
  wait?: (ms: number) => Promise<void>;
}

const BACK_OFF_MS = [1000, 2000, 4000, 8000, 15_000];

export class Sending {
  edits: readonly Edit[] = [];
  private running = false;
  private hurry: (() => void) | undefined;
  private idle: (() => void)[] = [];

  constructor(private readonly options: SendingOptions) {}

  add(edits: readonly Edit[]): void {
    this.edits = [...this.edits, ...edits];
    this.options.changed(this.edits);
    void this.run();
  }

  /** Try again now: the line is back, or the person asked. */
  wake(): void {
    this.hurry?.();
    void this.run();
  }

  /** Resolves when nothing is owed any more. */
  settled(): Promise<void> {
    if (!this.edits.length) return Promise.resolve();
    return new Promise((done) => this.idle.push(done));
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    let tries = 0;
    for (let next = this.edits[0]; next; next = this.edits[0]) {
      const answer = await this.options.send(next, tries > 0);
      if (!answer.ok && answer.code === "signed_out") {
        this.options.stuck(answer);
        break;
      }
      if (!answer.ok && answer.retryable) {
        this.options.stuck(answer);
        await this.pause(tries++);
        continue;
      }
      tries = 0;
      this.options.stuck(undefined);
      this.settle(next, answer);
    }
    this.running = false;
    if (!this.edits.length) for (const done of this.idle.splice(0)) done();
  }

  private settle(edit: Edit, answer: Answer<unknown>): void {
    if (answer.ok) {
      this.edits = this.edits.filter((one) => one !== edit);
      this.options.taken(answer.value, edit);
    } else {
      const { kept, lost } = withoutRefused(this.edits, edit, answer);
      this.edits = kept;
      this.options.refused(answer, lost);
    }
    this.options.changed(this.edits);
  }

  private pause(tries: number): Promise<void> {
    const ms = BACK_OFF_MS[Math.min(tries, BACK_OFF_MS.length - 1)] ?? 0;
    const wait = this.options.wait ?? ((time) => new Promise<void>((done) => setTimeout(done, time)));
    const hurried = new Promise<void>((done) => {
      this.hurry = done;
    });
    return Promise.race([wait(ms), hurried]);
  }
}
