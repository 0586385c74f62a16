// Keeps one session's unsent words on the server, so that no browser has to store them: late, and one save at a time.
import type { Answer } from "../lib/http";

const PAUSE_MS = 1500;

export class DraftSaver {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saved: string;
  private wanted: string;
  private saving = false;
  private touched = false;

  constructor(
    saved: string,
    private readonly save: (text: string, leaving: boolean) => Promise<Answer<void>>,
  ) {
    this.saved = saved;
    this.wanted = saved;
  }

  /** The text is now this; it is saved when the person pauses. */
  change(text: string): void {
    this.wanted = text;
    this.touched = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), PAUSE_MS);
  }

  /** The server keeps this text. True when it is news, and nothing was written here meanwhile. */
  learn(text: string): boolean {
    if (this.touched || text === this.saved) return false;
    this.saved = text;
    this.wanted = text;
    return true;
  }

  /** Save now what is not saved. `leaving`: the page may be gone before the answer. */
  async flush(leaving = false): Promise<void> {
    clearTimeout(this.timer);
    if (this.wanted === this.saved || (this.saving && !leaving)) return;
    this.saving = true;
    const text = this.wanted;
    const answer = await this.save(text, leaving);
    this.saving = false;
    if (answer.ok) this.saved = text;
    // Written meanwhile, or not come through: once more after a pause.
    if (this.wanted !== this.saved && (answer.ok || answer.retryable)) this.change(this.wanted);
  }

  /** Forget the words; nothing is saved any more. */
  stop(): void {
    clearTimeout(this.timer);
    this.wanted = "";
    this.saved = "";
  }
}
