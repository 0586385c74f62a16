// Lucide's shapes as an ornament beside a word.
import type { IconNode } from "lucide";
import { h } from "preact";

export { ArrowDown, CloudOff, SendHorizontal as Send } from "lucide";

export function Icon({ shape }: { shape: IconNode }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {shape.map(([tag, attributes], index) => h(tag, { key: index, ...attributes }))}
    </svg>
  );
}
