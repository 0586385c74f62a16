// The keys of the wall. Codes where Alt makes other characters on some keyboards.

import type { Wall } from "./ctrl";
import { isTaken } from "./need";

type Run = (wall: Wall) => void;

const reach =
  (id: string): Run =>
  () =>
    document.getElementById(id)?.focus();

const WITH_ALT: Record<string, Run> = {
  Digit1: (wall) => goTo(wall, wall.cursor.peek() || (wall.shown.peek()[0]?.id ?? 0)),
  Digit2: reach("crew"),
  Digit3: reach("filters"),
  KeyR: (wall) => {
    const [program] = wall.choice.peek().keys();
    if (program) wall.window.ask({ reassign: program });
  },
};

/** On a card: by the keyboard alone, so that no letter typed elsewhere does anything. */
const ON_CARD: Record<string, Run> = {
  ArrowDown: (wall) => step(wall, 1),
  ArrowRight: (wall) => step(wall, 1),
  j: (wall) => step(wall, 1),
  ArrowUp: (wall) => step(wall, -1),
  ArrowLeft: (wall) => step(wall, -1),
  k: (wall) => step(wall, -1),
  Home: (wall) => goTo(wall, wall.shown.peek()[0]?.id ?? 0),
  End: (wall) => goTo(wall, wall.shown.peek().at(-1)?.id ?? 0),
  x: toggle,
};

/** Put the keyboard on a card. */
export function goTo(wall: Wall, id: number): void {
  wall.cursor.value = id;
  if (document.getElementById(`card-${id}`)) document.getElementById(`card-${id}`)?.focus();
  else {
    wall.drawMore(id);
    setTimeout(() => document.getElementById(`card-${id}`)?.focus());
  }
}

function step(wall: Wall, by: 1 | -1): void {
  const shown = wall.shown.peek();
  const at = shown.findIndex((view) => view.id === wall.cursor.peek());
  const next = shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
  if (next) goTo(wall, next.id);
}

function toggle(wall: Wall): void {
  const view = wall.shown.peek().find((one) => one.id === wall.cursor.peek());
  if (view && isTaken(view)) wall.choose(view.id, !wall.chosen.peek().has(view.id));
}

function openKeys(wall: Wall): void {
  wall.window.ask("keys");
}

function runFor(event: KeyboardEvent): Run | undefined {
  const { altKey, ctrlKey, metaKey, shiftKey, target } = event;
  if (altKey && !ctrlKey && !metaKey && !shiftKey) return WITH_ALT[event.code];
  if (altKey || ctrlKey || metaKey || !(target instanceof HTMLElement)) return undefined;
  if (event.key === "?" && !target.matches("input:not([type=checkbox]), textarea, select")) return openKeys;
  return target.closest(".cards") ? ON_CARD[event.key] : undefined;
}

/** Listen on the whole page; a window in front keeps its keys. */
export function listenForKeys(wall: Wall): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229 || wall.window.top.peek()) return;
    const run = runFor(event);
    if (!run) return;
    event.preventDefault();
    run(wall);
  };
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}
