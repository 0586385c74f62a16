// The one console of the page, for every view of it.

import { useStation } from "../../staff/view/context";
import type { Console } from "../ctrl";

export function useConsole(): Console {
  return useStation() as Console;
}
