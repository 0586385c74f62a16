// What pages of staff say alike, in the page's language.
import type { Language } from "../lib/time";
import { en } from "./words.en";
import { ja } from "./words.ja";

// The build sets it: every staff program is built once for each language, and carries no other's words.
declare const BUILT_FOR: Language;

export const language = BUILT_FOR;
export const t = BUILT_FOR === "en" ? en : ja;
