// The console's words in the page's language.
import type { Language } from "../lib/time";
import { language, t as shared } from "../staff/words";
import { alongEn } from "./words.along.en";
import { alongJa } from "./words.along.ja";
import { en } from "./words.en";
import { ja } from "./words.ja";
import { riskEn } from "./words.risk.en";
import { riskJa } from "./words.risk.ja";
import { shiftEn } from "./words.shift.en";
import { shiftJa } from "./words.shift.ja";

declare const BUILT_FOR: Language;

export { language };
export const t =
  BUILT_FOR === "en"
    ? { ...shared, ...en, ...shiftEn, ...alongEn, ...riskEn }
    : { ...shared, ...ja, ...shiftJa, ...alongJa, ...riskJa };
