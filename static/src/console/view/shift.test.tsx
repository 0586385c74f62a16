import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setClock } from "../../lib/time";
import { now } from "../../staff/clock";
import type { MyDuty } from "../../staff/me";
import { own } from "../../staff/network";
import { board, colleague, me, NOW, SampleLine, view } from "../../staff/sample";
import { Console } from "../ctrl";
import { api } from "../network";
import { event, first, frame, session } from "../sample";
import { App } from "./app";

let line: SampleLine;
let console: Console;
let root: HTMLElement;

const [program] = me().programs;
const supervisor = program ? [{ ...program, rights: [...program.rights, "steer"] }] : [];
const done = <T,>(value: T) => ({ ok: true, status: 200, value }) as const;
const ending: MyDuty = {
  program: 1,
  since: "2026-11-23T04:12:00Z",
  away: null,
  shift: { id: 5, starts_at: "2026-11-23T04:00:00Z", ends_at: "2026-11-23T05:22:00Z", lines: 2 },
};

async function show(more: Parameters<typeof first>[0] = {}) {
  line = new SampleLine();
  console = new Console(first(more), line.open);
  await act(() => {
    render(<App console={console} />, root);
  });
}
const says = () => root.textContent ?? "";
const button = (name: string, within: Element | null = root) =>
  [...(within?.querySelectorAll("button") ?? [])].find((one) => one.textContent === name) as HTMLButtonElement;
const dialog = () => root.querySelector("dialog");
const submit = () =>
  act(
    async () =>
      void dialog()
        ?.querySelector("form")
        ?.dispatchEvent(new Event("submit", { cancelable: true })),
  );

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  setClock(new Date(NOW).toISOString());
  now.value = NOW;
  root = document.body.appendChild(document.createElement("div"));
  vi.spyOn(api, "earlier").mockResolvedValue(done([]));
  vi.spyOn(api, "handoverNotes").mockResolvedValue(done({ notes: [], follow_ups: { late: 2, today: 3 } }));
  vi.spyOn(api, "read").mockResolvedValue(done(undefined));
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("off duty nothing can be taken, and one button checks in", async () => {
  const waiting = view({ id: 9, state: "waiting", counselor: null });
  await show({ me: me({ duties: [] }), boards: [board({ sessions: [waiting] })] });
  expect(button("次の相談を受ける").disabled).toBe(true);
  expect(says()).toContain("いまは勤務外です");
  const checkIn = vi.spyOn(api, "checkIn").mockResolvedValue(done(me()));
  await act(async () => button("出勤", root.querySelector(".queue")).click());
  expect(checkIn).toHaveBeenCalledWith(1);
  expect(button("次の相談を受ける").disabled).toBe(false);
});

test("who takes no sessions sees the queue, and nothing to take", async () => {
  const waiting = view({ id: 9, state: "waiting", counselor: null });
  const coordinator = program ? [{ ...program, rights: ["watch_board", "work_shifts"] }] : [];
  await show({ me: me({ programs: coordinator }), boards: [board({ sessions: [waiting] })] });
  expect(says()).toContain("K7Q2");
  expect(says()).toContain("相談は受けません");
  expect([...root.querySelectorAll(".queue button")]).toEqual([]);
  expect(root.querySelector(".mine")).toBeNull();
});

test("on a break the way back stands where one would take a session", async () => {
  await show({
    me: me({ duties: [{ ...ending, away: { reason: "meal", since: "2026-11-23T05:00:00Z", until: null } }] }),
  });
  expect(root.querySelector(".queue")?.textContent).toContain("離席中です");
  expect(root.querySelector(".duty-menu summary")?.textContent).toContain("食事");
});

test("a duty is told in words, a late beginning kindly", async () => {
  await show({ me: me({ duties: [ending] }) });
  expect(root.querySelector(".duty-at")?.textContent).toContain("13:12から・シフト 14:22まで・2回線");
  expect(root.querySelector(".duty-at")?.textContent).toContain("12分後の出勤です。あわてず");
});

test("the next shift is told when off duty", async () => {
  const next = { id: 6, program: 1, starts_at: "2026-11-24T10:00:00Z", ends_at: "2026-11-24T14:00:00Z", lines: 2 };
  await show({ me: me({ duties: [], next_shifts: [next] }) });
  expect(says()).toContain("次のシフト: 11月24日(火) 19:00–23:00");
});

test("a shift's end stays until it is read, with what is in hand and the way to hand over", async () => {
  await show({ me: me({ duties: [ending] }), sessions: [session()], boards: [board({ sessions: [view()] })] });
  const bar = () => root.querySelector(".shift-bar");
  expect(bar()?.textContent).toContain("あと12分で、シフトが終わります(14:22)。");
  await act(() => button("引き継ぐ", bar()).click());
  expect(dialog()?.textContent).toContain("相談者 K7Q2 の相談を引き継ぐ");
  await act(() => button("読みました", bar()).click());
  expect(bar()).toBeNull();
});

test("nobody checks out with a session in hand, and each window leads back to the check-out", async () => {
  const checkOut = vi.spyOn(api, "checkOut");
  await show({ me: me({ duties: [ending] }), sessions: [session()], boards: [board({ sessions: [view()] })] });
  await act(() => button("退勤へ").click());
  await submit();
  expect(dialog()?.textContent).toContain("担当中の相談が残っています");
  expect(checkOut).not.toHaveBeenCalled();
  await act(() => button("待機列に戻す", dialog()).click());
  expect(dialog()?.querySelector<HTMLInputElement>("#to-queue")?.checked).toBe(true);
  await act(() => button("やめる", dialog()).click());
  expect(dialog()?.textContent).toContain("勤務を終える");
});

test("a check-out the server refuses says why and keeps the words for the next shift", async () => {
  const refused = {
    ok: false,
    status: 409,
    code: "open_sessions",
    message: "相談が残っています",
    fields: {},
    retryable: false,
  };
  vi.spyOn(api, "checkOut").mockResolvedValue(refused as never);
  vi.spyOn(api, "leaveNote").mockResolvedValue({ ...refused, message: "つながりません" } as never);
  await show({ me: me({ duties: [ending] }) });
  await act(() => button("退勤へ").click());
  await submit();
  await vi.waitFor(() => expect(dialog()?.textContent).toContain("相談が残っています"));
  await act(() => console.shift.write(1, "よろしく"));
  await submit();
  await vi.waitFor(() => expect(dialog()?.textContent).toContain("つながりません"));
  expect(console.shift.draft(1)).toBe("よろしく");
});

test("those who cannot take a session are there with the reason", async () => {
  const colleagues = [colleague(1, "早川"), colleague(2, "蓮", { on_duty: false, takes: false, can_take: ["trauma"] })];
  await show({ sessions: [session()], boards: [board({ colleagues })] });
  await act(() => button("引き継ぐ").click());
  expect(dialog()?.querySelector<HTMLInputElement>("#to-2")?.disabled).toBe(true);
  expect(dialog()?.textContent).toContain("勤務外・対応 1/2件");
  expect(dialog()?.textContent).toContain("トラウマ");
});

test("a lost session is seen by everybody, and given on by who steers", async () => {
  const lost = view({ id: 9, counselor: { id: 2, name: "蓮" }, counselor_lost_at: "2026-11-23T05:09:00Z" });
  await show({ boards: [board({ sessions: [lost] })] });
  const group = () => root.querySelector(".lost");
  expect(group()?.textContent).toContain("担当 蓮");
  expect(group()?.textContent).toContain("接続が切れて 1分00秒");
  expect(group()?.querySelector("button")).toBeNull();
  render(null, root);
  await show({ me: me({ programs: supervisor }), boards: [board({ sessions: [lost] })] });
  await act(() => button("待機列に戻す", group()).click());
  const requeue = vi.spyOn(api, "requeue").mockResolvedValue(done(undefined));
  await submit();
  expect(requeue).toHaveBeenCalledWith(9, "蓮さんの画面の接続が切れたため、引き継ぎます。");
});

test("too few people: everybody is told, those who steer more plainly", async () => {
  const reception = { ...board().reception, staffed: false, on_duty: 1, least_on_duty: 2, least_supervisors: 1 };
  reception.supervisors = 0;
  await show({ boards: [board({ reception })] });
  expect(says()).toContain("受付を止めています。 勤務 1/2人・SV 0/1人");
  expect(root.querySelector(".unstaffed-loud")).toBeNull();
  render(null, root);
  await show({ me: me({ programs: supervisor }), boards: [board({ reception })] });
  expect(root.querySelector(".unstaffed-loud")).not.toBeNull();
});

test("an idle login is told of in time, and one button goes on", async () => {
  const login = { idle_ends_at: "2026-11-23T05:15:00Z", ends_at: "2026-11-23T17:00:00Z" };
  await show({ me: me({ login }) });
  expect(says()).toContain("操作がないため、5分後にログアウトします");
  const extend = vi.spyOn(own, "extendLogin").mockResolvedValue(done(me()));
  await act(async () => button("続ける").click());
  expect(extend).toHaveBeenCalledOnce();
  expect(says()).not.toContain("操作がないため");
});

test("before the last end one is asked to sign in anew, in another tab", async () => {
  const login = { idle_ends_at: "2026-11-23T05:18:00Z", ends_at: "2026-11-23T05:18:00Z" };
  await show({ me: me({ login }) });
  expect(says()).toContain("8分後(14:18)に一度ログアウトします");
  expect([...root.querySelectorAll("a")].some((one) => one.target === "_blank")).toBe(true);
});

test("words typed into a talk that was taken away can be copied until the notice is read", async () => {
  await show({ sessions: [session()] });
  await act(() => console.talks.value.get(7)?.write("つづきを書いていた"));
  const header = view({ version: 2, state: "waiting", counselor: null });
  const gone = event(2, { kind: "session.requeued", header, details: { why: "lost" } });
  await act(() => line.tell(frame(1, [gone])));
  expect(root.querySelector<HTMLTextAreaElement>(".typed-words textarea")?.value).toBe("つづきを書いていた");
  await act(() => button("読みました", root.querySelector(".banners")).click());
  expect(root.querySelector(".typed-words")).toBeNull();
});

test("a diverted queue says by whom and since when, and takes nobody but supervisors", async () => {
  const diverted = { since: "2026-11-23T05:05:00Z", by: { id: 3, name: "三浦" } };
  const waits = view({ id: 9, state: "waiting", counselor: null });
  const boards = [board({ sessions: [waits], reception: { ...board().reception, diverted } })];
  await show({ boards });
  expect(root.querySelector(".banners")?.textContent).toContain("三浦さん・14:05から");
  expect(button("次の相談を受ける").disabled).toBe(true);
  expect(root.querySelector(".queue")?.textContent).toContain("いまは待機列をSVが受けています");
  render(null, root);
  await show({ boards, me: me({ programs: supervisor }) });
  expect(root.querySelector(".banners")?.textContent).toContain("待機列はSV対応です");
  expect(button("次の相談を受ける").disabled).toBe(false);
});

test("the notes say how many follow-ups are late and due today, to those who take sessions", async () => {
  await show();
  await act(async () => button("引継ぎノート").click());
  await vi.waitFor(() => expect(says()).toContain("要フォロー: 過ぎている 2件・今日 3件"));
  const coordinator = program ? [{ ...program, rights: ["watch_board", "work_shifts"] }] : [];
  await act(async () => {
    console.me.value = me({ programs: coordinator });
  });
  expect(says()).not.toContain("要フォロー");
});
