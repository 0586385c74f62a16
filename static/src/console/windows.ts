// The windows of the console.
import { OpenWindow } from "../staff/windows";

/** What one may do to a session in a window. */
export type Deed = "handOver" | "requeue" | "end" | "read" | "handBack";
export type Dialog =
  | "preferences"
  | "keys"
  | { picture: number }
  | { deed: Deed; session: number }
  | { checkOut: number };

export class ConsoleWindow extends OpenWindow<Dialog> {
  /** The session is gone: so is the window in which something would be done to it. */
  closeFor(session: number): void {
    const top = this.top.peek();
    if (top && typeof top === "object" && "deed" in top && top.session === session) this.close(top);
  }
}
