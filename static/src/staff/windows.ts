// Which window is open. Only one ever is; one that was opened from another leads back to it.
import { signal } from "@preact/signals";

export class OpenWindow<D> {
  readonly top = signal<D | null>(null);
  private before: D | null = null;

  /** Open a window; `before` is the one to come back to. */
  ask(dialog: D, before: D | null = null): void {
    this.top.value = dialog;
    this.before = before;
  }

  /** Close this window, if it is still the one that is open. */
  close(which: D | null = this.top.peek()): void {
    if (this.top.peek() !== which) return;
    this.top.value = this.before;
    this.before = null;
  }
}
