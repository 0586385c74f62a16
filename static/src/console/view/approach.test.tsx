import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SessionView } from "../../protocol";
import { now } from "../../staff/clock";
import { board, boardFrame, me, NOW, SampleLine, view } from "../../staff/sample";
import { Console } from "../ctrl";
import { api } from "../network";
import { event, first, frame, session } from "../sample";
import { App } from "./app";

let line: SampleLine;
let root: HTMLElement;
const HARU = { id: 1, name: "早川" };
const HOW = "まず名前を呼ぶ";
const ok = <T,>(value: T) => ({ ok: true as const, status: 200, value });
const written = (number: number, text = HOW) =>
  ok({ number, text, by: { id: 3, name: "三浦" }, at: "2026-11-20T05:00:00Z" });
const mine = (more: Partial<SessionView> = {}) => view({ counselor: HARU, state: "active", ...more });

async function show(more: Partial<SessionView> = {}, as = me()) {
  line = new SampleLine();
  const header = mine(more);
  const console = new Console(
    first({ me: as, boards: [board({ sessions: [header] })], sessions: [session({ header })] }),
    line.open,
  );
  await act(() => render(<App console={console} />, root));
}
const note = () => root.querySelector(".approach");

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  now.value = NOW;
  root = document.body.appendChild(document.createElement("div"));
  vi.spyOn(api, "earlier").mockResolvedValue(ok([]));
  vi.spyOn(api, "read").mockResolvedValue(ok(undefined));
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("how to answer stands above all else", async () => {
  vi.spyOn(api, "approach").mockResolvedValue(written(2));
  await show({ approach: 2 });
  expect(note()?.textContent).toContain(HOW);
  expect(note()?.compareDocumentPosition(root.querySelector(".actions") as Element)).toBe(
    Node.DOCUMENT_POSITION_FOLLOWING,
  );
});

test("where there is none nothing is asked and nothing shown", async () => {
  const asked = vi.spyOn(api, "approach");
  await show();
  expect(asked).not.toHaveBeenCalled();
  expect(note()?.textContent).toBe("");
});

test("written anew it is asked for again, and taken back it is gone", async () => {
  const asked = vi.spyOn(api, "approach").mockResolvedValue(written(1));
  await show({ approach: 1 });
  asked.mockResolvedValue(written(2, "ゆっくり"));
  const tell = async (version: number, approach: number) => {
    const header = mine({ version, approach });
    await act(() => line.tell(frame(version - 1, [event(version, { kind: "session.arranged", header })])));
    await act(async () => undefined);
  };
  await tell(2, 2);
  expect(note()?.textContent).toContain("ゆっくり");
  expect(note()?.textContent).not.toContain(HOW);
  await tell(3, 0);
  expect(note()?.textContent).toBe("");
});

test("where it could not be read one may ask again", async () => {
  const asked = vi.spyOn(api, "approach").mockResolvedValue({
    ok: false,
    status: 0,
    code: "offline",
    message: "つながりません",
    fields: {},
  } as never);
  await show({ approach: 1 });
  asked.mockResolvedValue(written(1));
  await act(async () => note()?.querySelector("button")?.click());
  expect(note()?.textContent).toContain(HOW);
});

test("supervisors find the visitor's page, counselors do not", async () => {
  vi.spyOn(api, "approach").mockResolvedValue(written(1));
  await show({ approach: 1 });
  expect(note()?.querySelector("a")).toBeNull();
  render(null, root);
  await show({}, me({ programs: me().programs.map((one) => ({ ...one, rights: [...one.rights, "steer"] })) }));
  expect(note()?.querySelector("a")?.getAttribute("href")).toBe(`/programs/women/visitors/${mine().visitor}/`);
});

test("the agreed minutes are a clock, and past them it says so", async () => {
  const at = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
  await show({ agreed_minutes: 50, claimed_at: at(12) });
  expect(root.querySelector(".pane-head")?.textContent).toContain("約束50分のうち12分");
  render(null, root);
  await show({ agreed_minutes: 50, claimed_at: at(53) });
  expect(root.querySelector(".pane-head")?.textContent).toContain("約束50分のうち53分");
});

test("who waits is marked, without words", async () => {
  await show();
  const waiting = view({ id: 9, state: "waiting", counselor: null, approach: 3, in_spite_of: "barred" });
  await act(() => line.tell(boardFrame({ changed: [waiting] })));
  const card = root.querySelector(".waiting")?.textContent;
  expect(card).toContain("対応方針あり");
  expect(card).toContain("停止中・上限超の受付");
});
