// The keyboard in the grid.
import { clear, copyCell, openCell, paste, place, undo } from "./acts";
import type { Planner } from "./ctrl";
import { moved, placeAt } from "./moving";

type Deed = (planner: Planner) => void;

const DEEDS: Record<string, Deed> = {
  Enter: (planner) => {
    if (planner.brush.peek() === null) openCell(planner, planner.cursorCell());
    else place(planner, planner.selectedCells());
  },
  F2: (planner) => openCell(planner, planner.cursorCell()),
  " ": (planner) => openCell(planner, planner.cursorCell()),
  Delete: (planner) => clear(planner, planner.selectedCells()),
  Backspace: (planner) => clear(planner, planner.selectedCells()),
  Escape: (planner) => {
    planner.brush.value = null;
    const { row, col } = planner.cursor.peek();
    planner.cursor.value = placeAt(row, col);
  },
};

const WITH_CONTROL: Record<string, Deed> = {
  c: copyCell,
  v: (planner) => paste(planner, planner.selectedCells()),
  z: undo,
};

/** The pattern of a digit as brush; 0 puts the brush down. */
function chooseBrush(planner: Planner, digit: number): boolean {
  const pattern = planner.patterns.peek()[digit - 1];
  if (digit > 0 && !pattern) return false;
  planner.brush.value = pattern?.id ?? null;
  return true;
}

function step(planner: Planner, event: KeyboardEvent): boolean {
  const size = { rows: planner.order.peek().length, cols: planner.range.peek().days };
  const pressed = { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey };
  const to = moved(planner.cursor.peek(), pressed, size);
  if (to) planner.cursor.value = to;
  return to !== undefined;
}

function act(planner: Planner, event: KeyboardEvent): boolean {
  if (step(planner, event)) return true;
  const withControl = event.ctrlKey || event.metaKey;
  const deed = withControl ? WITH_CONTROL[event.key.toLowerCase()] : DEEDS[event.key];
  deed?.(planner);
  if (deed) return true;
  return !withControl && /^[0-9]$/.test(event.key) && chooseBrush(planner, Number(event.key));
}

/** A key pressed in the grid. */
export function onGridKey(planner: Planner, event: KeyboardEvent): void {
  if (event.altKey || event.isComposing) return;
  if (act(planner, event)) event.preventDefault();
}

/** Ctrl+Z anywhere on the page, save where something is typed. */
export function onPageKey(planner: Planner, event: KeyboardEvent): void {
  const typing = event.target instanceof Element && event.target.matches("input:not([type=radio]), textarea, select");
  const inGrid = event.target instanceof Element && event.target.closest(".roster-grid");
  if (typing || inGrid || planner.panel.peek() || event.key.toLowerCase() !== "z") return;
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  undo(planner);
}
