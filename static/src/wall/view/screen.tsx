// What the tests of these views share: a wall on the page, and what one sees and does there.
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, vi } from "vitest";
import { setClock } from "../../lib/time";
import { now } from "../../staff/clock";
import { colleague, NOW, SampleLine, view } from "../../staff/sample";
import { Wall } from "../ctrl";
import { listenForKeys } from "../keys";
import { first } from "../sample";
import { App } from "./app";

export const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();
export const done = <T,>(value: T) => ({ ok: true, status: 200, value }) as const;
export const two = [view({ id: 1, pseudonym: "K7Q2" }), view({ id: 2, pseudonym: "A3M9" })];
export const crew = [
  colleague(1, "早川", { load: 2 }),
  colleague(2, "蓮", { load: 1, languages: ["en"] }),
  colleague(9, "三浦", { roles: ["supervisor"], load: 0 }),
];

/** The wall on the page, taken away after each test. */
export class Screen {
  line = new SampleLine();
  wall!: Wall;
  root!: HTMLElement;
  private deafen = () => {};

  constructor() {
    beforeEach(() => {
      vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
      setClock(new Date(NOW).toISOString());
      now.value = NOW;
      this.root = document.body.appendChild(document.createElement("div"));
    });
    afterEach(() => {
      this.deafen();
      render(null, this.root);
      this.root.remove();
      vi.useRealTimers();
      history.replaceState(null, "", "/");
    });
  }

  async show(more: Parameters<typeof first>[0] = {}, search = ""): Promise<void> {
    this.line = new SampleLine();
    this.wall = new Wall(first(more), search, this.line.open);
    this.deafen = listenForKeys(this.wall);
    await act(() => {
      render(<App wall={this.wall} />, this.root);
    });
  }

  says(selector: string): string {
    return this.root.querySelector(selector)?.textContent ?? "";
  }

  get dialog() {
    return this.root.querySelector("dialog");
  }

  button(name: string, within: ParentNode | null = this.root): HTMLButtonElement {
    return [...(within?.querySelectorAll("button") ?? [])].find((one) =>
      one.textContent?.includes(name),
    ) as HTMLButtonElement;
  }

  async press(selector: string | HTMLElement): Promise<void> {
    const element = typeof selector === "string" ? this.root.querySelector<HTMLElement>(selector) : selector;
    await act(() => element?.click());
  }

  async type(text: string): Promise<void> {
    const field = this.dialog?.querySelector("textarea");
    await act(() => {
      if (!field) return;
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  /** Send the form of the window, and let the answer arrive. */
  async submit(): Promise<void> {
    await act(async () => {
      this.dialog?.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
      await new Promise((arrived) => setTimeout(arrived));
    });
  }
}
