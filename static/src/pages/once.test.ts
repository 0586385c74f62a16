import { beforeEach, expect, test, vi } from "vitest";
import { sendOnce } from "./once";

const submit = (form: HTMLFormElement) => form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
const formOf = (method: string): HTMLFormElement => {
  const form = document.createElement("form");
  form.method = method;
  document.body.append(form);
  return form;
};

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
});

test("a form is sent once, another one too, and the first again after a while", () => {
  sendOnce(document);
  const [one, other] = [formOf("post"), formOf("post")];
  expect([submit(one), submit(one), submit(other)]).toEqual([true, false, true]);
  vi.advanceTimersByTime(3_000);
  expect(submit(one)).toBe(true);
});

test("coming back to the page sets its forms free, and searches are never held back", () => {
  sendOnce(document);
  const [form, search] = [formOf("post"), formOf("get")];
  submit(form);
  dispatchEvent(new Event("pageshow"));
  expect([submit(form), submit(search), submit(search)]).toEqual([true, true, true]);
});
