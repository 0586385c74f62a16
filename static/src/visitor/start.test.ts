import { beforeEach, expect, it, vi } from "vitest";
import { findTalk, takeOver } from "./start";

const go = vi.fn();

function page(): HTMLFormElement {
  const form = document.createElement("form");
  form.action = "/talk/women/start";
  const consent = document.createElement("input");
  consent.name = "consent";
  form.append(consent);
  for (const name of ["consent", "line", "form"]) {
    const error = document.createElement("p");
    error.className = "field-error";
    error.id = `error-${name}`;
    error.hidden = true;
    form.append(error);
  }
  const button = document.createElement("button");
  button.textContent = "相談をはじめる";
  form.append(button);
  document.body.replaceChildren(form);
  takeOver(form, go);
  return form;
}

function answers(status: number, body: unknown): ReturnType<typeof vi.fn> {
  const asked = vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status })));
  vi.stubGlobal("fetch", asked);
  return asked;
}

const press = (form: HTMLFormElement) => form.dispatchEvent(new Event("submit", { cancelable: true }));
const error = (name: string) => document.querySelector<HTMLElement>(`#error-${name}`);

beforeEach(() => go.mockClear());

it("takes the page's place once a sitting is open", async () => {
  answers(200, { to: "/talk/women/" });
  press(page());
  await vi.waitFor(() => expect(go).toHaveBeenCalledWith("/talk/women/"));
});

it("pressed twice asks once", async () => {
  const asked = answers(200, { to: "/talk/women/" });
  const form = page();
  press(form);
  press(form);
  await vi.waitFor(() => expect(go).toHaveBeenCalled());
  expect(asked).toHaveBeenCalledOnce();
});

it("shows each error beside its field and goes there", async () => {
  answers(400, { error: "invalid", fields: { consent: ["チェックを入れてください。"] } });
  const form = page();
  press(form);
  await vi.waitFor(() => expect(error("consent")?.textContent).toBe("チェックを入れてください。"));
  expect(error("consent")?.hidden).toBe(false);
  expect(error("line")?.hidden).toBe(true);
  expect(form.querySelector("input")?.getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(form.querySelector("input"));
});

it("without a line says so and lets the person press again", async () => {
  vi.stubGlobal(
    "fetch",
    vi.fn(() => Promise.reject(new TypeError())),
  );
  const form = page();
  press(form);
  await vi.waitFor(() => expect(error("form")?.hidden).toBe(false));
  expect(form.querySelector("button")?.textContent).toBe("相談をはじめる");
});

it("lets the server show terms that changed", async () => {
  answers(400, { error: "terms_changed", fields: {} });
  const form = page();
  form.submit = vi.fn();
  press(form);
  await vi.waitFor(() => expect(form.submit).toHaveBeenCalledOnce());
});

it("finds the talk of someone who came by another site's link", async () => {
  const found = vi.fn();
  answers(404, {});
  await findTalk("/talk/women/state", found);
  expect(found).not.toHaveBeenCalled();
  answers(200, {});
  await findTalk("/talk/women/state", found);
  expect(found).toHaveBeenCalledOnce();
});
