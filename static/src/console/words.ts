// The console's words in the page's language.
import { language, t as shared } from "../staff/words";
import { en } from "./words.en";
import { ja } from "./words.ja";
import { shiftEn } from "./words.shift.en";
import { shiftJa } from "./words.shift.ja";

export { language };
export const t = language === "en" ? { ...shared, ...en, ...shiftEn } : { ...shared, ...ja, ...shiftJa };
