// The automatic texts' page: variables put in at the cursor, readings around a selection, lengths while one types.
import { partsOf, utf16Length } from "../lib/composer";
import { pieces } from "../lib/ruby";

const VARIABLE = /\{([^{}]*)\}/g;

/** The text's own length in UTF-16 units, and in how many messages LINE will bring it once it is filled. */
export function measured(text: string, lengths: Record<string, number>, readings: boolean): [number, number] {
  const typed = text.trim();
  const told = pieces(typed)
    .map(({ words, reading }) => (reading && readings ? `${words}(${reading})` : words))
    .join("");
  let filled = utf16Length(told);
  for (const [whole, name] of told.matchAll(VARIABLE)) {
    const length = lengths[name ?? ""];
    if (length !== undefined) filled += length - whole.length;
  }
  return [utf16Length(typed), partsOf(filled)];
}

/** Counts beside each text while it is written; the server counted when the page was made. */
export function countTexts(page: Document): void {
  for (const line of page.querySelectorAll<HTMLElement>("[data-count-of]")) {
    const field = page.getElementById(line.dataset["countOf"] ?? "");
    if (!(field instanceof HTMLTextAreaElement)) continue;
    const { lengths = "{}", most = "0", readings } = field.dataset;
    const count = () => {
      const [units, messages] = measured(field.value, JSON.parse(lengths), readings === "shown");
      const said = { units: String(units), most, messages: String(messages) } as Record<string, string>;
      line.textContent = (line.dataset["words"] ?? "").replace(VARIABLE, (_, name: string) => said[name] ?? "");
      line.toggleAttribute("data-over", units > Number(most));
    };
    field.addEventListener("input", count);
  }
}

/** Makes a button of each variable: it puts itself where one wrote last. */
export function offerInsertion(page: Document): void {
  const fields = [...page.querySelectorAll<HTMLTextAreaElement>("textarea[data-lengths], textarea[data-takes]")];
  let last = fields[0];
  for (const field of fields) field.addEventListener("focus", () => (last = field));
  for (const chip of page.querySelectorAll<HTMLElement>("[data-insert]")) {
    const button = page.createElement("button");
    button.type = "button";
    button.append(...chip.childNodes);
    button.addEventListener("click", () => last && put(last, chip.dataset["insert"] ?? ""));
    chip.append(button);
  }
}

/** A button that puts the marks of a reading around what is selected, and leads between them. */
export function offerReadings(page: Document): void {
  for (const line of page.querySelectorAll<HTMLElement>("[data-reading-for]")) {
    const field = page.getElementById(line.dataset["readingFor"] ?? "");
    if (!(field instanceof HTMLTextAreaElement)) continue;
    const button = page.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.textContent = line.dataset["label"] ?? "";
    button.addEventListener("click", () => {
      const start = field.selectionStart;
      const chosen = field.value.slice(start, field.selectionEnd);
      if (!chosen) return field.focus();
      put(field, `｜${chosen}《》`);
      const inside = start + chosen.length + 2;
      field.setSelectionRange(inside, inside);
    });
    line.append(" ", button);
  }
}

function put(field: HTMLTextAreaElement, words: string): void {
  field.focus();
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
