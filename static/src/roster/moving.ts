// Where the keyboard goes in the grid. Pure.

/** A place by row and column, and from where a selection was stretched. */
export interface Cursor {
  row: number;
  col: number;
  fromRow: number;
  fromCol: number;
}

export interface Size {
  rows: number;
  cols: number;
}

interface Pressed {
  key: string;
  ctrl: boolean;
  shift: boolean;
}

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));

function target(at: Cursor, pressed: Pressed, size: Size): [number, number] | undefined {
  const step = STEPS[pressed.key];
  if (step) return [at.row + step[0], at.col + step[1]];
  if (pressed.key === "Home") return [pressed.ctrl ? 0 : at.row, 0];
  if (pressed.key === "End") return [pressed.ctrl ? size.rows - 1 : at.row, size.cols - 1];
  return undefined;
}

/** The cursor after a key; undefined when the key does not move it. Shift stretches the selection. */
export function moved(at: Cursor, pressed: Pressed, size: Size): Cursor | undefined {
  const to = target(at, pressed, size);
  if (!to) return undefined;
  const [row, col] = [within(to[0], size.rows), within(to[1], size.cols)];
  return pressed.shift ? { ...at, row, col } : { row, col, fromRow: row, fromCol: col };
}

export const placeAt = (row: number, col: number): Cursor => ({ row, col, fromRow: row, fromCol: col });

/** The columns selected in a row, both included; undefined when none is. */
export function selectedIn(at: Cursor, row: number): [number, number] | undefined {
  if (row < Math.min(at.row, at.fromRow) || row > Math.max(at.row, at.fromRow)) return undefined;
  return [Math.min(at.col, at.fromCol), Math.max(at.col, at.fromCol)];
}

/** How many cells are selected. */
export function sizeOf(at: Cursor): number {
  return (Math.abs(at.row - at.fromRow) + 1) * (Math.abs(at.col - at.fromCol) + 1);
}
