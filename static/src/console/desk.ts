// Which two talks lie on the desk, and which one is written in. Pure.

export type Pane = 0 | 1;

export interface Desk {
  shown: readonly [number | null, number | null];
  active: Pane;
}

export const emptyDesk: Desk = { shown: [null, null], active: 0 };

const other = (pane: Pane): Pane => (pane === 0 ? 1 : 0);

function put(desk: Desk, pane: Pane, id: number | null): Desk {
  const shown: [number | null, number | null] = [...desk.shown];
  shown[pane] = id;
  return { ...desk, shown };
}

export function paneOf(desk: Desk, id: number): Pane | undefined {
  const at = desk.shown.indexOf(id);
  return at < 0 ? undefined : (at as Pane);
}

export function activeId(desk: Desk): number | null {
  return desk.shown[desk.active];
}

export function activate(desk: Desk, pane: Pane): Desk {
  return desk.active === pane ? desk : { ...desk, active: pane };
}

/** A person asked for this talk: it becomes the active one, where there is room, else in the active pane. */
export function open(desk: Desk, id: number): Desk {
  const at = paneOf(desk, id);
  if (at !== undefined) return activate(desk, at);
  const free = [desk.active, other(desk.active)].find((pane) => desk.shown[pane] === null);
  const pane = free ?? desk.active;
  return activate(put(desk, pane, id), pane);
}

/** A person chose this talk for this pane; a talk in the other pane changes places. */
export function choose(desk: Desk, pane: Pane, id: number): Desk {
  const at = paneOf(desk, id);
  if (at === pane) return activate(desk, pane);
  const swapped = at === undefined ? desk : put(desk, at, desk.shown[pane]);
  return activate(put(swapped, pane, id), pane);
}

/** A talk came by itself: it may fill an empty place, but never takes the one being written in. */
export function arrive(desk: Desk, id: number): Desk {
  if (paneOf(desk, id) !== undefined) return desk;
  const free = [desk.active, other(desk.active)].find((pane) => desk.shown[pane] === null);
  return free === undefined ? desk : put(desk, free, id);
}

/** A talk left: one of `rest` not shown takes its place; the active pane stays where there is a talk. */
export function leave(desk: Desk, id: number, rest: readonly number[]): Desk {
  const pane = paneOf(desk, id);
  if (pane === undefined) return desk;
  const next = rest.find((one) => one !== id && paneOf(desk, one) === undefined) ?? null;
  const left = put(desk, pane, next);
  return left.shown[left.active] === null && left.shown[other(left.active)] !== null
    ? activate(left, other(left.active))
    : left;
}
