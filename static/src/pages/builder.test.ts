import { beforeEach, expect, test, vi } from "vitest";
import { liveDraft } from "./builder";

const DRAFT = (act: string) => {
  const form = document.createElement("form");
  form.dataset["draft"] = "";
  form.method = "post";
  for (const value of ["keep", act]) {
    const button = document.createElement("button");
    Object.assign(button, { name: "act", value });
    button.setAttribute("formaction", "#question-q1");
    form.append(button);
  }
  const chosen = document.createElement("select");
  chosen.id = "id_kind";
  const line = document.createElement("div");
  Object.assign(line, { id: "question-q1", tabIndex: -1 });
  form.append(chosen, line);
  return form;
};
const leaving = () => dispatchEvent(new Event("beforeunload", { cancelable: true }));
const present = () => document.querySelector<HTMLFormElement>("form[data-draft]") as HTMLFormElement;
const settled = () => new Promise((done) => setTimeout(done));
const press = (value: string) => present().querySelector<HTMLButtonElement>(`[value="${value}"]`)?.click();

beforeEach(() => document.body.replaceChildren(DRAFT("open:q1")));

test("a button brings the draft back changed, and the place it leads to is focused", async () => {
  const send = vi.fn(async (_address: string, _body: FormData) => DRAFT("close"));
  liveDraft(document, send);
  press("open:q1");
  expect(present().inert).toBe(true);
  await settled();
  expect(send.mock.calls[0]?.[1].get("act")).toBe("open:q1");
  expect(document.activeElement?.id).toBe("question-q1");
  press("close");
  await settled();
  expect(send.mock.calls[1]?.[1].get("act")).toBe("close");
});

test("a choice in a list is taken at once, and the list keeps the focus", async () => {
  const send = vi.fn(async (_address: string, _body: FormData) => DRAFT("close"));
  liveDraft(document, send);
  const list = document.querySelector<HTMLSelectElement>("select");
  list?.focus();
  list?.dispatchEvent(new Event("change", { bubbles: true }));
  await settled();
  expect(send.mock.calls[0]?.[1].get("act")).toBe("keep");
  expect(document.activeElement?.id).toBe("id_kind");
});

test("publishing is the browser's own", () => {
  document.body.replaceChildren(DRAFT("publish"));
  const send = vi.fn(async () => undefined);
  liveDraft(document, send);
  const sent = vi.fn((event: Event) => event.preventDefault());
  document.addEventListener("submit", sent, { once: true });
  press("publish");
  expect(sent).toHaveBeenCalledOnce();
  expect(send).not.toHaveBeenCalled();
});

test("without an answer the browser sends the draft itself, with the act", async () => {
  liveDraft(document, async () => undefined);
  const sent = vi.spyOn(present(), "submit").mockImplementation(() => undefined);
  press("open:q1");
  await settled();
  expect(sent).toHaveBeenCalledOnce();
  expect(new FormData(present()).get("act")).toBe("open:q1");
});

test("a draft that was changed is not left without being asked", async () => {
  liveDraft(document, async () => Object.assign(DRAFT("close"), { id: "changed" }));
  expect(leaving()).toBe(true);
  present().dispatchEvent(new Event("input", { bubbles: true }));
  expect(leaving()).toBe(false);
  press("open:q1");
  await settled();
  expect(leaving()).toBe(true);
  present().dataset["unsaved"] = "";
  expect(leaving()).toBe(false);
});
