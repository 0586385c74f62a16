// A record keeps itself while somebody writes: what was typed goes to the server a moment after the last key. Without
// this script a button does it. Nothing of it stays in the browser.
import { followConditions } from "../lib/conditions";
import { csrfToken } from "../lib/http";

const AFTER_MS = 1_500;
const AGAIN_MS = 5_000;

interface Kept {
  revision?: number;
  at?: string;
  error?: string;
}

/** Shows what is asked, and keeps the draft of the page's record, if it has one. */
export function keepRecord(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form[data-record]");
  if (!form) return;
  followConditions(form);
  page.getElementById("problems")?.focus();
  new Keeper(form).listen();
}

class Keeper {
  private readonly status: HTMLElement | null;
  private timer = 0;
  private busy = false;
  private again = false;
  /** Somebody else was first, or it may not be written any more: only a person goes on from there. */
  private stopped = false;
  private unkept = false;

  constructor(private readonly form: HTMLFormElement) {
    this.status = form.querySelector("[data-status]");
  }

  listen(): void {
    this.form.addEventListener("input", () => this.soon());
    this.form.addEventListener("change", () => this.soon());
    // A button sends all of it; what comes after that belongs to the next page.
    this.form.addEventListener("submit", () => {
      this.stopped = true;
      this.unkept = false;
      clearTimeout(this.timer);
    });
    addEventListener("pagehide", () => {
      if (this.unkept && !this.stopped) void this.post(true).catch(() => undefined);
    });
    addEventListener("beforeunload", (event) => {
      if (this.unkept) event.preventDefault();
    });
  }

  private soon(wait = AFTER_MS): void {
    if (this.stopped) return;
    this.unkept = true;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.keep(), wait);
  }

  /** One request at a time: each is based on the revision the one before it made. */
  private async keep(): Promise<void> {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    this.say("keeping");
    this.unkept = false;
    try {
      await this.read(await this.post(false));
    } catch {
      this.say("failed");
      this.soon(AGAIN_MS);
    }
    this.busy = false;
    if (this.again) {
      this.again = false;
      this.soon();
    }
  }

  private post(keepalive: boolean): Promise<Response> {
    const { address = "" } = this.form.dataset;
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
    return fetch(address, { method: "POST", body: new FormData(this.form), headers, keepalive, redirect: "error" });
  }

  private async read(answer: Response): Promise<void> {
    const told = (await answer.json().catch(() => ({}))) as Kept;
    if (answer.ok && told.revision !== undefined) {
      const revision = this.form.elements.namedItem("revision");
      if (revision instanceof HTMLInputElement) revision.value = String(told.revision);
      this.say("kept", told.at);
      return;
    }
    this.unkept = true;
    if (told.error === undefined) throw new Error("not kept");
    this.stopped = true;
    this.say(told.error === "changed" ? "changed" : "refused");
  }

  private say(what: "kept" | "keeping" | "failed" | "changed" | "refused", at = ""): void {
    if (this.status) this.status.textContent = (this.form.dataset[what] ?? "").replace("{time}", at);
  }
}
