import { beforeEach, expect, test, vi } from "vitest";
import { offerReadingAloud } from "./aloud";

const PART = `<div data-aloud hidden data-reading="読んでいます" data-paused="止めています" data-stopped="終わりました"
  data-done="最後まで" data-failed="読めませんでした">
  <button data-aloud-start>読み上げる</button><button data-aloud-pause data-again="続ける" hidden>止める</button>
  <button data-aloud-stop hidden>終わる</button><span role="status" data-aloud-said></span></div>
  <ol data-aloud-text><li>4月は40件でした。</li><li>20代は、伏せています。</li></ol>`;

class Voice extends EventTarget {
  known = [{ lang: "ja-JP" }];
  spoken: { text: string; onend?: () => void; onerror?: () => void }[] = [];
  pause = vi.fn();
  resume = vi.fn();
  cancel = vi.fn();
  getVoices = () => this.known;
  speak = (one: { text: string }) => void this.spoken.push(one);
}
let voice: Voice;
const at = (name: string) => document.querySelector<HTMLElement>(`[data-aloud-${name}]`) as HTMLElement;
const part = () => document.querySelector<HTMLElement>("[data-aloud]") as HTMLElement;
const offer = () => offerReadingAloud(document, voice as unknown as SpeechSynthesis);

beforeEach(() => {
  document.documentElement.lang = "ja";
  document.body.innerHTML = PART;
  voice = new Voice();
  vi.stubGlobal(
    "SpeechSynthesisUtterance",
    class {
      constructor(readonly text: string) {}
    },
  );
});

test("without a voice of the page's language there is no button, until the browser learns of one", () => {
  voice.known = [{ lang: "en-US" }];
  offer();
  expect(part().hidden).toBe(true);
  voice.known = [{ lang: "ja-JP" }];
  voice.dispatchEvent(new Event("voiceschanged"));
  expect(part().hidden).toBe(false);
});

test("it reads sentence after sentence, says how far it is, and that it is through", () => {
  offer();
  at("start").click();
  expect(at("said").textContent).toBe("読んでいます (1/2)");
  expect(document.activeElement).toBe(at("pause"));
  voice.spoken[0]?.onend?.();
  expect(voice.spoken.map((one) => one.text)).toEqual(["4月は40件でした。", "20代は、伏せています。"]);
  voice.spoken[1]?.onend?.();
  expect(at("said").textContent).toBe("最後まで");
  expect(at("start").hidden).toBe(false);
  expect(document.activeElement).toBe(at("start"));
});

test("a pause goes on where it stopped, and the words of the button say what comes", () => {
  offer();
  at("start").click();
  at("pause").click();
  expect(voice.pause).toHaveBeenCalled();
  expect(at("pause").textContent).toBe("続ける");
  at("pause").click();
  expect(voice.resume).toHaveBeenCalled();
  expect(at("pause").textContent).toBe("止める");
});

test("who stops hears nothing more, and a reading that fails says so", () => {
  offer();
  at("start").click();
  at("stop").click();
  voice.spoken[0]?.onend?.();
  expect(voice.spoken).toHaveLength(1);
  expect(at("said").textContent).toBe("終わりました");
  at("start").click();
  voice.spoken[1]?.onerror?.();
  expect(at("said").textContent).toBe("読めませんでした");
});
