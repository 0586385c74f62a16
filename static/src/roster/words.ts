// The roster's words in the page's language.
import type { Language } from "../lib/time";
import { en } from "./words.en";
import { ja } from "./words.ja";

declare const BUILT_FOR: Language;

export const language = BUILT_FOR;
export const t = BUILT_FOR === "en" ? en : ja;
