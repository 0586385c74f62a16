// A native modal dialog: shown when it is drawn, and the keyboard goes back where it was.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** The ref of a `<dialog>` that opens with its component; draw only one at a time. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return dialog;
}
