// A button pressed twice sends its form once: the second press would be answered with a refusal of what the first did.
const AGAIN_AFTER_MS = 3_000;

/** Holds back the same form for a moment after it was sent; coming back to the page by «back» sets it free. */
export function sendOnce(page: Document): void {
  const sent = new Set<HTMLFormElement>();
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    setTimeout(() => sent.delete(form), AGAIN_AFTER_MS);
  });
  addEventListener("pageshow", () => sent.clear());
}
