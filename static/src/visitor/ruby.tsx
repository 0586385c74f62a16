// Words of the house with their readings (ふりがな) above them.
import { pieces } from "../lib/ruby";

export function Ruby({ text }: { text: string }) {
  return (
    <>
      {pieces(text).map(({ words, reading }, place) =>
        reading ? (
          <ruby key={place}>
            {words}
            <rp>(</rp>
            <rt>{reading}</rt>
            <rp>)</rp>
          </ruby>
        ) : (
          words
        ),
      )}
    </>
  );
}
