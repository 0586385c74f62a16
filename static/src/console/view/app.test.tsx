import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { board, SampleLine, view } from "../../staff/sample";
import type { Console } from "../ctrl";
import { Console as RealConsole } from "../ctrl";
import { api } from "../network";
import { event, first, frame, message, session } from "../sample";
import { App } from "./app";

let line: SampleLine;
let console: Console;
let root: HTMLElement;

async function show(more: Parameters<typeof first>[0] = {}) {
  line = new SampleLine();
  console = new RealConsole(first({ sessions: [session()], ...more }), line.open);
  await act(() => {
    render(<App console={console} />, root);
  });
}
const two = { sessions: [session(), session({ header: view({ id: 8, pseudonym: "A3M9" }) })] };
const fields = () => [...root.querySelectorAll<HTMLTextAreaElement>(".composer-field")];
const button = (name: string) =>
  [...root.querySelectorAll("button")].find((one) => one.textContent?.includes(name)) as HTMLButtonElement;

async function type(field: HTMLTextAreaElement | undefined, text: string) {
  await act(() => {
    if (!field) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
async function press(element: Element | undefined, more: KeyboardEventInit) {
  await act(
    () => void element?.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...more })),
  );
}

beforeEach(() => {
  root = document.body.appendChild(document.createElement("div"));
  vi.spyOn(api, "draft").mockResolvedValue({ ok: true, status: 204, value: undefined });
  vi.spyOn(api, "earlier").mockResolvedValue({ ok: true, status: 200, value: [] });
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("two talks lie side by side and words go to the one whose field they were typed in", async () => {
  const reply = vi.spyOn(api, "reply").mockReturnValue(new Promise(() => undefined));
  await show(two);
  await type(fields()[0], "左の人へ");
  await type(fields()[1], "右の人へ");
  await press(fields()[1], { key: "Enter", ctrlKey: true });
  expect(reply.mock.calls.map(([id, , text]) => [id, text])).toEqual([[8, "右の人へ"]]);
  expect(fields()[0]?.value).toBe("左の人へ");
});

test("Enter alone makes a line unless the person chose otherwise, and never sends while converting", async () => {
  const reply = vi.spyOn(api, "reply").mockReturnValue(new Promise(() => undefined));
  await show();
  await type(fields()[0], "こんにちは");
  await press(fields()[0], { key: "Enter" });
  expect(reply).not.toHaveBeenCalled();
  console.me.value = { ...console.me.value, enter_sends: true };
  await press(fields()[0], { key: "Enter", isComposing: true });
  expect(reply).not.toHaveBeenCalled();
  await press(fields()[0], { key: "Enter" });
  expect(reply).toHaveBeenCalledOnce();
});

test("my words are on the screen at once, grey until the server has them", async () => {
  vi.spyOn(api, "reply").mockReturnValue(new Promise(() => undefined));
  await show();
  await type(fields()[0], "すぐに見える");
  await act(() => button("送信").click());
  expect(root.querySelector(".pending")?.textContent).toContain("すぐに見える");
});

test("a text over five thousand units says in how many parts it goes", async () => {
  await show();
  await type(fields()[0], "あ".repeat(5001));
  expect(root.querySelector(".count")?.textContent).toContain("2通に分けて");
  await type(fields()[0], "あ".repeat(20_001));
  expect(button("送信").disabled).toBe(true);
});

test("while on hold one may write but not send", async () => {
  await show({ sessions: [session({ header: view({ state: "held" }) })] });
  await type(fields()[0], "あとで");
  expect(button("送信").disabled).toBe(true);
  expect(root.textContent).toContain("保留中です");
});

test("a message taken back is a tombstone without words", async () => {
  await show({ sessions: [session({ messages: [message(1, { unsent: true, text: "" })] })] });
  expect(root.querySelector(".tombstone")?.textContent).toContain("送信取消");
});

test("words that may not have arrived say why and let a person decide", async () => {
  const decide = vi.spyOn(api, "decide").mockResolvedValue({ ok: true, status: 204, value: undefined });
  const delivery = { id: 55, state: "unknown" as const, reason: "expired", tries: 9 };
  await show({ sessions: [session({ messages: [message(1, { author: "counselor", delivery })] })] });
  expect(root.querySelector(".said-note")?.textContent).toContain("自動での再送をやめました");
  await act(() => button("届いていた").click());
  expect(decide.mock.calls).toEqual([[55, "arrived"]]);
});

test("risk is told by a word and a shape", async () => {
  await show({ sessions: [session({ header: view({ risk: 4 }) })] });
  const mark = root.querySelector('.pane .risk[data-level="4"]');
  expect(mark?.textContent).toContain("緊急");
  expect(mark?.querySelector("svg")).not.toBeNull();
});

test("notes stand apart: another side, the word 内部, a button that says so", async () => {
  await show();
  const notes = root.querySelector(".panel .notes.staff-only");
  expect(notes?.textContent).toContain("内部");
  expect(notes?.querySelector("button")?.textContent).toContain("内部メモに残す");
  expect(root.querySelector(".pane .notes")).toBeNull();
});

test("a lost line is said at once and writing goes on", async () => {
  await show();
  await act(() => line.options.changed("lost"));
  expect(root.querySelector('.banners [role="alert"]')?.textContent).toContain("再接続しています");
  await type(fields()[0], "まだ書ける");
  expect(fields()[0]?.value).toBe("まだ書ける");
});

test("signed out, the talk stays on the screen beside the way back in", async () => {
  await show({ sessions: [session({ messages: [message(1)] })] });
  await act(() => line.signOut());
  expect(root.textContent).toContain("ことば1");
  expect(root.querySelector('a[target="_blank"]')?.getAttribute("href")).toBe("/accounts/login/");
});

test("a trial says so wherever it is shown", async () => {
  const header = view({ state: "wrap_up", end_reason: "concluded", trial: true });
  await show({ sessions: [session({ header })] });
  expect(root.querySelectorAll(".trial-mark")).toHaveLength(2);
});

test("after the end the way to the record stands in place of the field", async () => {
  await show({ sessions: [session({ header: view({ state: "wrap_up", end_reason: "concluded" }) })] });
  expect(fields()).toEqual([]);
  const link = root.querySelector<HTMLAnchorElement>(".wrap-up a[target=_blank]");
  expect(link?.textContent).toContain("記録を書く");
  expect(link?.getAttribute("href")).toBe("/programs/women/records/7/");
});

test("a hand-over without a person and a summary is not asked, and says what is missing", async () => {
  const handOver = vi.spyOn(api, "handOver");
  await show();
  await act(() => button("引き継ぐ").click());
  await act(() => void root.querySelector("dialog form")?.dispatchEvent(new Event("submit", { cancelable: true })));
  expect(root.querySelector("dialog")?.textContent).toContain("引継ぎの要点を書いてください");
  expect(root.querySelector("dialog")?.textContent).toContain("引き継ぐ相手を選んでください");
  expect(handOver).not.toHaveBeenCalled();
});

test("a refused hand-over keeps what was typed and says why", async () => {
  const refused = {
    ok: false,
    status: 409,
    code: "no_room",
    message: "いっぱいです",
    fields: {},
    retryable: false,
  } as const;
  vi.spyOn(api, "handOver").mockResolvedValue(refused);
  await show();
  await act(() => button("引き継ぐ").click());
  const summary = root.querySelector<HTMLTextAreaElement>("dialog textarea");
  await act(() => root.querySelector<HTMLInputElement>("dialog input[type=radio]")?.click());
  await type(summary ?? undefined, "ゆっくり聴く");
  await act(
    async () => void root.querySelector("dialog form")?.dispatchEvent(new Event("submit", { cancelable: true })),
  );
  await vi.waitFor(() => expect(root.querySelector("dialog")?.textContent).toContain("いっぱいです"));
  expect(root.querySelector<HTMLTextAreaElement>("dialog textarea")?.value).toBe("ゆっくり聴く");
});

test("taking the next one is only offered when somebody waits and there is room", async () => {
  const waiting = view({ id: 9, state: "waiting", counselor: null, pseudonym: "T2C8" });
  await show({ boards: [board({ sessions: [waiting] })] });
  expect(button("次の相談を受ける").disabled).toBe(false);
  render(null, root);
  await show({ boards: [board()] });
  expect(button("次の相談を受ける").disabled).toBe(true);
});

test("a talk transferred away disappears with an explanation that stays until it is read", async () => {
  await show({ sessions: [session({ messages: [message(1)] })] });
  const gone = view({ version: 2, counselor: { id: 2, name: "蓮" } });
  await act(() => line.tell(frame(1, [event(2, { kind: "session.transferred", header: gone })])));
  expect(root.textContent).not.toContain("ことば1");
  expect(root.textContent).toContain("画面から消しました");
  await act(() => button("読みました").click());
  expect(root.textContent).not.toContain("画面から消しました");
});

test("nothing of a talk is put into the browser's storage", async () => {
  await show({ sessions: [session({ messages: [message(1)] })] });
  await type(fields()[0], "ひみつ");
  expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
});

test("a plain refusal of the platform is told as one, whatever its number", async () => {
  const delivery = { id: 55, state: "refused" as const, reason: "http_400", tries: 1 };
  await show({ sessions: [session({ messages: [message(1, { author: "counselor", delivery })] })] });
  expect(root.querySelector(".said-note")?.textContent).toContain("LINEがこの内容を受け付けませんでした");
});
