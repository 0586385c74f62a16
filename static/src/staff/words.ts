// What pages of staff say alike, in the page's language.
import { pageLanguage } from "../lib/text";
import { en } from "./words.en";
import { ja } from "./words.ja";

export const language = pageLanguage();
export const t = language === "en" ? en : ja;
