// Whether there is room for the grid; otherwise one day at a time is shown.
import { signal } from "@preact/signals";

const query = typeof matchMedia === "function" ? matchMedia("screen and (max-width: 48rem)") : undefined;

export const narrow = signal(query?.matches === true);
query?.addEventListener("change", (event) => {
  narrow.value = event.matches;
});
