// Words of danger marked where they stand, and what they mean said below them: for eyes, for ears, without colours.
import type { FindingView } from "../../protocol";
import { RiskMark } from "../../staff/view/marks";
import { explained, pieces } from "../findings";
import { t } from "../words";

export function Marked({ text, findings }: { text: string; findings: FindingView[] }) {
  return (
    <>
      {pieces(text, findings).map((piece, index) =>
        piece.level ? (
          <mark key={`${index} ${piece.text}`} class="found-word" data-level={piece.level}>
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </>
  );
}

export function FoundWords({ text, findings }: { text: string; findings: FindingView[] }) {
  if (!findings.length) return null;
  return (
    <ul class="found" aria-label={t.foundWords}>
      {explained(text, findings).map(({ meaning, level, words }) => (
        <li key={`${meaning} ${level}`}>
          <RiskMark level={level} />
          <span>{t.foundAs(t.meanings[meaning] ?? meaning, words)}</span>
        </li>
      ))}
    </ul>
  );
}
