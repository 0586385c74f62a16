import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Program } from "../../staff/me";
import { me, SampleLine, view } from "../../staff/sample";
import { Console } from "../ctrl";
import { api } from "../network";
import { first, session } from "../sample";
import { App } from "./app";

let root: HTMLElement;

beforeEach(() => {
  root = document.body.appendChild(document.createElement("div"));
  vi.spyOn(api, "draft").mockResolvedValue({ ok: true, status: 204, value: undefined });
  vi.spyOn(api, "earlier").mockResolvedValue({ ok: true, status: 200, value: [] });
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("in a program for practice every talk, and the head of the page, say that it is one", async () => {
  const program = { ...me().programs[0], practice: true } as Program;
  const sessions = [session({ header: view({ trial: true }) })];
  const console = new Console(first({ me: me({ programs: [program] }), sessions }), new SampleLine().open);
  await act(() => render(<App console={console} />, root));
  const marks = [...root.querySelectorAll(".trial-mark")].map((mark) => mark.textContent);
  expect(marks).toEqual(["練習", "練習", "練習"]);
  expect(root.textContent).not.toContain("試し");
});
