// Readings (ふりがな) as people and the server mark them: 漢字《かんじ》, or ｜おかね《おかね》 around any word.
// The same rule as counseling/text/ruby.py, without looking behind: old telephones cannot.
const KANJI = "々〆〇ヶ\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
const KANA = "ぁ-ゖァ-ヺーｦ-ﾟ・\\u3000 ";
/** A word with its reading; the word is the first or the second group, the reading the third. */
export const MARKED = new RegExp(`(?:｜([^｜《》\\n]+)|([${KANJI}]+))《(?![ー・\\u3000 ]*》)([${KANA}]+)》`, "gu");

export interface Piece {
  words: string;
  reading: string;
}

/** The text in order, each marked word by itself; without a reading words are read as they stand. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKED)) {
    if (match.index > end) found.push({ words: text.slice(end, match.index), reading: "" });
    found.push({ words: match[1] ?? match[2] ?? "", reading: match[3] ?? "" });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ words: text.slice(end), reading: "" });
  return found;
}
