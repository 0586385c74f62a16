// The one page of staff that stands here, for every view.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Program } from "../me";
import type { Station } from "../station";

export const StationContext = createContext<Station | null>(null);

export function useStation(): Station {
  const station = useContext(StationContext);
  if (!station) throw new Error("a view outside its page");
  return station;
}

const NO_AMBER = Number.POSITIVE_INFINITY;

export function programOf(station: Station, id: number): Program | undefined {
  return station.me.value.programs.find((one) => one.id === id);
}

/** Seconds after which a visitor of this program has waited too long. */
export function amberAfter(station: Station, program: number): number {
  return programOf(station, program)?.amber_after ?? NO_AMBER;
}
