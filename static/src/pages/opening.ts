// Opening hours: the week is drawn again while one types, and rows come and go without leaving the page. The server
// makes all of it; this script only puts what it made in place. Without it each button loads the page.

/** Parts that change with what is typed; parts that hold fields change only when a button asks for it. */
type Part = "always" | "rows";

/** Puts the parts of a fresh page in place of those with the same id. */
export function renew(page: Document, fresh: Document, parts: readonly Part[]): void {
  for (const part of parts) {
    for (const made of fresh.querySelectorAll<HTMLElement>(`[data-live="${part}"]`)) {
      page.getElementById(made.id)?.replaceWith(page.adoptNode(made));
    }
  }
  for (const told of page.querySelectorAll<HTMLElement>("[data-of]")) {
    const field = page.getElementById(told.dataset["of"] ?? "");
    if (told.hidden) field?.removeAttribute("aria-invalid");
    else field?.setAttribute("aria-invalid", "true");
  }
}

/** Asks for the page as a document: no markup is put together here, and so none has to be trusted. */
function ask(form: HTMLFormElement, wish: string): Promise<Document | null> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const typed = new FormData(form);
    typed.set("do", wish);
    request.open("POST", location.pathname);
    request.responseType = "document";
    request.onload = () => done(request.status < 400 ? request.responseXML : null);
    request.onerror = () => done(null);
    request.send(typed);
  });
}

/** Takes over every button of the form but the one that saves. */
export function drawOpening(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form[data-opening]");
  if (!form) return;
  let latest = 0;
  const wish = async (what: string, parts: readonly Part[]): Promise<boolean> => {
    latest += 1;
    const mine = latest;
    // What was typed before the new rows are there would be lost with the old ones.
    const makesRows = parts.includes("rows");
    if (makesRows) form.inert = true;
    const fresh = await ask(form, what);
    if (makesRows) form.inert = false;
    // An answer that was overtaken shows what is no longer typed.
    if (!fresh || mine !== latest) return fresh !== null;
    const focus = fresh.querySelector("[autofocus]")?.id;
    renew(page, fresh, parts);
    if (focus && makesRows) page.getElementById(focus)?.focus();
    return true;
  };
  form.addEventListener("change", () => void wish("look", ["always"]));
  form.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button[name=do]") : null;
    if (!button || button.value === "save") return;
    event.preventDefault();
    const leafs = button.value === "look" || button.value.startsWith("week.");
    const answered = await wish(button.value, leafs ? ["always"] : ["rows", "always"]);
    if (!answered) form.requestSubmit(button);
  });
}
