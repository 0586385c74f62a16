// A Lucide icon as inline SVG. It is never the only sign: a word stands beside it, or `label` says what it is.
import type { IconNode } from "lucide";
import { h } from "preact";

interface Props {
  of: IconNode;
  label?: string;
}

export function Icon({ of, label }: Props) {
  const named = label ? { role: "img" as const, "aria-label": label } : { "aria-hidden": true as const };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: hidden from those who listen, or named by its label
    <svg class="icon" viewBox="0 0 24 24" focusable="false" {...named}>
      {of.map(([tag, attributes]) => h(tag, attributes as Record<string, string>))}
    </svg>
  );
}
