// Draws one message as it looks on the telephone.

import { h, timeOf } from "./dom.js";
import { face, icon } from "./icons.js";
import { faceOf } from "./stickers.js";

const ADDRESS = /https?:\/\/[^\s<>「」（）]+/g;

/** Text with its addresses as links. */
function linked(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    parts.push(text.slice(end, match.index), h("a", { href: match[0], target: "_blank", rel: "noopener noreferrer" }, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

const titled = (drawing, words) => h("span", { class: "title" }, icon(drawing), words);
const bubble = (...children) => h("div", { class: "bubble" }, ...children);
const bare = (...children) => h("div", { class: "bubble bare" }, ...children);
const source = (entry) => `/simulator/content/${entry.message_id}`;

function sticker({ message }) {
  const words = message.text || message.keywords?.[0] || "スタンプ";
  return bare(
    h("div", { class: "sticker", role: "img", "aria-label": `スタンプ：${words}` },
      face(faceOf(message.stickerId)),
      h("span", { class: "words", "aria-hidden": "true" }, words)),
  );
}

function picture(entry) {
  const ours = entry.by === "person";
  const address = ours ? source(entry) : entry.message.originalContentUrl;
  return ours
    ? bare(h("img", { src: address, alt: "送った写真", loading: "lazy" }))
    : bubble(titled("photo", "画像"), linked(address));
}

function film(entry) {
  return entry.by === "person"
    ? bare(h("video", { src: source(entry), controls: true, preload: "none", "aria-label": "送った動画" }))
    : bubble(titled("film", "動画"), linked(entry.message.originalContentUrl));
}

function sound(entry) {
  return entry.by === "person"
    ? bare(h("audio", { src: source(entry), controls: true, preload: "none", "aria-label": "送った音声" }))
    : bubble(titled("sound", "音声"), linked(entry.message.originalContentUrl));
}

function place({ message }) {
  return bubble(titled("place", message.title ?? "位置情報"), message.address ?? "");
}

function letter(entry) {
  return bubble(titled("file", entry.message.fileName), `${entry.message.fileSize.toLocaleString("ja-JP")} バイト`);
}

function template({ message }, act) {
  const form = message.template;
  const choices = (form.actions ?? []).map((action) => h("button", { type: "button", onclick: () => act(action) }, action.label));
  return bubble(form.title ? h("span", { class: "title" }, form.title) : null, form.text ?? message.altText, h("div", { class: "choices" }, choices));
}

const DRAW = {
  text: ({ message }) => bubble(linked(message.text)),
  textV2: ({ message }) => bubble(linked(message.text)),
  sticker,
  image: picture,
  video: film,
  audio: sound,
  file: letter,
  location: place,
  template,
  flex: ({ message }) => bubble(titled("card", "カード"), message.altText),
  postback: ({ message }) => bubble(message.text),
};

function content(entry, act) {
  if (entry.unsent) return h("div", { class: "bubble unsent" }, "送信を取り消しました");
  const draw = DRAW[entry.message.type];
  return draw ? draw(entry, act) : bubble(`（${entry.message.type}）`);
}

/** One line of the talk. `act(action)` follows a button; `unsend(entry)` takes the message back. */
export function drawEntry(entry, { act, unsend }) {
  // On LINE a tap without words of its own leaves nothing in the talk; here one sees that it was taken.
  if (entry.message.type === "postback" && !entry.message.text) {
    return h("p", { class: "event", "data-id": entry.message_id }, `ボタンを押しました（${entry.message.data}）。本物のLINEでは、何も残りません。`);
  }
  const own = entry.by === "person";
  const takeBack = own && !entry.unsent && entry.message.type !== "postback"
    ? h("button", { type: "button", onclick: () => unsend(entry) }, "送信取消")
    : null;
  return h("article", { class: `said ${entry.by}`, "data-id": entry.message_id, "aria-label": own ? "相談者" : "窓口" },
    content(entry, act),
    h("span", { class: "mark" }, takeBack, own && entry.read ? h("span", {}, "既読") : null, h("time", {}, timeOf(entry.at))));
}
