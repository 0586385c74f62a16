// The one console of the page, for every view.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Console } from "../ctrl";
import type { Program } from "../interfaces";

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const console = useContext(ConsoleContext);
  if (!console) throw new Error("a view outside the console");
  return console;
}

const NO_AMBER = Number.POSITIVE_INFINITY;

export function programOf(console: Console, id: number): Program | undefined {
  return console.me.value.programs.find((one) => one.id === id);
}

/** Seconds after which a visitor of this program has waited too long. */
export function amberAfter(console: Console, program: number): number {
  return programOf(console, program)?.amber_after ?? NO_AMBER;
}
