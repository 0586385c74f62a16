// Which window is open. Only one ever is; one that was opened from another leads back to it.
import { signal } from "@preact/signals";

/** What one may do to a session in a window. */
export type Deed = "handOver" | "requeue" | "risk" | "end";
export type Dialog =
  | "preferences"
  | "keys"
  | { picture: number }
  | { deed: Deed; session: number }
  | { checkOut: number };

export class OpenWindow {
  readonly top = signal<Dialog | null>(null);
  private before: Dialog | null = null;

  /** Open a window; `before` is the one to come back to. */
  ask(dialog: Dialog, before: Dialog | null = null): void {
    this.top.value = dialog;
    this.before = before;
  }

  /** Close this window, if it is still the one that is open. */
  close(which: Dialog | null = this.top.peek()): void {
    if (this.top.peek() !== which) return;
    this.top.value = this.before;
    this.before = null;
  }

  /** The session is gone: so is the window in which something would be done to it. */
  closeFor(session: number): void {
    const top = this.top.peek();
    if (top && typeof top === "object" && "deed" in top && top.session === session) this.close(top);
  }
}
