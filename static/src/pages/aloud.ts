// Reads a prepared text aloud. The buttons appear where the browser can speak the page's language; what it does, and
// that it could not, is said in words beside them.

/** Offers to read aloud every part marked `data-aloud`. */
export function offerReadingAloud(page: Document, voices: SpeechSynthesis | undefined = window.speechSynthesis): void {
  const part = page.querySelector<HTMLElement>("[data-aloud]");
  const text = page.querySelector<HTMLElement>("[data-aloud-text]");
  if (!part || !text || !voices) return;
  const language = page.documentElement.lang || "ja";
  const speaks = () => voices.getVoices().find((one) => one.lang.toLowerCase().startsWith(language));
  const offer = () => {
    part.hidden = !speaks();
  };
  offer();
  // Some browsers learn of their voices later.
  voices.addEventListener("voiceschanged", offer);
  const sentences = Array.from(text.children, (one) => one.textContent ?? "");
  follow(part, voices, () => sentences.map((one) => utterance(one, language, speaks())));
}

function utterance(words: string, language: string, voice: SpeechSynthesisVoice | undefined): SpeechSynthesisUtterance {
  const made = new SpeechSynthesisUtterance(words);
  made.lang = language;
  made.voice = voice ?? null;
  return made;
}

function follow(part: HTMLElement, voices: SpeechSynthesis, all: () => SpeechSynthesisUtterance[]): void {
  const button = (name: string) => part.querySelector<HTMLButtonElement>(`[data-aloud-${name}]`);
  const [start, pause, stop] = [button("start"), button("pause"), button("stop")];
  const said = part.querySelector("[data-aloud-said]");
  if (!start || !pause || !stop || !said) return;
  const { reading = "", paused = "", stopped = "", done = "", failed = "" } = part.dataset;
  const { again = "" } = pause.dataset;
  const halt = pause.textContent ?? "";
  // Of two readings only the later one may speak: ending the first tells its sentences that they failed.
  let turn = 0;
  const tell = (words = "", running = false) => {
    said.textContent = words;
    const held = document.activeElement === pause || document.activeElement === stop;
    for (const one of [pause, stop]) one.hidden = !running;
    start.hidden = running;
    if (!running && held) start.focus();
  };
  const over = (words = "") => {
    turn += 1;
    voices.cancel();
    // What was halted would stay so for whatever is read next.
    voices.resume();
    pause.textContent = halt;
    tell(words);
  };
  const speak = (rest: SpeechSynthesisUtterance[], place: number, mine: number) => {
    const one = rest[place];
    if (!one) return over(done);
    one.onend = () => mine === turn && speak(rest, place + 1, mine);
    one.onerror = () => mine === turn && over(failed);
    tell(`${reading} (${place + 1}/${rest.length})`, true);
    voices.speak(one);
  };
  start.addEventListener("click", () => {
    over();
    speak(all(), 0, turn);
    pause.focus();
  });
  pause.addEventListener("click", () => {
    const halted = pause.textContent === halt;
    if (halted) voices.pause();
    else voices.resume();
    pause.textContent = halted ? again : halt;
    said.textContent = halted ? paused : reading;
  });
  stop.addEventListener("click", () => over(stopped));
  // A voice would go on after the page is gone.
  window.addEventListener("pagehide", () => voices.cancel());
}
