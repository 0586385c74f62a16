// A button that does one thing on the server: busy while it is asked, and what went wrong said right beside it.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Outcome } from "../station";

interface Props {
  act: () => Promise<Outcome>;
  children: ComponentChildren;
  class?: string;
  label?: string;
  disabled?: boolean;
}

export function Act({ act, children, class: look = "button", label, disabled = false }: Props) {
  const busy = useSignal(false);
  const problem = useSignal("");
  const run = async () => {
    if (busy.value || disabled) return;
    busy.value = true;
    problem.value = "";
    problem.value = (await act())?.message ?? "";
    busy.value = false;
  };
  return (
    <>
      <button type="button" class={look} aria-label={label} aria-busy={busy.value} disabled={disabled} onClick={run}>
        {children}
      </button>
      <span class="act-problem" role="alert">
        {problem.value}
      </span>
    </>
  );
}
