// The one wall of the page, for every view of it.
import { useStation } from "../../staff/view/context";
import type { Wall } from "../ctrl";

export function useWall(): Wall {
  return useStation() as Wall;
}

/** A program's name; nothing where there is only one, and no need to say which. */
export function nameAmongMany(wall: Wall, program: number): string {
  return wall.boards.value.size > 1 ? nameOf(wall, program) : "";
}

export function nameOf(wall: Wall, program: number): string {
  return wall.me.value.programs.find((one) => one.id === program)?.name ?? "";
}
