import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CallView } from "../../protocol";
import * as alerts from "../../staff/alerts";
import { now } from "../../staff/clock";
import { board, boardFrame, colleague, me, NOW, SampleLine, view } from "../../staff/sample";
import { openFromAddress } from "../along";
import { Console } from "../ctrl";
import { listenForKeys } from "../keys";
import { api } from "../network";
import { event, first, frame, session } from "../sample";
import { App } from "./app";

let line: SampleLine;
let console: Console;
let root: HTMLElement;
let rung: string[];

const ok = <T,>(value: T) => ({ ok: true as const, status: 200, value });
/** Mio, who steers the program; number 1 here as everybody's "me" is. */
const mio = me({
  name: "三浦",
  programs: me().programs.map((one) => ({
    ...one,
    roles: ["supervisor"],
    rights: [...one.rights, "steer", "read_all"],
  })),
});
const people = [colleague(1, "三浦"), colleague(2, "早川"), colleague(3, "辻")];
const call = (more: Partial<CallView> = {}): CallView => ({
  kind: "urgent",
  by: 2,
  at: new Date(NOW - 12_000).toISOString(),
  step: 0,
  due_at: new Date(NOW + 48_000).toISOString(),
  answered_by: null,
  answered_at: null,
  ...more,
});
const others = (more = {}) => view({ counselor: { id: 2, name: "早川" }, ...more });

async function show(more: Parameters<typeof first>[0] = {}) {
  line = new SampleLine();
  console = new Console(first({ boards: [board({ colleagues: people })], ...more }), line.open);
  await act(() => render(<App console={console} />, root));
}

const button = (name: string) =>
  [...root.querySelectorAll("button")].find((one) => one.textContent?.includes(name)) as HTMLButtonElement;
const says = (selector: string) => root.querySelector(selector)?.textContent ?? "";
const hasCall = (version: number, made: CallView | null) =>
  act(() =>
    line.tell(frame(version - 1, [event(version, { kind: "call.made", header: view({ version, call: made }) })])),
  );

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  now.value = NOW;
  root = document.body.appendChild(document.createElement("div"));
  rung = [];
  vi.spyOn(alerts, "alertPerson").mockImplementation((occasion) => void rung.push(occasion));
  vi.spyOn(api, "draft").mockResolvedValue({ ok: true, status: 204, value: undefined });
  vi.spyOn(api, "earlier").mockResolvedValue(ok([]));
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("one key calls in the active talk, and what was being typed stays", async () => {
  const made = vi.spyOn(api, "call").mockResolvedValue({ ok: true, status: 204, value: undefined });
  await show({ sessions: [session()] });
  const stop = listenForKeys(console);
  const field = root.querySelector<HTMLTextAreaElement>(".composer-field");
  field?.focus();
  for (const code of ["KeyS", "KeyK"])
    await act(() => void field?.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, altKey: true, code })));
  stop();
  expect(made.mock.calls).toEqual([
    [7, "consult"],
    [7, "urgent"],
  ]);
  expect(document.activeElement).toBe(field);
});

test("who called sees how long, when it goes on, whom it has come to, and who comes", async () => {
  await show({ sessions: [session()] });
  await hasCall(2, call({ by: 1 }));
  expect(says(".call-bar")).toContain("SVを緊急で呼んでいます 12秒");
  expect(says(".call-bar")).toContain("あと48秒でほかの人にも知らせます");
  expect(says(".calls")).toBe("");
  await hasCall(3, call({ by: 1, step: 2, due_at: null }));
  expect(says(".call-bar")).toContain("システム管理者にもメールで知らせました");
  const answered = call({ by: 1, due_at: null, answered_by: 3 });
  await act(() =>
    line.tell(frame(3, [event(4, { kind: "call.answered", header: view({ version: 4, call: answered }) })])),
  );
  expect(says(".call-bar")).toContain("辻さんが応答しました");
  expect(rung).toContain("whisper");
});

test("a call is taken back by one press, and a refusal is said beside the button", async () => {
  const problem = {
    ok: false as const,
    status: 0,
    code: "offline",
    message: "つながりません",
    fields: {},
    retryable: true,
  };
  const end = vi.spyOn(api, "endCall").mockResolvedValue(problem);
  await show({ sessions: [session({ header: view({ call: call({ by: 1 }) }) })] });
  await act(async () => button("呼び出しを取り消す").click());
  expect(end.mock.calls).toEqual([[7]]);
  await vi.waitFor(() => expect(says(".call-bar")).toContain("つながりません"));
});

test("a call takes the top of a supervisor's console with a clock, and rings once", async () => {
  await show({ me: mio });
  await act(() => line.tell(boardFrame({ changed: [others({ version: 2, call: call() })] })));
  expect(says(".calls")).toContain("緊急早川さん・相談者 K7Q2");
  expect(says(".calls")).toContain("12秒");
  await act(() =>
    line.tell(boardFrame({ base: 6, serial: 7, changed: [others({ version: 3, call: call({ step: 1 }) })] })),
  );
  expect(says(".calls")).toContain("ほかのSVへメール済み");
  expect(rung).toEqual(["call"]);
});

test("a counselor is not called", async () => {
  await show();
  await act(() => line.tell(boardFrame({ changed: [others({ version: 2, call: call() })] })));
  expect([says(".calls"), rung]).toEqual(["", []]);
});

test("who answers reads along at once, without a reason being asked", async () => {
  const until = new Date(NOW + 3_600_000).toISOString();
  const answer = vi.spyOn(api, "answerCall").mockResolvedValue(ok({ until }));
  const answered = others({ version: 3, call: call({ answered_by: 1, due_at: null }) });
  vi.spyOn(api, "session").mockResolvedValue(ok(session({ header: answered, upto: 3 })));
  await show({ me: mio, boards: [board({ colleagues: people, sessions: [others({ version: 2, call: call() })] })] });
  await act(async () => button("応答する").click());
  await vi.waitFor(() => expect(console.talks.value.get(7)?.along.value?.reason).toBe("asked"));
  expect(answer.mock.calls).toEqual([[7]]);
  expect(says(".call-bar")).toContain("三浦さんが応答しました");
  expect(button("呼び出しを終える")).toBeDefined();
});

test("from the wall one comes to the talk one has answered in", async () => {
  vi.spyOn(api, "readAlong").mockReturnValue(new Promise(() => undefined));
  const answered = others({ version: 3, call: call({ answered_by: 1, due_at: null }) });
  await show({ me: mio, boards: [board({ colleagues: people, sessions: [answered] })] });
  location.hash = "#session-7";
  await act(() => openFromAddress(console));
  expect(vi.mocked(api.readAlong).mock.calls).toEqual([[7, "asked"]]);
});
