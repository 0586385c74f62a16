// A field whose words are to be pasted elsewhere: beside it a button that copies them. Without this script the field
// is there, and the keyboard copies.

/** Shows the button of every part marked `data-copy` and lets it say what became of a press. */
export function offerCopying(page: Document): void {
  for (const part of page.querySelectorAll<HTMLElement>("[data-copy]")) {
    const field = part.querySelector("input");
    const button = part.querySelector<HTMLButtonElement>("[data-copy-button]");
    const said = button?.querySelector("[role=status]");
    if (!field || !button || !said) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      const { copied = "", marked = "" } = button.dataset;
      // Not every page may write there: then the words stand marked.
      said.textContent = await navigator.clipboard.writeText(field.value).then(
        () => copied,
        () => marked,
      );
    });
  }
}
