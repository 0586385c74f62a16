import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SampleLine, view } from "../staff/sample";
import { Console } from "./ctrl";
import { listenForKeys } from "./keys";
import { api } from "./network";
import { first, message, session } from "./sample";

let console: Console;
let stop: () => void;
const press = (more: KeyboardEventInit) => dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, ...more }));

beforeEach(() => {
  const second = session({ header: view({ id: 8 }), messages: [message(1)] });
  console = new Console(first({ sessions: [session(), second] }), new SampleLine().open);
  stop = listenForKeys(console);
});
afterEach(() => stop());

test("Alt with a digit goes to that talk, and the keyboard with it", () => {
  press({ altKey: true, code: "Digit2" });
  expect([console.desk.value.active, console.focusWish.value]).toEqual([1, 8]);
  press({ altKey: true, code: "Digit1" });
  expect([console.desk.value.active, console.focusWish.value]).toEqual([0, 7]);
});

test("a digit alone, or in the middle of a conversion, is only a digit", () => {
  press({ code: "Digit2" });
  press({ altKey: true, code: "Digit2", isComposing: true });
  expect(console.desk.value.active).toBe(0);
});

test("Alt+U goes to unread words, Alt with an arrow to the neighbour", () => {
  press({ altKey: true, code: "KeyU" });
  expect(console.focusWish.value).toBe(8);
  press({ altKey: true, code: "ArrowDown" });
  expect(console.focusWish.value).toBe(7);
});

test("Ctrl+K opens the canned replies of the active talk", () => {
  vi.spyOn(api, "cannedReplies").mockResolvedValue({ ok: true, status: 200, value: [] });
  press({ ctrlKey: true, code: "KeyK" });
  expect(console.picking.value).toBe(7);
});

test("a question mark opens the list of keys, but not while one writes", () => {
  const field = document.body.appendChild(document.createElement("textarea"));
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "?", bubbles: true }));
  expect(console.dialog.value).toBeNull();
  press({ key: "?" });
  expect(console.dialog.value).toBe("keys");
  field.remove();
});

test("behind an open window the keys rest", () => {
  console.dialog.value = "keys";
  press({ altKey: true, code: "Digit2" });
  expect(console.desk.value.active).toBe(0);
});

test("a key to a side without its place takes the keyboard there all the same, and never leaves it in the talk", async () => {
  const panel = document.body.appendChild(document.createElement("section"));
  panel.id = "panel";
  panel.tabIndex = -1;
  press({ altKey: true, code: "KeyM" });
  await Promise.resolve();
  expect(document.activeElement).toBe(panel);
  panel.remove();
});
