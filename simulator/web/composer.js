// The line to write in, and the tray with everything else a telephone can send.

import { choice, fill, h } from "./dom.js";
import { face, icon } from "./icons.js";
import { STICKERS } from "./stickers.js";
import { upload } from "./wire.js";

const DELIVERIES = [
  ["", "ふつうに届ける", {}],
  ["twice", "同じWebhookを二回", { duplicate: 2 }],
  ["again", "再送つき（isRedelivery）", { redeliver: true }],
  ["held", "次の発言に追い越される", { reorder: true }],
  ["later", "10秒後に届く", { after: 10 }],
  ["forged", "署名を偽る", { forge: true }],
  ["broken", "途中で本文が壊れる", { corrupt: true }],
];

/** The composer: `send(said)` does what was chosen; the words stay until they were taken. */
export class Composer {
  constructor(send) {
    this.send = send;
    this.words = h("textarea", { rows: 1, maxlength: 10000, "aria-label": "メッセージ", placeholder: "メッセージ", oninput: () => this.grow(), onkeydown: (event) => this.key(event) });
    this.more = h("button", { type: "button", "aria-label": "ほかのものを送る", "aria-expanded": "false", onclick: () => this.toggle() }, icon("add"));
    this.go = h("button", { type: "button", class: "strong", "aria-label": "送信", onclick: () => this.submit() }, icon("send"));
    this.delivery = choice(DELIVERIES.map(([value, words]) => [value, words]), "", { "aria-label": "届け方" });
    this.file = h("input", { type: "file", hidden: true, onchange: () => this.chosen() });
    this.tray = h("div", { class: "tray", hidden: true });
    this.element = h("div", {}, this.tray, h("div", { class: "composer" }, this.more, this.words, this.go), this.file);
    this.showTray();
  }

  /** Enter sends, but never while an input method is still converting: keyCode 229 covers Safari's late Enter. */
  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.submit();
  }

  grow() {
    this.words.style.height = "auto";
    this.words.style.height = `${Math.min(this.words.scrollHeight + 2, 128)}px`;
  }

  async submit() {
    const text = this.words.value;
    if (!text.trim() || this.go.disabled) return;
    this.go.disabled = true;
    try {
      if (await this.deliver({ type: "text", text })) {
        if (this.words.value === text) this.words.value = "";
        this.grow();
      }
    } finally {
      this.go.disabled = false;
    }
  }

  deliver(said) {
    const chosen = DELIVERIES.find(([value]) => value === this.delivery.value);
    return this.send({ ...said, delivery: chosen[2] });
  }

  toggle() {
    this.tray.hidden = !this.tray.hidden;
    this.more.setAttribute("aria-expanded", String(!this.tray.hidden));
    this.showTray();
  }

  showTray() {
    const act = (drawing, words, done) => h("button", { type: "button", onclick: done }, icon(drawing), words);
    fill(this.tray,
      act("photo", "見本の写真", () => this.deliver({ type: "image" })),
      act("choose", "写真を選ぶ", () => this.choose("image", "image/*")),
      act("sticker", "スタンプ", () => this.showStickers()),
      act("place", "位置情報", () => this.deliver({ type: "location" })),
      act("sound", "音声", () => this.deliver({ type: "audio" })),
      act("film", "動画", () => this.deliver({ type: "video" })),
      act("file", "ファイル", () => this.choose("file", "")),
      act("group", "グループに招待", () => this.deliver({ type: "join" })),
      h("label", {}, "届け方", this.delivery));
  }

  showStickers() {
    const buttons = STICKERS.map(({ face: name, ...sticker }) =>
      h("button", { type: "button", onclick: () => this.deliver({ type: "sticker", ...sticker }) },
        face(name), sticker.text ?? sticker.keywords[0]));
    fill(this.tray, buttons, h("button", { type: "button", class: "back", onclick: () => this.showTray() }, "もどる"));
  }

  choose(kind, accept) {
    this.kind = kind;
    this.file.accept = accept;
    this.file.value = "";
    this.file.click();
  }

  async chosen() {
    const [file] = this.file.files;
    if (file) await this.deliver({ type: this.kind, ...(await upload(file)) });
  }
}
