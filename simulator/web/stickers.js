// Our own stickers: a picture character, and the keywords that LINE would send with it.

export const STICKERS = [
  { glyph: "🙏", stickerId: "1988", keywords: ["ありがとう", "感謝"] },
  { glyph: "😢", stickerId: "2001", keywords: ["つらい", "泣く", "悲しい"] },
  { glyph: "😟", stickerId: "2002", keywords: ["不安", "心配"] },
  { glyph: "😊", stickerId: "2003", keywords: ["うれしい", "ほっとした"] },
  { glyph: "🙇", stickerId: "2004", keywords: ["ごめんなさい", "すみません"] },
  { glyph: "👌", stickerId: "2005", keywords: ["わかりました", "OK"] },
  { glyph: "🌙", stickerId: "2006", keywords: ["おやすみ", "眠れない"] },
  { glyph: "💬", stickerId: "2007", keywords: [], text: "助けて", stickerResourceType: "MESSAGE" },
];

const GLYPHS = new Map(STICKERS.map((sticker) => [sticker.stickerId, sticker.glyph]));

/** The picture for a sticker, whoever sent it. */
export const glyphOf = (stickerId) => GLYPHS.get(stickerId) ?? "🎴";
