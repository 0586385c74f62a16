import { expect, test, vi } from "vitest";
import type { OffDuty } from "../../protocol";
import { board, view } from "../../staff/sample";
import { api } from "../network";
import { ago, crew, done, Screen, two } from "./screen";

const screen = new Screen();

test("many go to one person; those that could not say why, and nothing typed is lost", async () => {
  const reassign = vi.spyOn(api, "reassign").mockResolvedValue(
    done([
      { id: 1, error: "", message: "" },
      { id: 2, error: "no_room", message: "同時対応数の上限です。" },
    ]),
  );
  await screen.show({ boards: [board({ sessions: two, colleagues: crew })] });
  for (const box of screen.root.querySelectorAll<HTMLInputElement>(".card input")) await screen.press(box);
  await screen.press(screen.button("引き継ぐ…"));
  expect(screen.says("dialog")).toContain("2件の相談を引き継ぐ");
  expect(screen.says("dialog")).toContain("2件のうち1件だけ引き継げます");
  expect(screen.says("dialog")).toContain("英語");
  await screen.submit();
  expect(screen.says("dialog")).toContain("引継ぎの要点を書いてください");
  expect(reassign).not.toHaveBeenCalled();
  await screen.press("#to-2");
  await screen.type("まとめて");
  await screen.submit();
  expect(reassign.mock.calls).toEqual([[1, { sessions: [1, 2], to: 2, summary: "まとめて" }]]);
  expect(screen.says(".reassign-list")).not.toContain("K7Q2");
  expect(screen.says(".reassign-list")).toContain("A3M9");
  expect(screen.says("dialog")).toContain("同時対応数の上限です");
  expect(screen.says("dialog")).toContain("2件のうち1件はできませんでした");
  expect(screen.dialog?.querySelector("textarea")?.value).toBe("まとめて");
  reassign.mockResolvedValue(done([{ id: 2, error: "", message: "" }]));
  await screen.press("#to-queue");
  await screen.submit();
  expect(reassign.mock.calls[1]).toEqual([1, { sessions: [2], to: null, summary: "まとめて" }]);
  expect(screen.dialog).toBeNull();
  expect(screen.wall.chosen.value.size).toBe(0);
});

test("a lost answer keeps everything, and the same may be asked again", async () => {
  const lost = {
    ok: false,
    status: 0,
    code: "unreachable",
    message: "つながりません。",
    fields: {},
    retryable: true,
  } as const;
  vi.spyOn(api, "reassign").mockResolvedValue(lost);
  await screen.show({ boards: [board({ sessions: two, colleagues: crew })] });
  await screen.press(".card input");
  await screen.press(screen.button("引き継ぐ…"));
  await screen.press("#to-2");
  await screen.type("ゆっくり");
  await screen.submit();
  expect(screen.says("dialog")).toContain("つながりません");
  expect(screen.dialog?.querySelector("textarea")?.value).toBe("ゆっくり");
  expect(screen.wall.chosen.value.size).toBe(1);
});

test("a queue is diverted only after it was asked once more", async () => {
  const divert = vi.spyOn(api, "divert").mockResolvedValue({ ok: true, status: 204, value: undefined });
  await screen.show();
  await screen.press(screen.button("待機列をSV対応に切り替える"));
  expect(divert).not.toHaveBeenCalled();
  expect(screen.says("dialog")).toContain("SVだけが受けます");
  await screen.submit();
  expect(divert.mock.calls).toEqual([[1]]);
  expect(screen.dialog).toBeNull();
});

test("reception is stopped only after it was asked once more, and a refusal is said", async () => {
  const refused = {
    ok: false,
    status: 409,
    code: "cannot_step",
    message: "いまはできません。",
    fields: {},
    retryable: false,
  } as const;
  const pause = vi.spyOn(api, "pause").mockResolvedValue(refused);
  await screen.show();
  await screen.press(screen.button("受付を停止する"));
  await screen.submit();
  expect(pause.mock.calls).toEqual([[1]]);
  expect(screen.says("dialog")).toContain("いまはできません");
});

const off = (id: number, name: string, more: Partial<OffDuty> = {}): OffDuty => ({
  id,
  name,
  roles: ["counselor"],
  next_shift: null,
  called_at: null,
  called_by: null,
  sent: false,
  ...more,
});

test("people off duty are called by mail, but not those who were called lately", async () => {
  const shift = { starts_at: "2026-11-23T10:00:00Z", ends_at: "2026-11-23T13:00:00Z" };
  const called = { called_at: ago(600), called_by: { id: 9, name: "三浦" }, sent: true };
  vi.spyOn(api, "offDuty").mockResolvedValue(
    done([off(4, "凪", { next_shift: shift }), off(5, "灯", called), off(9, "三浦")]),
  );
  const callIn = vi.spyOn(api, "callIn").mockResolvedValue(done([{ id: 4, error: "", message: "" }]));
  await screen.show();
  await screen.press(screen.button("勤務外の人に応援を頼む"));
  await vi.waitFor(() => expect(screen.says("dialog")).toContain("次のシフト 11月23日(月) 19:00–22:00"));
  expect(screen.says("dialog")).toContain("14:00に三浦さんが依頼しました あと20分は頼めません");
  expect(screen.root.querySelector<HTMLInputElement>("#call-5")?.disabled).toBe(true);
  expect(screen.root.querySelector("#call-9")).toBeNull();
  await screen.submit();
  expect(screen.says("dialog")).toContain("応援を頼む人を選んでください");
  await screen.press("#call-4");
  await screen.submit();
  expect(callIn.mock.calls).toEqual([[1, [4]]]);
  expect(screen.dialog).toBeNull();
});

test("in danger before consent a supervisor goes on, and says why", async () => {
  const protect = vi.spyOn(api, "protect").mockResolvedValue(done({}));
  const asked = view({ id: 7, state: "intake", consent: "awaited", risk: 3, counselor: null });
  await screen.show({ boards: [board({ sessions: [asked, { ...asked, id: 8, risk: 2 }] })] });
  expect(screen.says(".cards")).toContain("同意の前");
  await screen.press(screen.button("命を守るために引き受ける…"));
  await screen.submit();
  expect(screen.says("dialog")).toContain("理由を書いてください");
  expect(protect).not.toHaveBeenCalled();
  await screen.type("今夜の様子が心配なため");
  await screen.submit();
  expect(protect.mock.calls).toEqual([[7, "今夜の様子が心配なため"]]);
  expect(screen.dialog).toBeNull();
});
