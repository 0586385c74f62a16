// The forms' builder without going from page to page: each button brings the draft back changed, in its place.

/** Takes over the draft on the page; without this script every button loads the page anew. */
export function liveDraft(page: Document, send: typeof post = post): void {
  const form = page.querySelector<HTMLFormElement>("form[data-draft]");
  if (!form) return;
  let typed = false;
  let leaving = false;
  addEventListener("beforeunload", (event) => {
    if (!leaving && (typed || page.querySelector("form[data-draft][data-unsaved]"))) event.preventDefault();
  });

  const attach = (draft: HTMLFormElement) => {
    draft.dataset["live"] = "";
    draft.addEventListener("input", () => (typed = true));
    draft.addEventListener("change", ({ target }) => {
      // What is offered below depends on it.
      if (target instanceof HTMLSelectElement) draft.querySelector<HTMLElement>('[value="keep"]')?.click();
    });
    draft.addEventListener("submit", async (event) => {
      const button = event.submitter;
      if (!(button instanceof HTMLButtonElement) || button.value === "publish") {
        leaving = true;
        return;
      }
      event.preventDefault();
      const came = page.activeElement?.id ?? "";
      const body = new FormData(draft, button);
      draft.inert = true;
      const next = await send(location.pathname, body);
      if (!next) return withoutScript();
      const wanted = (button.getAttribute("formaction") ?? "").slice(1);
      draft.replaceWith(next);
      attach(next);
      typed = false;
      const hasChosen = came !== "" && page.getElementById(came) instanceof HTMLSelectElement;
      page.getElementById(hasChosen ? came : next.querySelector("#alert") ? "alert" : wanted)?.focus();

      // Signed out, or the line is down: the browser says so, and «back» brings the draft again.
      function withoutScript() {
        leaving = true;
        draft.inert = false;
        const act = page.createElement("input");
        Object.assign(act, { type: "hidden", name: "act", value: (button as HTMLButtonElement).value });
        draft.append(act);
        draft.submit();
      }
    });
  };
  attach(form);
}

/** The draft as the server sends it back. As a request's document it never passes through a string of HTML. */
function post(address: string, body: FormData): Promise<HTMLFormElement | undefined> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "document";
    request.onloadend = () => {
      const form = request.status === 200 ? request.responseXML?.querySelector("form[data-draft]") : null;
      done(form ? (document.importNode(form, true) as HTMLFormElement) : undefined);
    };
    request.send(body);
  });
}
