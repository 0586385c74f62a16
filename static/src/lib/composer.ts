// What a text field for words must know: an input method's Enter is not a wish to send, and LINE counts UTF-16 units.

/** Units in which LINE and we count a text; an emoji is two or more. */
export function utf16Length(text: string): number {
  return text.length;
}

/** A text of one push to LINE; longer ones are sent in parts. */
export const PART_UNITS = 5000;
/** The longest text that is taken at once. */
export const MOST_UNITS = 20_000;

/** True when there is something to send. Spaces alone are nothing. */
export function isBlank(text: string): boolean {
  return /^\s*$/u.test(text);
}

/** Into how many pushes a text of this length goes at least. */
export function partsOf(units: number): number {
  return Math.max(1, Math.ceil(units / PART_UNITS));
}

// Safari ends the composition before it tells of the Enter that ended it: 3–20 ms measured by others; a person's
// second Enter comes later than 80 ms.
const SAME_ENTER_MS = 80;

/** Watches one field's composition; `swallows(event)` is true for keys that belong to the input method. */
export class ImeGuard {
  private composing = false;
  private endedAt = Number.NEGATIVE_INFINITY;

  start(): void {
    this.composing = true;
  }

  end(event: { timeStamp: number }): void {
    this.composing = false;
    this.endedAt = event.timeStamp;
  }

  swallows(event: Pick<KeyboardEvent, "key" | "isComposing" | "keyCode" | "timeStamp">): boolean {
    if (this.composing || event.isComposing || event.keyCode === 229) return true;
    return event.key === "Enter" && event.timeStamp - this.endedAt < SAME_ENTER_MS;
  }
}

type SendKey = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** Whether this key sends: Ctrl or ⌘ with Enter always, Enter alone when the person chose it (Shift makes a line). */
export function isSendKey(event: SendKey, enterSends: boolean): boolean {
  if (event.key !== "Enter" || event.altKey) return false;
  return event.ctrlKey || event.metaKey || (enterSends && !event.shiftKey);
}
