import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Failure } from "../../lib/http";
import type { FindingView, RiskChange } from "../../protocol";
import { now } from "../../staff/clock";
import { NOW, SampleLine, view } from "../../staff/sample";
import { Console } from "../ctrl";
import { listenForKeys } from "../keys";
import { api } from "../network";
import { event, first, frame, message, riskForm, riskState, session } from "../sample";
import { App } from "./app";

let line: SampleLine;
let console: Console;
let root: HTMLElement;
let stop: () => void;

const ok = <T,>(value: T) => ({ ok: true as const, status: 200, value });
const refused = (code: string, fields = {}): Failure => ({
  ok: false,
  status: 400,
  code,
  message: `(${code})`,
  fields,
  retryable: false,
});

async function show(sessions = [session()]) {
  line = new SampleLine();
  console = new Console(first({ sessions }), line.open);
  stop = listenForKeys(console);
  await act(() => render(<App console={console} />, root));
}

const drawn = () => act(() => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done))));
async function press(key: string, more: KeyboardEventInit = {}) {
  await act(() => {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  });
  // Once for what was asked of the server, once for what comes of it.
  await drawn();
  await drawn();
}
const open = () => press("r", { code: "KeyR", altKey: true });
const place = () => document.activeElement?.closest("[data-risk]")?.getAttribute("data-risk");
const says = (selector: string) => root.querySelector(selector)?.textContent ?? "";
const talk = () => console.talks.value.get(7)?.risk;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  now.value = NOW;
  root = document.body.appendChild(document.createElement("div"));
  vi.spyOn(api, "draft").mockResolvedValue({ ok: true, status: 204, value: undefined });
  vi.spyOn(api, "earlier").mockResolvedValue(ok([]));
  vi.spyOn(api, "riskOf").mockResolvedValue(ok(riskState()));
});
afterEach(() => {
  stop();
  render(null, root);
  root.remove();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("digits alone answer, go on to what is asked next, and decide", async () => {
  const kept = vi.spyOn(api, "assess").mockResolvedValue({ ok: true, status: 204, value: undefined });
  await show();
  await open();
  expect(document.activeElement?.id).toBe("risk-title");
  await press("1");
  expect(place()).toBe("plan");
  await press("1");
  expect(says(".risk-suggestion")).toContain("計画: ある");
  await press("1");
  expect(place()).toBe("history");
  expect(says(".risk-hint")).toBe("既往のたずね方");
  await press("Enter", { ctrlKey: true });
  expect(kept.mock.calls[0]?.[1]).toMatchObject({
    form: 3,
    answers: { ideation: "yes", plan: "yes", means: "yes" },
    level: 3,
    word: "",
  });
  expect(document.activeElement?.classList).toContain("composer-field");
});

test("the words in the field stay, and Escape goes back to them with every answer kept", async () => {
  await show([session({ draft: "いま、おひとりですか" })]);
  await open();
  await press("1");
  await press("Escape");
  const field = document.activeElement as HTMLTextAreaElement;
  expect([field.classList.contains("composer-field"), field.value]).toEqual([true, "いま、おひとりですか"]);
  await open();
  expect(talk()?.answers.value).toEqual({ ideation: "yes" });
});

test("another level than suggested asks for a word, beside its field, before anything is sent", async () => {
  const kept = vi.spyOn(api, "assess");
  await show();
  await open();
  await press("2");
  await act(() => talk()?.choose(4));
  await press("Enter", { ctrlKey: true });
  expect(kept).not.toHaveBeenCalled();
  expect([document.activeElement?.id, says("#word-error")]).toEqual([
    "word",
    "回答からの目安とちがうときは、わけをひとこと書いてください。",
  ]);
});

test("questions that changed meanwhile are said in place, with the answers kept", async () => {
  const kept = vi.spyOn(api, "assess").mockResolvedValueOnce(refused("form_changed"));
  await show();
  await open();
  await press("1");
  const form = { ...riskForm(), version: 4, questions: riskForm().questions.slice(0, 4) };
  vi.spyOn(api, "riskOf").mockResolvedValue(ok(riskState({ form })));
  await press("Enter", { ctrlKey: true });
  expect(says(".risk-form [role=alert]:not([hidden])")).toContain("質問がいま新しくなりました");
  expect(talk()?.answers.value).toEqual({ ideation: "yes" });
  kept.mockResolvedValue({ ok: true, status: 204, value: undefined });
  await press("Enter", { ctrlKey: true });
  expect(kept.mock.calls[1]?.[1]).toMatchObject({ form: 4, level: 1 });
});

test("a refusal stands beside its question and loses nothing", async () => {
  vi.spyOn(api, "assess").mockResolvedValue(refused("invalid", { history: ["答えてください。"] }));
  await show();
  await open();
  await press("1");
  await press("Enter", { ctrlKey: true });
  expect(says("[data-risk=history] .field-error")).toContain("答えてください。");
  expect(talk()?.answers.value).toEqual({ ideation: "yes" });
});

test("the history says who and why, and is read anew when the risk changes", async () => {
  const change: RiskChange = {
    version: 5,
    at: "2026-11-23T05:02:00Z",
    by: null,
    before: 0,
    level: 3,
    meanings: ["suicide"],
    words: ["死にた"],
    answers: [],
    suggested: null,
    because: [],
    word: "",
  };
  const read = vi.spyOn(api, "riskOf").mockResolvedValue(ok(riskState({ history: [change] })));
  await show();
  expect(read).not.toHaveBeenCalled();
  const details = root.querySelector<HTMLDetailsElement>("details.unfolds");
  await act(() => {
    if (details) details.open = true;
    details?.dispatchEvent(new Event("toggle"));
  });
  await drawn();
  expect(says(".risk-history")).toContain("自動");
  expect(says(".risk-history")).toContain("見つかったこと: 死にたい気持ち 「死にた」");
  await act(() => line.tell(frame(1, [event(2, { kind: "risk.changed", header: view({ version: 2, risk: 3 }) })])));
  expect(read).toHaveBeenCalledTimes(2);
});

test("words of danger are marked and explained, whatever stands before them", async () => {
  const finding: FindingView = { start: 3, end: 6, word: "死にた", level: 3, meaning: "suicide" };
  const said = message(1, { text: "𠮷もう死にたい", findings: [finding] });
  await show([session({ messages: [said, message(2)] })]);
  expect([...root.querySelectorAll(".found-word")].map((one) => one.textContent)).toEqual(["死にた"]);
  expect(says(".said .text")).toBe("𠮷もう死にたい");
  expect(says(".found")).toContain("死にたい気持ち: 「死にた」");
  expect(root.querySelectorAll(".found")).toHaveLength(1);
});
