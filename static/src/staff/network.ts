// What every page of staff asks and changes: about oneself, and the boards one watches.
import { call } from "../lib/http";
import type { Board } from "../protocol";
import type { Me, Preferences } from "./me";

export const own = {
  me: () => call<Me>("GET", "/api/me"),
  prefer: (wishes: Partial<Preferences>) => call<Me>("PUT", "/api/me/preferences", wishes),
  board: (program: number) => call<Board>("GET", `/api/programs/${program}/board`),
  extendLogin: () => call<Me>("PUT", "/api/me/login", {}),
};
