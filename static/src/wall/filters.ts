// What one chooses to see, kept in the address: ids and codes, never words. Pure.
import type { SessionView, StateName } from "../protocol";
import { HIGH } from "./need";

export const STATES = ["waiting", "active", "held", "wrap_up", "intake"] as const;

export interface Filters {
  /** 0: all programs, everybody, any risk. */
  program: number;
  counselor: number;
  risk: number;
  state: StateName | "";
}

export const NO_FILTERS: Filters = { program: 0, counselor: 0, risk: 0, state: "" };

const NUMBERS = ["program", "counselor", "risk"] as const;
const LARGEST = 2 ** 53 - 1;

function numberIn(text: string | null): number {
  const number = text && /^\d+$/.test(text) ? Number(text) : 0;
  return number <= LARGEST ? number : 0;
}

/** The filters of an address (`location.search`); what it does not know it leaves out. */
export function filtersIn(search: string): Filters {
  const told = new URLSearchParams(search);
  const [program, counselor, risk] = NUMBERS.map((name) => numberIn(told.get(name)));
  const state = STATES.find((one) => one === told.get("state")) ?? "";
  return { program: program ?? 0, counselor: counselor ?? 0, risk: Math.min(risk ?? 0, 4), state };
}

/** The address of these filters, from the question mark on; empty without any. */
export function searchFor(filters: Filters): string {
  const told = new URLSearchParams();
  for (const name of NUMBERS) if (filters[name]) told.set(name, String(filters[name]));
  if (filters.state) told.set("state", filters.state);
  const text = told.toString();
  return text && `?${text}`;
}

export function passes(view: SessionView, { program, counselor, risk, state }: Filters): boolean {
  return (
    (!program || view.program === program) &&
    (!counselor || view.counselor?.id === counselor) &&
    view.risk >= risk &&
    (!state || view.state === state)
  );
}

export interface Hidden {
  all: number;
  /** Of those: at high risk. They are never hidden without being told of. */
  high: number;
}

export function hiddenBy(views: readonly SessionView[], filters: Filters): Hidden {
  const hidden = views.filter((view) => !passes(view, filters));
  return { all: hidden.length, high: hidden.filter((view) => view.risk >= HIGH && view.state !== "wrap_up").length };
}
