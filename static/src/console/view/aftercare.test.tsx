import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AftercareView } from "../../protocol";
import { now } from "../../staff/clock";
import { board, me, NOW, SampleLine, view } from "../../staff/sample";
import { Console } from "../ctrl";
import { api } from "../network";
import { first, session } from "../sample";
import { App } from "./app";

let root: HTMLElement;

const ok = <T,>(value: T) => ({ ok: true as const, status: 200, value });
const care = (more: Partial<AftercareView> = {}): AftercareView => ({
  heavy: false,
  hard: false,
  minutes: 0,
  pause: "",
  ...more,
});
const button = (name: string) =>
  [...root.querySelectorAll("button")].find((one) => one.textContent?.includes(name)) as HTMLButtonElement;
const press = (name: string) => act(async () => button(name).click());

/** One's own talk with Sora is over, and the record waits. */
async function show(told: AftercareView) {
  vi.spyOn(api, "aftercare").mockResolvedValue(ok(told));
  const ended = session({ header: view({ state: "wrap_up", counselor: { id: 1, name: "早川" } }) });
  const line = new SampleLine();
  const console = new Console(first({ boards: [board()], sessions: [ended] }), line.open);
  await act(() => render(<App console={console} />, root));
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  now.value = NOW;
  root = document.body.appendChild(document.createElement("div"));
  vi.spyOn(api, "handoverNotes").mockResolvedValue(ok({ notes: [], follow_ups: null }));
  vi.spyOn(api, "cannedReplies").mockResolvedValue(ok([]));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  act(() => render(null, root));
  root.remove();
});

test("an easy talk asks for nothing: one may only say that it was hard, and then rest", async () => {
  await show(care());
  expect(root.textContent).not.toContain("分休む");
  const hard = vi.spyOn(api, "sayHard").mockResolvedValue(ok(care({ heavy: true, hard: true, minutes: 10 })));
  await press("しんどい相談だった");
  expect(hard).toHaveBeenCalledWith(7, true);
  await vi.waitFor(() => expect(button("10分休む")).toBeTruthy());
});

test("a pause is taken with one press, and until when it goes is said", async () => {
  await show(care({ heavy: true, minutes: 10 }));
  const until = new Date(NOW + 600_000).toISOString();
  const away = { reason: "care" as const, since: new Date(NOW).toISOString(), until };
  const rest = vi
    .spyOn(api, "rest")
    .mockResolvedValue(ok(me({ duties: me().duties.map((one) => ({ ...one, away })) })));
  await press("10分休む");
  expect(rest).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(button("10分休む")).toBeUndefined());
  expect(root.querySelector(".aftercare")?.textContent).toContain("まで休憩です。");
});

test("who goes on is not asked again", async () => {
  await show(care({ heavy: true, minutes: 10 }));
  vi.spyOn(api, "goOn").mockResolvedValue(ok(undefined));
  await press("いまは続ける");
  await vi.waitFor(() => expect(button("10分休む")).toBeUndefined());
});
