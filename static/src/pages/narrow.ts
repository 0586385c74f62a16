// A field above a long list that narrows it while one types. Without this script the whole list is there.
const NUMBER = /\{(shown|all)\}/g;
const fold = (text: string) => text.normalize("NFKC").toLowerCase();

/** Shows the field of every part marked `data-narrow` (the list's id); what is ticked stays in sight. */
export function offerNarrowing(page: Document): void {
  for (const part of page.querySelectorAll<HTMLElement>("[data-narrow]")) {
    const list = page.getElementById(part.dataset["narrow"] ?? "");
    const field = part.querySelector("input");
    const said = part.querySelector<HTMLElement>("[role=status]");
    if (!list || !field || !said) continue;
    const rows = [...list.querySelectorAll("li")];
    part.hidden = false;
    field.addEventListener("input", () => {
      const wanted = fold(field.value).split(/\s+/).filter(Boolean);
      for (const row of rows) {
        const text = fold(row.textContent ?? "");
        row.hidden = !row.querySelector(":checked") && !wanted.every((word) => text.includes(word));
      }
      const numbers: Record<string, number> = { all: rows.length, shown: rows.filter((row) => !row.hidden).length };
      const words = said.dataset["words"] ?? "";
      said.textContent = wanted.length ? words.replace(NUMBER, (_, name: string) => String(numbers[name])) : "";
    });
    // Enter in the field would send the form.
    field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }
}
