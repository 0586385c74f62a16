// The keys of the console. Codes, not characters: Alt makes other characters on some keyboards.

import type { CallKindName } from "../protocol";
import { goTo, pickCanned, showUnread, step, takeNext } from "./acts";
import { callSupervisor, whisperIn } from "./along";
import { openRisk } from "./assessing";
import type { Console, Place } from "./ctrl";

type Run = (console: Console) => void;

const WITH_ALT: Record<string, Run> = {
  Digit1: (console) => goTo(console, 0),
  Digit2: (console) => goTo(console, 1),
  ArrowUp: (console) => step(console, -1),
  ArrowDown: (console) => step(console, 1),
  KeyU: showUnread,
  KeyN: (console) => void takeNext(console).then((failure) => failure && console.notice(failure.message)),
  KeyQ: (console) => reach(console, "queue", "queue-title"),
  KeyI: (console) => reach(console, "panel", "panel"),
  KeyW: (console) => {
    const talk = console.active.peek();
    if (!talk) return;
    console.place.value = "talk";
    whisperIn(talk);
  },
  KeyS: (console) => callHere(console, "consult"),
  KeyK: (console) => callHere(console, "urgent"),
  KeyR: (console) => {
    const talk = console.active.peek();
    if (talk) openRisk(console, talk);
  },
  KeyM: (console) => reach(console, "panel", "note"),
};

/** In the active talk, if it is mine: the keyboard stays where it is, the talk goes on. */
function callHere(console: Console, kind: CallKindName): void {
  const talk = console.active.peek();
  if (!talk?.mine) return;
  void callSupervisor(console, talk, kind).then((failure) => failure && console.notice(failure.message));
}

const WITH_CTRL: Record<string, Run> = {
  KeyK: (console) => {
    const talk = console.active.peek();
    if (talk && talk.header.state !== "wrap_up") void pickCanned(console, talk);
  },
  Slash: openKeys,
};

function openKeys(console: Console): void {
  console.dialog.value = "keys";
}

/**
 * Show a side and move the keyboard there, before the next key can come: a note typed in haste must not land in the
 * field of the talk. On narrow screens the side is drawn first. Without such a place the whole side takes the keyboard.
 */
function reach(console: Console, place: Place, id: string): void {
  console.place.value = place;
  queueMicrotask(() => (document.getElementById(id) ?? document.getElementById(place))?.focus());
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

function runFor(event: KeyboardEvent): Run | undefined {
  const { altKey, ctrlKey, metaKey, shiftKey } = event;
  if (altKey && !ctrlKey && !metaKey && !shiftKey) return WITH_ALT[event.code];
  if ((ctrlKey || metaKey) && !altKey && !shiftKey) return WITH_CTRL[event.code];
  return event.key === "?" && !altKey && !ctrlKey && !metaKey && !isWriting(event.target) ? openKeys : undefined;
}

/** Listen on the whole page; a window in front keeps its keys. */
export function listenForKeys(console: Console): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229 || console.dialog.value) return;
    const run = runFor(event);
    if (!run) return;
    event.preventDefault();
    run(console);
  };
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}
