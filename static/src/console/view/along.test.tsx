import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as alerts from "../../staff/alerts";
import { board, boardFrame, colleague, me, NOW, SampleLine, view } from "../../staff/sample";
import { openFromAddress, readAlong } from "../along";
import { Console } from "../ctrl";
import { listenForKeys } from "../keys";
import { api } from "../network";
import { event, first, frame, message, session, whisper } from "../sample";
import { App } from "./app";

let line: SampleLine;
let console: Console;
let root: HTMLElement;
let rung: string[];

const ok = <T,>(value: T) => ({ ok: true as const, status: 200, value });
const never = () => new Promise<never>(() => undefined);
const HARU = { id: 2, name: "早川" };
const others = (more = {}) => view({ counselor: HARU, ...more });
/** Mio, who steers the program; number 1 here as everybody's "me" is. */
const mio = me({
  name: "三浦",
  programs: me().programs.map((one) => ({
    ...one,
    roles: ["supervisor"],
    rights: [...one.rights, "steer", "read_all"],
  })),
});
const people = [colleague(1, "三浦"), colleague(2, "早川"), colleague(3, "三浦SV")];

async function show(more: Parameters<typeof first>[0] = {}) {
  line = new SampleLine();
  console = new Console(first({ boards: [board({ colleagues: people })], ...more }), line.open);
  await act(() => render(<App console={console} />, root));
}

/** Mio's console, which reads along in Haru's talk. */
async function reads(more: Parameters<typeof session>[0] = {}, until = NOW + 3_600_000) {
  vi.spyOn(api, "readAlong").mockResolvedValue(ok({ until: new Date(until).toISOString() }));
  vi.spyOn(api, "session").mockResolvedValue(ok(session({ header: others(), messages: [message(1)], ...more })));
  await show({ me: mio, boards: [board({ colleagues: people, sessions: [others()] })] });
  await act(async () => void (await readAlong(console, 7, "watch")));
}

const button = (name: string) =>
  [...root.querySelectorAll("button, summary")].find((one) => one.textContent?.includes(name)) as HTMLButtonElement;
const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
const talk = () => console.talks.value.get(7);

async function type(selector: string, text: string) {
  await act(() => {
    const field = root.querySelector<HTMLTextAreaElement>(selector);
    if (!field) throw new Error(selector);
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
const press = (selector: string, more: KeyboardEventInit) =>
  act(() => {
    const key = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, key: "Enter", ...more });
    root.querySelector(selector)?.dispatchEvent(key);
  });

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
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

test("a whisper opens its own surface, rings quietly and is no word of the talk", async () => {
  await show({ sessions: [session({ messages: [message(1)] })] });
  expect(all(".whispers")).toEqual([]);
  await act(() => line.tell(frame(1, [event(2, { kind: "whisper.said", whisper: whisper(5) })])));
  const surface = root.querySelector(".pane .whispers.staff-only");
  expect(surface?.textContent).toMatch(/届きません.*三浦.*ささやき5.*内部/s);
  expect(root.querySelector(".transcript")?.textContent).not.toContain("ささやき5");
  expect(root.querySelector(".notes")?.textContent).not.toContain("ささやき5");
  expect(rung).toEqual(["whisper"]);
});

test("an unread whisper is counted at the talk's head until it stood before somebody's eyes", async () => {
  const read = vi.spyOn(api, "read").mockResolvedValue({ ok: true, status: 204, value: undefined });
  const focus = vi.spyOn(document, "hasFocus").mockReturnValue(false);
  await show({ sessions: [session({ whispers: [whisper(5)] })] });
  expect(root.querySelector(".whisper-button .unread")?.textContent).toBe("未読 1");
  focus.mockReturnValue(true);
  await act(() => void dispatchEvent(new Event("focus")));
  expect(root.querySelector(".whisper-button .unread")).toBeNull();
  await vi.waitFor(() => expect(read.mock.calls.at(-1)).toEqual([7, 0, 5]));
});

test("my own whisper is not unread and does not ring", async () => {
  await show({ sessions: [session()] });
  await act(() => line.tell(frame(1, [event(2, { whisper: whisper(5, { by: { id: 1, name: "早川" } }) })])));
  expect([rung, root.querySelector(".whisper-button .unread")]).toEqual([[], null]);
});

test("the whisper's field is not the reply's: what stands in one never goes the other way", async () => {
  const [reply, said] = [vi.spyOn(api, "reply"), vi.spyOn(api, "whisper").mockImplementation(never)];
  await show({ sessions: [session({ whispers: [whisper(5)] })] });
  await type(".composer-field", "相談者へのことば");
  await type("#whisper-7", "SVへのことば");
  await press("#whisper-7", { ctrlKey: true });
  expect(said.mock.calls.map(([id, , text]) => [id, text])).toEqual([[7, "SVへのことば"]]);
  expect(reply).not.toHaveBeenCalled();
  expect(root.querySelector<HTMLTextAreaElement>(".composer-field")?.value).toBe("相談者へのことば");
  expect(root.querySelector(".whispers .pending")?.textContent).toContain("SVへのことば");
});

test("Enter whispers neither alone nor while converting, whatever the person chose for replies", async () => {
  const said = vi.spyOn(api, "whisper").mockImplementation(never);
  await show({ me: me({ enter_sends: true }), sessions: [session({ whispers: [whisper(5)] })] });
  await type("#whisper-7", "まだ");
  await press("#whisper-7", {});
  await press("#whisper-7", { ctrlKey: true, isComposing: true });
  expect(said).not.toHaveBeenCalled();
});

test("what was typed as a whisper stays while the surface is shut", async () => {
  await show({ sessions: [session({ whispers: [whisper(5)] })] });
  await type("#whisper-7", "書きかけ");
  await act(() => button("ささやき").click());
  expect(all(".whispers")).toEqual([]);
  await act(() => button("ささやき").click());
  expect(root.querySelector<HTMLTextAreaElement>("#whisper-7")?.value).toBe("書きかけ");
});

test("Alt+W opens the whispers of the active talk and brings the keyboard there", async () => {
  await show({ sessions: [session()] });
  const stop = listenForKeys(console);
  await act(() => void dispatchEvent(new KeyboardEvent("keydown", { code: "KeyW", altKey: true })));
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("whisper-7"));
  stop();
});

test("somebody else's talk asks for a reason before a word of it is asked for", async () => {
  const asked = vi.spyOn(api, "readAlong").mockImplementation(never);
  const read = vi.spyOn(api, "session");
  await show({ me: mio, boards: [board({ colleagues: people, sessions: [others()] })] });
  await act(() => root.querySelector<HTMLButtonElement>(".others button")?.click());
  expect(root.querySelector("dialog")?.textContent).toContain("監査ログに残ります");
  await act(() => root.querySelector<HTMLInputElement>("dialog #reason-urgency")?.click());
  await act(() => void root.querySelector("dialog form")?.dispatchEvent(new Event("submit", { cancelable: true })));
  expect(asked.mock.calls).toEqual([[7, "urgency"]]);
  expect(read).not.toHaveBeenCalled();
});

test("only who steers the program is shown the talks of others", async () => {
  await show({ boards: [board({ sessions: [others()] })] });
  expect(all(".others")).toEqual([]);
});

test("a talk that is read has no field for words to the visitor and is not among mine", async () => {
  await reads();
  expect(root.querySelector(".transcript")?.textContent).toContain("ことば1");
  expect(all(".composer-field")).toEqual([]);
  expect(root.querySelector(".along")?.textContent).toMatch(/見守り中.*理由: 見守り.*見えません/s);
  expect(root.querySelector("#mine-title")?.textContent).toBe("担当中0");
  expect(root.querySelector("#along-title")?.textContent).toBe("見守り中1");
  expect(console.count.value).toBe(0);
});

test("the visitor's words in a talk that is read are not rung as mine", async () => {
  await reads();
  await act(() => line.tell(frame(1, [event(2, { header: others({ version: 2 }), message: message(2) })])));
  expect(rung).toEqual([]);
  expect(root.querySelector(".transcript")?.textContent).toContain("ことば2");
});

test("to write as oneself is a wish of its own, goes by its own way and is not shown as the counselor's writing", async () => {
  const [reply, stepIn] = [vi.spyOn(api, "reply"), vi.spyOn(api, "stepIn").mockImplementation(never)];
  await reads();
  await act(() => button("自分も相談者に書く").click());
  expect(root.querySelector(".stepping-in")?.textContent).toContain("担当は早川さんのままです");
  await type(".composer-field", "三浦です");
  await press(".composer-field", { ctrlKey: true });
  expect(stepIn.mock.calls.map(([id, , text]) => [id, text])).toEqual([[7, "三浦です"]]);
  expect(reply).not.toHaveBeenCalled();
  expect(line.said).not.toContainEqual({ type: "typing", session: 7 });
});

test("words written as oneself go that way even when the talk has become mine before they went", async () => {
  const reply = vi.spyOn(api, "reply").mockImplementation(never);
  const stepIn = vi.spyOn(api, "stepIn").mockImplementation(never);
  await reads();
  await act(() => talk()?.write("ひとつめ"));
  await act(() => talk()?.send());
  await act(() => void console.add(session({ header: view({ version: 9 }), upto: 9 }), "claimed"));
  await act(() => talk()?.write("ふたつめ"));
  await act(() => talk()?.send());
  expect([stepIn.mock.calls.length, reply.mock.calls.length]).toEqual([1, 0]);
});

test("taking over is one press with its reason, and the talk is mine", async () => {
  const mine = view({ version: 3, taken_from: 2, taken_because: "risk" });
  const take = vi.spyOn(api, "takeOver").mockResolvedValue(ok(session({ header: mine, upto: 3 })));
  await reads();
  await act(async () => button("緊急度が高いため").click());
  expect(take.mock.calls).toEqual([[7, "risk"]]);
  expect(talk()?.mine).toBe(true);
  expect(all(".composer-field")).toHaveLength(1);
});

test("what was taken over goes back to its counselor with a word of what happened, and is read along again", async () => {
  const back = vi.spyOn(api, "handBack").mockResolvedValue({ ok: true, status: 204, value: undefined });
  await reads();
  const mine = view({ version: 3, taken_from: 2, taken_because: "risk" });
  await act(() => void console.add(session({ header: mine, upto: 3 }), "claimed"));
  await act(() => button("早川さんに返す").click());
  const submit = () => void root.querySelector("dialog form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await act(submit);
  expect(root.querySelector("dialog")?.textContent).toContain("引継ぎの要点を書いてください");
  expect(back).not.toHaveBeenCalled();
  await type("dialog textarea", "落ち着かれました");
  await act(async () => submit());
  expect(back.mock.calls).toEqual([[7, "落ち着かれました"]]);
  await act(() => line.tell(frame(3, [event(4, { header: others({ version: 4 }) })])));
  expect(talk()?.mine).toBe(false);
  expect(all(".composer-field")).toEqual([]);
});

test("the counselor sees by name who reads along, and no longer when nobody does", async () => {
  await show({ sessions: [session()] });
  await act(() => line.tell({ type: "watching", session: 7, who: [3] }));
  expect(root.querySelector(".watchers")?.textContent).toBe("SVが見ています: 三浦SV");
  await act(() => line.tell({ type: "watching", session: 7, who: [] }));
  expect(root.querySelector(".watchers")?.textContent).toBe("");
});

test("whose talk was taken over is told by whom and why as soon as the board says it", async () => {
  await show({ sessions: [session({ messages: [message(1)] })] });
  await act(() => line.tell({ type: "denied", topic: "session", id: 7 }));
  expect(root.textContent).not.toContain("ことば1");
  const changed = [view({ version: 4, counselor: { id: 3, name: "澪" }, taken_from: 1, taken_because: "risk" })];
  await act(() => line.tell(boardFrame({ changed })));
  const [notice, ...more] = console.notices.all.value;
  expect(notice?.text).toBe("相談者 K7Q2 の相談は、澪さんが引き取りました(緊急度が高いため)。画面から消しました。");
  expect(more).toEqual([]);
});

test("five minutes before the reason runs out one can go on; afterwards the words are gone, the typed ones kept", async () => {
  await reads({}, NOW + 4 * 60_000);
  expect(button("続けて見守る")).toBeDefined();
  await act(() => button("続けて見守る").click());
  expect(api.readAlong).toHaveBeenCalledTimes(2);
  await act(() => button("ささやき").click());
  await type("#whisper-7", "まだ言いたい");
  vi.setSystemTime(NOW + 5 * 60_000);
  await act(() => line.tell({ type: "denied", topic: "session", id: 7 }));
  expect(root.textContent).not.toContain("ことば1");
  expect(root.textContent).toContain("もう一度理由を選んでください");
  expect(root.querySelector<HTMLTextAreaElement>(".typed-words textarea")?.value).toBe("まだ言いたい");
});

test("to stop reading takes the talk away without a word", async () => {
  await reads();
  await act(() => button("見守りを終える").click());
  expect([talk(), console.notices.all.value]).toEqual([undefined, []]);
  expect(line.said).toContainEqual({ type: "unwatch", topic: "session", id: 7 });
});

test("a talk that ended while it was read goes, and it is said", async () => {
  await reads();
  await act(() => line.tell(frame(1, [event(2, { header: others({ version: 2, state: "closed" }) })])));
  expect(talk()).toBeUndefined();
  expect(root.textContent).toContain("閉じられました");
});

test("an address leads to a talk: mine is shown, another's asks for a reason, one that is over is said to be", async () => {
  await show({ me: mio, sessions: [session()], boards: [board({ sessions: [others({ id: 8, pseudonym: "A3M9" })] })] });
  const go = (hash: string) =>
    act(() => {
      location.hash = hash;
      openFromAddress(console);
    });
  await go("#session-8");
  expect(root.querySelector("dialog")?.textContent).toContain("A3M9");
  expect(location.hash).toBe("");
  await act(() => console.window.close());
  await go("#session-99");
  expect(root.textContent).toContain("いま進んでいる相談の中にありません");
  await go("#session-7");
  expect(console.active.value?.id).toBe(7);
});
