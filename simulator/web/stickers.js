// Our own stickers: a face, and the keywords that LINE would send with it.

export const STICKERS = [
  { face: "thanks", stickerId: "1988", keywords: ["ありがとう", "感謝"] },
  { face: "sad", stickerId: "2001", keywords: ["つらい", "泣く", "悲しい"] },
  { face: "worried", stickerId: "2002", keywords: ["不安", "心配"] },
  { face: "glad", stickerId: "2003", keywords: ["うれしい", "ほっとした"] },
  { face: "sorry", stickerId: "2004", keywords: ["ごめんなさい", "すみません"] },
  { face: "agreed", stickerId: "2005", keywords: ["わかりました", "OK"] },
  { face: "night", stickerId: "2006", keywords: ["おやすみ", "眠れない"] },
  { face: "help", stickerId: "2007", keywords: [], text: "助けて", stickerResourceType: "MESSAGE" },
];

const FACES = new Map(STICKERS.map((sticker) => [sticker.stickerId, sticker.face]));

/** The face of a sticker, whoever sent it. */
export const faceOf = (stickerId) => FACES.get(stickerId) ?? "glad";
