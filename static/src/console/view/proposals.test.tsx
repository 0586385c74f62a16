import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ProposalView } from "../../protocol";
import * as alerts from "../../staff/alerts";
import { now } from "../../staff/clock";
import { board, colleague, me, NOW, SampleLine, view } from "../../staff/sample";
import { readAlong } from "../along";
import { Console } from "../ctrl";
import { api } from "../network";
import { event, first, frame, session } from "../sample";
import { App } from "./app";

let line: SampleLine;
let console: Console;
let root: HTMLElement;

const ok = <T,>(value: T) => ({ ok: true as const, status: 200, value });
const done = { ok: true as const, status: 204, value: undefined };
const mio = me({
  name: "三浦",
  programs: me().programs.map((one) => ({
    ...one,
    roles: ["supervisor"],
    rights: [...one.rights, "steer", "read_all"],
  })),
});
const proposal = (more: Partial<ProposalView> = {}): ProposalView => ({
  id: 61,
  version: 1,
  by: { id: 1, name: "早川" },
  text: "つらかったですね",
  at: new Date(NOW - 20_000).toISOString(),
  client_id: "p1",
  decision: "pending",
  decided_by: null,
  ...more,
});

async function show(more: Parameters<typeof first>[0] = {}) {
  line = new SampleLine();
  console = new Console(first(more), line.open);
  await act(() => render(<App console={console} />, root));
}

/** Mio reads along in Haru's talk, where something waits. */
async function reads() {
  const others = view({ counselor: { id: 2, name: "早川" } });
  vi.spyOn(api, "readAlong").mockResolvedValue(ok({ until: new Date(NOW + 3_600_000).toISOString() }));
  const waiting = proposal({ by: { id: 2, name: "早川" } });
  vi.spyOn(api, "session").mockResolvedValue(ok(session({ header: others, proposals: [waiting] })));
  await show({ me: mio, boards: [board({ colleagues: [colleague(2, "早川")], sessions: [others] })] });
  await act(async () => void (await readAlong(console, 7, "asked")));
}

const button = (name: string) =>
  [...root.querySelectorAll("button")].find((one) => one.textContent?.trim() === name) as HTMLButtonElement;
const says = () => root.querySelector(".proposals")?.textContent ?? "";
const field = () => root.querySelector<HTMLTextAreaElement>(".composer-field");

async function type(selector: string, text: string) {
  await act(() => {
    const area = root.querySelector<HTMLTextAreaElement>(selector);
    if (!area) throw new Error(selector);
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  now.value = NOW;
  root = document.body.appendChild(document.createElement("div"));
  vi.spyOn(alerts, "alertPerson").mockImplementation(() => undefined);
  vi.spyOn(api, "draft").mockResolvedValue(done);
  vi.spyOn(api, "earlier").mockResolvedValue(ok([]));
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("what a trainee sends waits for a supervisor, with a clock, and is no message", async () => {
  const reply = vi.spyOn(api, "reply");
  const propose = vi.spyOn(api, "propose").mockResolvedValue(ok(proposal({ version: 2 })));
  await show({ sessions: [session({ needs_approval: true })] });
  await type(".composer-field", "つらかったですね");
  await act(async () => button("承認を頼む").click());
  await vi.waitFor(() => expect(says()).toContain("SVの承認を待っています 20秒"));
  expect(propose.mock.calls[0]?.[2]).toBe("つらかったですね");
  expect(reply).not.toHaveBeenCalled();
  expect(root.querySelector(".said-counselor")).toBeNull();
  expect(field()?.value).toBe("");
});

test("approved, it is gone from there, and the message stands in the talk", async () => {
  await show({ sessions: [session({ needs_approval: true, proposals: [proposal()] })] });
  const approved = proposal({ version: 2, decision: "approved", decided_by: { id: 3, name: "三浦" } });
  await act(() => line.tell(frame(1, [event(2, { kind: "proposal.approved", proposal: approved })])));
  expect(says()).toBe("");
});

test("returned, it says by whom, and comes back into the field in front of what was typed since", async () => {
  const withdraw = vi.spyOn(api, "withdraw").mockResolvedValue(done);
  await show({ sessions: [session({ needs_approval: true, proposals: [proposal()] })] });
  await type(".composer-field", "それから");
  const returned = proposal({ version: 2, decision: "returned", decided_by: { id: 3, name: "三浦" } });
  await act(() => line.tell(frame(1, [event(2, { kind: "proposal.returned", proposal: returned })])));
  expect(says()).toContain("三浦さんから戻されました");
  await act(async () => button("直す").click());
  expect(withdraw.mock.calls).toEqual([[7, 61]]);
  await vi.waitFor(() => expect(field()?.value).toBe("つらかったですね\nそれから"));
});

test("a supervisor approves as it is, or mended", async () => {
  const approve = vi.spyOn(api, "approve").mockReturnValue(new Promise(() => undefined));
  await reads();
  expect(says()).toContain("早川さんの返信(まだ届いていません)20秒");
  await act(async () => button("承認して送る").click());
  expect(approve.mock.calls).toEqual([[7, 61, undefined]]);
});

test("mended words are what goes", async () => {
  const approve = vi.spyOn(api, "approve").mockReturnValue(new Promise(() => undefined));
  await reads();
  await type(".proposal textarea", "それは、つらかったですね。");
  await act(async () => button("直した文を送る").click());
  expect(approve.mock.calls).toEqual([[7, 61, "それは、つらかったですね。"]]);
});

test("it is returned only with a word, and a refusal leaves the word where it was typed", async () => {
  const gone = {
    ok: false as const,
    status: 409,
    code: "decided",
    message: "もう決められました",
    fields: {},
    retryable: false,
  };
  const back = vi.spyOn(api, "returnProposal").mockResolvedValue(gone);
  await reads();
  expect(button("ひとことを添えて戻す").disabled).toBe(true);
  await type(".proposal-return input", "短くしてみましょう");
  await act(async () => button("ひとことを添えて戻す").click());
  await vi.waitFor(() => expect(says()).toContain("もう決められました"));
  expect(back.mock.calls[0]?.slice(0, 2)).toEqual([7, 61]);
  expect(root.querySelector<HTMLInputElement>(".proposal-return input")?.value).toBe("短くしてみましょう");
});
