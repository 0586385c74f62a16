// The planner for everything below the app.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Planner } from "../ctrl";

export const PlannerContext = createContext<Planner | null>(null);

export function usePlanner(): Planner {
  const planner = useContext(PlannerContext);
  if (!planner) throw new Error("outside of the planner");
  return planner;
}
