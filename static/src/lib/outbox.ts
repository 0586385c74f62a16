// Words on their way: one id made once, strictly in order, tried again with the same id until answered. Memory only.
import type { Answer, Failure } from "./http";

export interface Word {
  clientId: string;
  text: string;
  /** By which way it goes, where there are several: settled when it was written. */
  way: string;
  at: number;
  /** waiting: nothing went out yet, or a try did not come through; failed: refused, a person decides. */
  state: "waiting" | "sending" | "failed";
  tries: number;
  /** Why it failed, in words for the person. */
  reason: string;
}

export interface OutboxOptions<T> {
  send(word: Word): Promise<Answer<T>>;
  /** Called whenever the list of words changed. */
  changed(words: readonly Word[]): void;
  /** Called with the answer before the word leaves the list. */
  taken(value: T, word: Word): void;
  /** Nobody is signed in: the outbox rests until `wake`. */
  signedOut?(failure: Failure): void;
  newId?: () => string;
  wait?: (ms: number) => Promise<void>;
}

const BACK_OFF_MS = [500, 1000, 2000, 4000, 8000, 15_000];

export class Outbox<T> {
  private words: readonly Word[] = [];
  private running = false;
  private closed = false;
  private hurry: (() => void) | undefined;

  constructor(private readonly options: OutboxOptions<T>) {}

  /** Take words to send. Returns the id by which they will come back. */
  add(text: string, way = ""): string {
    const clientId = (this.options.newId ?? (() => crypto.randomUUID()))();
    this.put([...this.words, { clientId, text, way, at: Date.now(), state: "waiting", tries: 0, reason: "" }]);
    void this.run();
    return clientId;
  }

  /** The server has these words: they came back by another way than the answer. */
  confirm(clientId: string): void {
    if (this.words.some((word) => word.clientId === clientId)) this.put(this.without(clientId));
  }

  /** Try a refused word again, with its own id. */
  retry(clientId: string): void {
    this.change(clientId, { state: "waiting", reason: "", tries: 0 });
    void this.run();
  }

  /** Take a refused word out; returns its text, so that nothing typed is lost. Words on their way stay. */
  takeBack(clientId: string): string | undefined {
    const word = this.words.find((one) => one.clientId === clientId && one.state === "failed");
    if (word) this.put(this.without(clientId));
    return word?.text;
  }

  /** The line is back: no need to wait any longer. */
  wake(): void {
    this.hurry?.();
    void this.run();
  }

  /** Forget everything; used when the talk may no longer be seen. */
  close(): void {
    this.closed = true;
    this.put([]);
    this.hurry?.();
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (let next = this.next(); next && !this.closed; next = this.next()) {
        if (!(await this.deliver(next))) break;
      }
    } finally {
      this.running = false;
    }
  }

  private next(): Word | undefined {
    return this.words.find((word) => word.state !== "failed");
  }

  /** One try. False: rest until somebody wakes us. */
  private async deliver(word: Word): Promise<boolean> {
    this.change(word.clientId, { state: "sending" });
    const answer = await this.options.send(word);
    if (this.closed) return false;
    if (answer.ok) {
      this.options.taken(answer.value, word);
      this.confirm(word.clientId);
      return true;
    }
    if (answer.retryable) {
      this.change(word.clientId, { state: "waiting", tries: word.tries + 1 });
      await this.pause(word.tries);
      return true;
    }
    if (answer.code === "signed_out" && this.options.signedOut) {
      this.change(word.clientId, { state: "waiting" });
      this.options.signedOut(answer);
      return false;
    }
    this.change(word.clientId, { state: "failed", reason: answer.message });
    return true;
  }

  private pause(tries: number): Promise<void> {
    const ms = BACK_OFF_MS[Math.min(tries, BACK_OFF_MS.length - 1)] ?? 0;
    const wait = this.options.wait ?? ((time) => new Promise<void>((done) => setTimeout(done, time)));
    const hurried = new Promise<void>((done) => {
      this.hurry = done;
    });
    return Promise.race([wait(ms), hurried]);
  }

  private without(clientId: string): Word[] {
    return this.words.filter((word) => word.clientId !== clientId);
  }

  private change(clientId: string, to: Partial<Word>): void {
    this.put(this.words.map((word) => (word.clientId === clientId ? { ...word, ...to } : word)));
  }

  private put(words: readonly Word[]): void {
    this.words = words;
    this.options.changed(words);
  }
}
