// A small sheet that drops from a button in the head: shut by Escape, by a press elsewhere, or when the keyboard leaves.
import { ChevronDown } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../lib/icon";

interface Props {
  class?: string;
  label?: string;
  summary: ComponentChildren;
  /** What is in it; `shut` closes the sheet. */
  children(shut: () => void): ComponentChildren;
}

export function Drop({ class: look = "", label, summary, children }: Props) {
  const box = useRef<HTMLDetailsElement>(null);
  const shut = () => {
    if (box.current) box.current.open = false;
  };
  useEffect(() => {
    const shutOutside = (event: Event) => {
      if (!(event.target instanceof Node && box.current?.contains(event.target))) shut();
    };
    document.addEventListener("pointerdown", shutOutside);
    document.addEventListener("focusin", shutOutside);
    return () => {
      document.removeEventListener("pointerdown", shutOutside);
      document.removeEventListener("focusin", shutOutside);
    };
  }, []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !box.current?.open) return;
    shut();
    box.current.querySelector("summary")?.focus();
  };
  return (
    <details class={`menu ${look}`} ref={box} onKeyDown={onKey}>
      <summary aria-label={label}>
        {summary}
        <Icon of={ChevronDown} />
      </summary>
      {children(shut)}
    </details>
  );
}
