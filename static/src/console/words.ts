// The console's words in the page's language.
import { pageLanguage } from "../lib/text";
import { en } from "./words.en";
import { ja } from "./words.ja";
import { shiftEn } from "./words.shift.en";
import { shiftJa } from "./words.shift.ja";

export const language = pageLanguage();
export const t = language === "en" ? { ...en, ...shiftEn } : { ...ja, ...shiftJa };
