// Words of danger in a message: the message in pieces, and what is said of each word. Pure.
import type { FindingView, MeaningName } from "../protocol";

export interface Piece {
  text: string;
  /** The highest level of the words it belongs to; 0 outside of them. */
  level: number;
}

/** The text cut where words of danger begin and end. Places count code points, as the server does: 𠮷 is one. */
export function pieces(text: string, findings: FindingView[]): Piece[] {
  if (!findings.length) return [{ text, level: 0 }];
  const points = [...text];
  const cuts = [0, points.length, ...findings.flatMap(({ start, end }) => [start, end])];
  const places = [...new Set(cuts)].sort((a, b) => a - b);
  const found: Piece[] = [];
  for (const [index, start] of places.slice(0, -1).entries()) {
    const end = places[index + 1] ?? start;
    const around = findings.filter((one) => one.start <= start && one.end >= end);
    const piece = { text: points.slice(start, end).join(""), level: Math.max(0, ...around.map((one) => one.level)) };
    const last = found[found.length - 1];
    if (last && last.level === piece.level) last.text += piece.text;
    else found.push(piece);
  }
  return found;
}

export interface Told {
  meaning: MeaningName;
  level: number;
  /** As they stand in the message; the dictionary's spelling beside those that are spelled otherwise there. */
  words: string[];
}

/** What the words point to, the gravest first; each word once. */
export function explained(text: string, findings: FindingView[]): Told[] {
  const points = [...text];
  const rows: Told[] = [];
  for (const { start, end, word, level, meaning } of findings) {
    const said = points.slice(start, end).join("");
    const told = said === word ? said : `${said} (${word})`;
    const row = rows.find((one) => one.level === level && one.meaning === meaning);
    if (!row) rows.push({ meaning, level, words: [told] });
    else if (!row.words.includes(told)) row.words.push(told);
  }
  return rows.sort((a, b) => b.level - a.level);
}
