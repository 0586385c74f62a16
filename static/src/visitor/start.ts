// The form before the talk, sent without a new entry in the browser's history; without this script it is a plain form.
import { words } from "./words";

interface Told {
  to?: string;
  error?: string;
  fields?: Record<string, string[]>;
}

/** Send the form by script: errors appear beside their fields, and the talk takes this page's place in the history. */
export function takeOver(form: HTMLFormElement, go: (address: string) => void = (to) => location.replace(to)): void {
  let running = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // A second press while the first is under way would start a second talk.
    if (running) return;
    running = true;
    const release = busy(form);
    const told = await ask(form);
    running = false;
    if (told?.to) return go(told.to);
    release();
    // New terms must be read: the server shows them, with everything that was filled in.
    if (told?.error === "terms_changed") return form.submit();
    showErrors(form, told?.fields ?? { form: [words.cannotReach] });
  });
}

async function ask(form: HTMLFormElement): Promise<Told | undefined> {
  try {
    const init = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
    return (await (await fetch(form.action, { ...init, redirect: "error" })).json()) as Told;
  } catch {
    return undefined;
  }
}

function busy(form: HTMLFormElement): () => void {
  const button = form.querySelector("button");
  const label = button?.textContent ?? "";
  if (button) {
    button.setAttribute("aria-disabled", "true");
    button.textContent = words.starting;
  }
  return () => {
    button?.removeAttribute("aria-disabled");
    if (button) button.textContent = label;
  };
}

function showErrors(form: HTMLFormElement, fields: Record<string, string[]>): void {
  for (const place of form.querySelectorAll<HTMLElement>(".field-error")) {
    const text = fields[place.id.replace("error-", "")]?.join(" ") ?? "";
    place.textContent = text;
    place.hidden = text === "";
  }
  for (const control of form.querySelectorAll("input, select, textarea")) {
    control.toggleAttribute("aria-invalid", false);
    const name = control.getAttribute("name") ?? "";
    if (fields[name]) control.setAttribute("aria-invalid", "true");
  }
  form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
}

/** Someone who came by a link of another site came without the cookie: if a talk goes on, show it. */
export async function findTalk(address: string, go: () => void): Promise<void> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => undefined);
  if (answer?.ok) go();
}
