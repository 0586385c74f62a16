import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { armExit } from "./exit";

const beacon = vi.fn((_address: string, _body: URLSearchParams) => true);
const go = vi.fn();
const gone = vi.fn();
let disarm = () => {};

function page(): HTMLFormElement {
  const form = document.createElement("form");
  form.action = "/talk/women/leave";
  form.setAttribute("data-away", "/talk/away");
  form.append(document.createElement("button"));
  const words = document.createElement("p");
  words.textContent = "だれにも見られたくないこと";
  const body = document.body ?? document.documentElement.appendChild(document.createElement("body"));
  body.replaceChildren(form, words);
  disarm = armExit({ form, gone, go });
  return form;
}

function pressEscape(times: number, more: KeyboardEventInit = {}): void {
  for (let press = 0; press < times; press += 1)
    dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", ...more }));
}

beforeEach(() => {
  for (const mock of [beacon, go, gone]) mock.mockClear();
  Object.defineProperty(navigator, "sendBeacon", { value: beacon, configurable: true });
});

afterEach(() => disarm());

describe("quick exit", () => {
  it("blanks the page, tells the server and takes the page's place", () => {
    const form = page();
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    expect(document.documentElement.textContent).toBe("");
    expect(beacon.mock.calls[0]?.[0]).toContain("/talk/women/leave");
    expect(go).toHaveBeenCalledWith("/talk/away");
    expect(gone).toHaveBeenCalledOnce();
  });

  it("keeps the browser from sending the form as well", () => {
    const submit = new Event("submit", { cancelable: true });
    page().dispatchEvent(submit);
    expect(submit.defaultPrevented).toBe(true);
  });

  it("tells the server by another way where there are no beacons", () => {
    const asked = vi.fn(() => Promise.resolve(new Response()));
    vi.stubGlobal("fetch", asked);
    beacon.mockReturnValueOnce(false);
    page().dispatchEvent(new Event("submit", { cancelable: true }));
    expect(asked).toHaveBeenCalledWith(expect.stringContaining("/leave"), expect.objectContaining({ keepalive: true }));
  });

  it("comes with Escape three times", () => {
    page();
    pressEscape(3);
    expect(go).toHaveBeenCalledWith("/talk/away");
  });

  it("does not come with Escape twice", () => {
    page();
    pressEscape(2);
    expect(go).not.toHaveBeenCalled();
  });

  it("does not come with the Escapes of an input method, nor with a held key", () => {
    page();
    pressEscape(3, { isComposing: true });
    pressEscape(3, { repeat: true });
    expect(go).not.toHaveBeenCalled();
  });
});
