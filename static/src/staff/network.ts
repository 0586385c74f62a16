// What a member of staff asks and changes about themselves.
import { call } from "../lib/http";
import type { Me, Preferences } from "./me";

export const own = {
  me: () => call<Me>("GET", "/api/me"),
  prefer: (wishes: Partial<Preferences>) => call<Me>("PUT", "/api/me/preferences", wishes),
  extendLogin: () => call<Me>("PUT", "/api/me/login", {}),
};
