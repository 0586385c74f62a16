// Drawing a person's attention without saying anything: a short sound, a notice without content, a number in the title.
import type { Preferences } from "./me";
import { t } from "./words";

export type Occasion = "message" | "offer" | "handed" | "lost" | "call" | "risk" | "time" | "whisper";

const TITLE = "Madoguchi";
// Hz and seconds: rising for an offer, so that ears can tell it from a word.
const TONES: Record<Occasion, [number, number][]> = {
  message: [[660, 0.12]],
  offer: [
    [520, 0.12],
    [780, 0.18],
  ],
  handed: [
    [780, 0.12],
    [520, 0.18],
  ],
  lost: [
    [780, 0.12],
    [660, 0.12],
    [520, 0.24],
  ],
  call: [
    [780, 0.14],
    [780, 0.14],
    [990, 0.28],
  ],
  risk: [
    [880, 0.16],
    [660, 0.16],
    [880, 0.16],
    [660, 0.3],
  ],
  time: [[520, 0.3]],
  whisper: [
    [390, 0.08],
    [440, 0.12],
  ],
};
const LOUDNESS = 0.12;

let audio: AudioContext | undefined;

/** Browsers play nothing before a person has touched the page: get ready at the first touch. */
export function readySound(): void {
  const start = () => {
    // Alt alone, for one, is no touch in a browser's eyes.
    if (!navigator.userActivation?.hasBeenActive) return;
    audio ??= new AudioContext();
    void audio.resume();
    removeEventListener("pointerup", start);
    removeEventListener("keyup", start);
  };
  addEventListener("pointerup", start);
  addEventListener("keyup", start);
}

function play(occasion: Occasion): void {
  if (audio?.state !== "running") return;
  let at = audio.currentTime;
  for (const [pitch, length] of TONES[occasion]) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(LOUDNESS, at);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + length);
    tone.connect(loudness).connect(audio.destination);
    tone.start(at);
    tone.stop(at + length);
    at += length;
  }
}

function show(occasion: Occasion): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const notice = new Notification(TITLE, { body: t.occasions[occasion], tag: occasion });
  notice.onclick = () => {
    window.focus();
    notice.close();
  };
}

/** Tell the person, in the ways they chose. */
export function alertPerson(occasion: Occasion, wishes: Preferences): void {
  if (wishes.sound) play(occasion);
  if (wishes.desktop_notice && document.visibilityState === "hidden") show(occasion);
}

/** Ask the browser for desktop notices; false when it will not show them. */
export async function allowNotices(): Promise<boolean> {
  if (!("Notification" in window)) return false;
  return (await Notification.requestPermission()) === "granted";
}

/** Only a number ever stands in the title. */
export function titleFor(count: number): string {
  return count ? `(${count}) ${TITLE}` : TITLE;
}
