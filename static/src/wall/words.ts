// The wall's words in the page's language.
import { language, t as shared } from "../staff/words";
import { en } from "./words.en";
import { ja } from "./words.ja";

export { language };
export const t = language === "en" ? { ...shared, ...en } : { ...shared, ...ja };
