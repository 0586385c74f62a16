import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";
import { board, boardFrame, colleague, view } from "../../staff/sample";
import { DRAWN_AT_ONCE } from "../ctrl";
import { api } from "../network";
import { ago, crew, done, Screen, two } from "./screen";

const screen = new Screen();
const cards = () => [...screen.root.querySelectorAll<HTMLElement>(".card")].map((one) => Number(one.dataset["id"]));
const key = (name: string, more: KeyboardEventInit = {}) =>
  act(
    () =>
      void document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }),
      ),
  );

test("a card says who, which program, who has them with how many, and how long they wait", async () => {
  const one = view({ risk: 2, visits: 3, waiting_since: ago(250), silent_since: ago(300) });
  await screen.show({ boards: [board({ sessions: [one], colleagues: crew }), board({ program: 2 })] });
  const card = screen.says(".card");
  for (const word of [
    "中",
    "K7Q2",
    "対応中",
    "早川 2/2件",
    "お待たせ 4分10秒・長い",
    "こちらの沈黙 5分00秒",
    "女性相談",
    "LINE",
    "3回目",
  ])
    expect(card).toContain(word);
  expect(screen.root.querySelector(".card .clock-long svg")).not.toBeNull();
  expect(screen.root.querySelector<HTMLAnchorElement>(".card a")?.getAttribute("href")).toBe("/console/#session-7");
});

test("programs, their queue, lines, and what somebody switched stand at the top", async () => {
  const reception = {
    ...board().reception,
    diverted: { since: ago(600), by: { id: 9, name: "三浦" } },
    stage: "paused" as const,
    paused: { since: ago(60), by: { id: 8, name: "辻" } },
  };
  const sessions = [view(), view({ id: 8, state: "waiting", counselor: null, queued_at: ago(65) })];
  await screen.show({ boards: [board({ sessions, reception })] });
  for (const word of [
    "待機 1人",
    "最長 1分05秒",
    "回線 1/4",
    "待機列はSV対応です",
    "三浦さん・14:00から",
    "受付を停止しています",
    "辻さん・14:09から",
  ])
    expect(screen.says(".programs")).toContain(word);
});

test("people stand at the side with load, break, presence, the end of their shift and when they were called", async () => {
  const colleagues = [
    colleague(1, "早川", { load: 2, shift_ends_at: "2026-11-23T13:00:00Z" }),
    colleague(2, "蓮", { on_duty: false, away: "meal" }),
    colleague(3, "影", { present: false }),
    colleague(4, "外", { on_duty: false, called_at: "2026-11-23T05:05:00Z" }),
  ];
  await screen.show({ boards: [board({ colleagues })] });
  for (const word of ["早川2/2件勤務中22:00まで", "食事", "画面なし", "勤務外 1人", "14:05 応援を依頼"])
    expect(screen.says(".crew")).toContain(word);
});

test("how heavy the shift is stands beside its person in words, and the way to their care below", async () => {
  vi.spyOn(api, "heavy").mockResolvedValue({ ok: true, status: 200, value: { 1: 2 } });
  await screen.show({ boards: [board({ colleagues: [colleague(1, "早川"), colleague(2, "蓮")] })] });
  await act(() => screen.wall.askHeavy());
  expect(screen.says(".crew li:first-child")).toContain("この勤務で重い相談 2件");
  expect(screen.says(".crew li:last-child")).not.toContain("重い");
  expect(document.querySelector(".crew a")?.getAttribute("href")).toBe("/programs/program-1/care/");
});

test("words of danger in an answer to a survey stand there until somebody has looked, with the way to them", async () => {
  await screen.show({ boards: [board(), board({ program: 2, trouble: ["line:quota_80:4", "survey:danger:12"] })] });
  expect(screen.says('[data-kind="surveys"]')).toContain("アンケートに、命の危険を示すことばがあります");
  const way = screen.root.querySelector<HTMLAnchorElement>('[data-kind="surveys"] a');
  expect([way?.getAttribute("href"), way?.textContent]).toEqual([
    "/programs/program-2/surveys/",
    "回答を読むひとり親相談",
  ]);
  await screen.show({ boards: [board(), board({ program: 2, trouble: ["line:quota_80:4"] })] });
  expect(screen.root.querySelector('[data-kind="surveys"]')).toBeNull();
});

test("what needs a supervisor now stands above everything, danger apart from lost lines", async () => {
  const sessions = [
    view({ id: 1, pseudonym: "K7Q2", risk: 4, waiting_since: ago(90) }),
    view({ id: 2, pseudonym: "A3M9", counselor_lost_at: ago(30) }),
  ];
  await screen.show({ boards: [board({ sessions })] });
  expect(screen.says('[data-kind="unattended"]')).toContain("K7Q2");
  expect(screen.says('[data-kind="lost"]')).toContain("A3M9早川30秒");
  await screen.press(screen.button("A3M9", screen.root.querySelector(".alarms")));
  expect(document.activeElement?.id).toBe("card-2");
});

test("an alarm that a filter hides clears the filter when it is followed", async () => {
  const sessions = [view({ id: 1, risk: 4, waiting_since: ago(90) })];
  await screen.show({ boards: [board({ sessions })] }, "?state=held");
  expect(cards()).toEqual([]);
  expect(screen.says(".hidden-high")).toContain("1件が隠れています");
  await screen.press(screen.button("K7Q2", screen.root.querySelector(".alarms")));
  expect(cards()).toEqual([1]);
});

test("what is offered to a supervisor at the wall stands above all, to be taken or not", async () => {
  const offered = { state: "waiting", counselor: null, offered_to: 9, offered_until: ago(-20) } as const;
  const claim = vi.spyOn(api, "claim").mockResolvedValue({
    ok: false,
    status: 409,
    code: "taken",
    message: "ほかの相談員に案内中です。",
    fields: {},
    retryable: false,
  });
  const decline = vi.spyOn(api, "decline").mockResolvedValue(done(undefined));
  await screen.show({ boards: [board({ sessions: [view({ id: 1, ...offered })] })] });
  expect(screen.says('[data-kind="offers"]')).toContain("あなたへの案内K7Q2");
  expect(screen.says('[data-kind="offers"]')).toContain("あと20秒");
  await screen.press(screen.button("受ける"));
  await vi.waitFor(() => expect(screen.says('[data-kind="offers"]')).toContain("ほかの相談員に案内中です"));
  await screen.press(screen.button("いまは受けない"));
  expect([claim.mock.calls, decline.mock.calls]).toEqual([[[1]], [[1]]]);
});

test("a call stands above all until somebody answers it, and a refusal is said", async () => {
  const call = { kind: "urgent", by: 1, step: 0, due_at: null, answered_by: null, answered_at: null } as const;
  const answered = vi.spyOn(api, "answerCall").mockResolvedValue({
    ok: false,
    status: 409,
    code: "answered",
    message: "ほかのSVが先に応答しました。",
    fields: {},
    retryable: false,
  });
  const sessions = [view({ id: 1, call: { ...call, at: ago(20) } })];
  await screen.show({ boards: [board({ sessions, colleagues: crew })] });
  expect(screen.says(".calls")).toContain("緊急早川さん・相談者 K7Q2");
  await screen.press(screen.button("応答する"));
  await vi.waitFor(() => expect(screen.says(".calls")).toContain("ほかのSVが先に応答しました"));
  expect(answered.mock.calls).toEqual([[1]]);
});

test("by keyboard one goes from card to card, chooses, and reassigns", async () => {
  await screen.show({ boards: [board({ sessions: two, colleagues: crew })] });
  await act(() => document.getElementById("card-1")?.focus());
  await key("x");
  await key("j");
  expect(document.activeElement?.id).toBe("card-2");
  await key("x");
  expect(screen.says(".choice-bar")).toContain("2件を選択中");
  await key("ArrowUp");
  await key("x");
  expect(screen.says(".choice-bar")).toContain("1件を選択中");
  await key("r", { altKey: true, code: "KeyR" });
  expect(screen.dialog?.textContent).toContain("相談を引き継ぐ");
});

test("letters typed in a field choose nothing", async () => {
  await screen.show({ boards: [board({ sessions: two })] });
  await act(() => screen.root.querySelector<HTMLSelectElement>("select")?.focus());
  await key("x");
  expect(screen.wall.chosen.value.size).toBe(0);
});

test("the keyboard stays on a card that changes its place", async () => {
  await screen.show({ boards: [board({ sessions: two })] });
  await act(() => document.getElementById("card-2")?.focus());
  await act(() => screen.line.tell(boardFrame({ changed: [view({ id: 2, version: 2, pseudonym: "A3M9", risk: 3 })] })));
  expect(cards()).toEqual([2, 1]);
  expect(document.activeElement?.id).toBe("card-2");
});

test("an empty wall says what will be here", async () => {
  await screen.show();
  expect(screen.says(".empty")).toContain("いま進行中の相談はありません");
});

test("no notice, title or address names a visitor", async () => {
  await screen.show({ boards: [board({ sessions: [view({ risk: 4, waiting_since: ago(90) })] })] });
  expect(document.title + location.href).not.toContain("K7Q2");
  expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
});

test("of very many the neediest are drawn, the others on demand, and none of them is out of an alarm's reach", async () => {
  const many = Array.from({ length: 300 }, (_, id) =>
    view({ id: id + 1, pseudonym: `P${id}`, silent_since: ago(900 - id) }),
  );
  const lost = view({ id: 400, pseudonym: "A3M9", state: "held", counselor_lost_at: ago(5) });
  await screen.show({ boards: [board({ sessions: [...many.map((one) => ({ ...one, risk: 1 })), lost] })] });
  expect(cards()).toHaveLength(DRAWN_AT_ONCE);
  expect(screen.says(".filter-bar")).toContain("301件");
  await screen.press(screen.button("続きを表示(あと181件)"));
  expect(cards()).toHaveLength(2 * DRAWN_AT_ONCE);
  await screen.press(screen.button("A3M9", screen.root.querySelector(".alarms")));
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("card-400"));
});
