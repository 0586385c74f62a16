import { beforeEach, expect, test, vi } from "vitest";
import { drawOpening, renew } from "./opening";

const page = (row: string, week: string, problem = "", focus = ""): string => `
  <form data-opening><input type="hidden" name="shown" value="1">
    <fieldset id="opening-fri" data-live="rows"><input name="fri" id="fri-0" value="${row}"${focus}>
      <button name="do" value="add.fri">+</button>
      <div id="fri-0-problem" data-live="always" data-of="fri-0"${problem ? "" : " hidden"}>${problem}</div></fieldset>
    <section id="opening-week" data-live="always">${week}</section>
    <button name="do" value="week.2026-12-03">&gt;</button><button name="do" value="save">save</button></form>`;

interface Sent {
  what: string;
  answer(body: string, status?: number): void;
}

const sent: Sent[] = [];

/** A server that answers when the test says so. */
class Request {
  status = 0;
  responseType = "";
  responseXML: Document | null = null;
  onload: () => void = () => undefined;
  onerror: () => void = () => undefined;
  open(): void {}
  send(typed: FormData): void {
    const answer = (body: string, status = 200) => {
      this.status = status;
      this.responseXML = new DOMParser().parseFromString(`<html><body>${body}</body></html>`, "text/html");
      this.onload();
    };
    sent.push({ what: String(typed.get("do")), answer });
  }
}

const week = () => document.getElementById("opening-week")?.textContent;
const field = () => document.getElementById("fri-0") as HTMLInputElement;
const press = (value: string) => document.querySelector<HTMLElement>(`[value="${value}"]`)?.click();

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("XMLHttpRequest", Request);
  document.body.innerHTML = page("20-26", "before");
  drawOpening(document);
});

const type = (value: string) => {
  field().value = value;
  field().dispatchEvent(new Event("change", { bubbles: true }));
};

test("the week follows what is typed, and the fields are left alone", async () => {
  type("2-1");
  sent[0]?.answer(page("something else", "after", "end before start"));
  await vi.waitFor(() => expect(week()).toBe("after"));
  expect(field().value).toBe("2-1");
  expect(field().getAttribute("aria-invalid")).toBe("true");
  type("1-2");
  sent[1]?.answer(page("", "again"));
  await vi.waitFor(() => expect(week()).toBe("again"));
  expect(field().hasAttribute("aria-invalid")).toBe(false);
});

test("an answer that was overtaken is not shown", async () => {
  type("20-25");
  type("20-26");
  sent[1]?.answer(page("", "of 26"));
  sent[0]?.answer(page("", "of 25"));
  await vi.waitFor(() => expect(week()).toBe("of 26"));
});

test("a button brings its rows, and the field to go on in", async () => {
  press("add.fri");
  expect(sent[0]?.what).toBe("add.fri");
  sent[0]?.answer(page("new", "after", "", " autofocus"));
  await vi.waitFor(() => expect(field().value).toBe("new"));
  expect(document.activeElement).toBe(field());
});

test("nobody types into rows that are about to be replaced", async () => {
  const form = document.querySelector("form") as HTMLFormElement;
  type("20-25");
  press("add.fri");
  expect(form.inert).toBe(true);
  sent[0]?.answer(page("", "overtaken"));
  sent[1]?.answer(page("new", "after"));
  await vi.waitFor(() => expect(field().value).toBe("new"));
  expect(form.inert).toBe(false);
});

test("leafing through the weeks leaves the fields alone, and saving is the page's own", async () => {
  press("week.2026-12-03");
  sent[0]?.answer(page("something else", "next week"));
  await vi.waitFor(() => expect(week()).toBe("next week"));
  expect(field().value).toBe("20-26");
  const submitted = vi.fn((event: Event) => event.preventDefault());
  document.addEventListener("submit", submitted, { once: true });
  press("save");
  expect(submitted).toHaveBeenCalledOnce();
  expect(sent).toHaveLength(1);
});

test("where nobody answers the button loads the page", async () => {
  const submitted = vi.fn((event: Event) => event.preventDefault());
  document.addEventListener("submit", submitted, { once: true });
  press("add.fri");
  sent[0]?.answer("", 500);
  await vi.waitFor(() => expect(submitted).toHaveBeenCalledOnce());
});

test("parts this page has not are left out", () => {
  const fresh = new DOMParser().parseFromString('<p id="unknown" data-live="always">x</p>', "text/html");
  renew(document, fresh, ["always"]);
  expect(week()).toBe("before");
});
