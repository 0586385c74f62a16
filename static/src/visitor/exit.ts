// Quick exit: the page is blank at once, the visit ends on the server, and a page about nothing takes its place.

const PRESSES = 3;
const WITHIN_MS = 2000;

export interface Exit {
  /** The form that does the same without a script: it names where to tell, and where to go. */
  form: HTMLFormElement;
  /** Called once the page is blank. */
  gone(): void;
  go?: (address: string) => void;
}

/** Arm the button, and Escape pressed three times. Returns how to disarm the key. */
export function armExit(exit: Exit): () => void {
  exit.form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(exit);
  });
  let presses: number[] = [];
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing || event.repeat) return;
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
    if (presses.length >= PRESSES) leave(exit);
  };
  // Before anything else on the page can swallow the key.
  addEventListener("keydown", press, true);
  return () => removeEventListener("keydown", press, true);
}

function leave({ form, gone, go = (address) => location.replace(address) }: Exit): void {
  const tell = form.action;
  const away = form.getAttribute("data-away") ?? "/";
  document.documentElement.replaceChildren();
  tellServer(tell);
  gone();
  go(away);
}

/** Told in a way that outlives the page. The cookie goes with the answer. */
function tellServer(address: string): void {
  // Not an empty FormData: the server's HTTP parser refuses a multipart body without parts.
  if (navigator.sendBeacon?.(address, new URLSearchParams({ leave: "1" }))) return;
  void fetch(address, { method: "POST", keepalive: true, redirect: "manual" }).catch(() => undefined);
}
