// The second hand every clock on the screen follows, by the server's time.
import { signal } from "@preact/signals";
import { serverNow } from "../lib/time";

/** Now in ms, moved once a second. */
export const now = signal(serverNow());

export function startClock(): () => void {
  const timer = setInterval(() => {
    now.value = serverNow();
  }, 1000);
  return () => clearInterval(timer);
}
