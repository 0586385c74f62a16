import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AgencyView } from "../../protocol";
import { SampleLine, view } from "../../staff/sample";
import { Console } from "../ctrl";
import { agencyWords } from "../finder";
import { api } from "../network";
import { first, session } from "../sample";
import { App } from "./app";

let console: Console;
let root: HTMLElement;

const agency = (more: Partial<AgencyView> = {}): AgencyView => ({
  id: 3,
  name: "○○市福祉事務所",
  kind: "hotline",
  area: "神奈川県 横浜市",
  telephones: ["0120-000-101", "0120-000-102"],
  web: "https://example.jp/",
  address: "",
  hours: "平日 9～17時",
  audience: "",
  note: "先に電話を入れる",
  checked_on: "2026-11-01",
  stale: false,
  ...more,
});
const done = <T,>(value: T) => ({ ok: true, status: 200, value }) as const;
const found = (...agencies: AgencyView[]) => done({ agencies, count: agencies.length });
const words = "○○市福祉事務所\n電話: 0120-000-101 / 0120-000-102\n受付: 平日 9～17時\nhttps://example.jp/";

async function show(more: Parameters<typeof session>[0] = {}, another = false) {
  const sessions = [session(more)];
  if (another) sessions.push(session({ header: view({ id: 8, pseudonym: "A3M9" }) }));
  console = new Console(first({ sessions }), new SampleLine().open);
  await act(() => {
    render(<App console={console} />, root);
  });
}
const part = () => root.querySelector<HTMLDetailsElement>(".agencies");
const fields = () => [...root.querySelectorAll<HTMLTextAreaElement>(".composer-field")];
const inputs = () => [...root.querySelectorAll<HTMLInputElement>(".agency-form input")];

async function open() {
  await act(async () => {
    const details = part();
    if (!details) return;
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
  });
}
async function type(field: HTMLInputElement | HTMLTextAreaElement | undefined, text: string) {
  await act(() => {
    if (!field) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
const rest = () => act(async () => void (await vi.advanceTimersByTimeAsync(400)));
const insert = () => act(() => root.querySelector<HTMLButtonElement>(".agency button")?.click());

beforeEach(() => {
  vi.useFakeTimers();
  root = document.body.appendChild(document.createElement("div"));
  vi.spyOn(api, "draft").mockResolvedValue(done(undefined));
  vi.spyOn(api, "earlier").mockResolvedValue(done([]));
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("nothing is asked until somebody opens it, and then near where the visitor lives", async () => {
  const asked = vi.spyOn(api, "agencies").mockResolvedValue(found(agency()));
  await show({ header: view({ attributes: { area: "yokohama" } }) });
  expect(asked).not.toHaveBeenCalled();
  await open();
  expect(asked.mock.calls).toEqual([[1, { q: "", kind: "", area: "横浜市" }]]);
  expect(part()?.textContent).toContain("電話相談窓口・神奈川県 横浜市");
  expect(part()?.textContent).toContain("11月1日(日)に確認");
});

test("an answer that names no place looks everywhere", async () => {
  const asked = vi.spyOn(api, "agencies").mockResolvedValue(found());
  await show({ header: view({ attributes: { area: "other" } }) });
  await open();
  expect(asked.mock.calls).toEqual([[1, { q: "", kind: "", area: "" }]]);
  expect(part()?.textContent).toContain("当てはまる機関はありません");
});

test("typing asks once, when the person rests", async () => {
  const asked = vi.spyOn(api, "agencies").mockResolvedValue(found(agency()));
  await show();
  await open();
  await type(inputs()[0], "女");
  await type(inputs()[0], "女性");
  await rest();
  expect(asked.mock.calls.map(([, wish]) => wish.q)).toEqual(["", "女性"]);
});

test("a late answer to an earlier wish is not shown", async () => {
  let late: (answer: ReturnType<typeof found>) => void = () => undefined;
  const asked = vi.spyOn(api, "agencies").mockReturnValueOnce(
    new Promise((resolve) => {
      late = resolve;
    }),
  );
  asked.mockResolvedValue(found(agency({ name: "いまの答え" })));
  await show();
  await open();
  await type(inputs()[0], "いま");
  await rest();
  await act(async () => late(found(agency({ name: "むかしの答え" }))));
  expect(part()?.textContent).toContain("いまの答え");
  expect(part()?.textContent).not.toContain("むかしの答え");
});

test("an agency goes into the reply at the cursor, on lines of its own, and nothing is sent", async () => {
  const reply = vi.spyOn(api, "reply");
  vi.spyOn(api, "agencies").mockResolvedValue(found(agency()));
  await show();
  await type(fields()[0], "ここはどうでしょう。いかがですか");
  fields()[0]?.setSelectionRange(2, 10);
  await open();
  await insert();
  expect(fields()[0]?.value).toBe(`ここはどうでしょう。\n${words}\nいかがですか`);
  expect(console.talks.value.get(7)?.draft.value).toBe(fields()[0]?.value);
  expect(document.activeElement).toBe(fields()[0]);
  expect(reply).not.toHaveBeenCalled();
  expect(console.status.value).toContain("まだ送っていません");
});

test("of two talks the one it was looked for takes it", async () => {
  vi.spyOn(api, "agencies").mockResolvedValue(found(agency()));
  await show({}, true);
  await open();
  await insert();
  expect(fields().map((field) => field.value)).toEqual([words, ""]);
});

test("what was looked for stays with its talk while another is shown", async () => {
  const asked = vi.spyOn(api, "agencies").mockResolvedValue(found(agency()));
  await show({}, true);
  await open();
  await type(inputs()[0], "女性");
  await rest();
  await act(() => {
    console.desk.value = { ...console.desk.value, active: 1 };
  });
  expect(inputs()).toEqual([]);
  await act(() => {
    console.desk.value = { ...console.desk.value, active: 0 };
  });
  expect(inputs()[0]?.value).toBe("女性");
  expect(asked).toHaveBeenCalledTimes(2);
});

test("what nobody checked for long says so in a word and a shape", async () => {
  vi.spyOn(api, "agencies").mockResolvedValue(found(agency({ checked_on: null, stale: true })));
  await show();
  await open();
  expect(part()?.querySelector(".badge")?.textContent).toContain("要確認");
  expect(part()?.querySelector(".badge svg")).not.toBeNull();
  expect(part()?.textContent).toContain("まだ確認されていません");
});

test("what went wrong is said in place, and signed out the whole page knows", async () => {
  const refused = {
    ok: false,
    status: 403,
    code: "signed_out",
    message: "ログインし直してください。",
    fields: {},
  } as const;
  vi.spyOn(api, "agencies").mockResolvedValue({ ...refused, retryable: false });
  await show();
  await open();
  expect(part()?.textContent).toContain("ログインし直してください。");
  expect(console.line.value).toBe("signed_out");
});

test("after the talk one may look and not insert", async () => {
  vi.spyOn(api, "agencies").mockResolvedValue(found(agency()));
  await show({ header: view({ state: "wrap_up", end_reason: "concluded" }) });
  await open();
  expect(part()?.textContent).toContain("○○市福祉事務所");
  expect(root.querySelector(".agency button")).toBeNull();
});

test("what is unknown of an agency leaves no line", () => {
  expect(agencyWords(agency({ telephones: [], hours: "", web: "" }))).toBe("○○市福祉事務所");
});
