// The wall's words in the page's language.
import type { Language } from "../lib/time";
import { language, t as shared } from "../staff/words";
import { en } from "./words.en";
import { ja } from "./words.ja";

declare const BUILT_FOR: Language;

export { language };
export const t = BUILT_FOR === "en" ? { ...shared, ...en } : { ...shared, ...ja };
