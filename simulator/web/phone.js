// One telephone: a person, an account, and the talk between them.

import { drawEntry } from "./bubbles.js";
import { Composer } from "./composer.js";
import { choice, dayOf, fill, h, watcher } from "./dom.js";
import { Script } from "./script.js";
import { get, say } from "./wire.js";

const NEAR_THE_END = 80;
const TIES = { friend: ["ブロックする", "unfollow"], blocked: ["ブロックを解除", "follow"] };
const CAUSES = { could_not_connect: "つながりません", request_timeout: "2秒以内に応答がありません", error_status_code: "エラー応答", webhook_inactive: "Webhookが切られています" };

export class Phone {
  /** `state` is the page's shared state; `moved()` is called when person or account change, `away(phone)` to put it away. */
  constructor(state, user, channel, { moved, away }) {
    Object.assign(this, { state, user, channel, moved, entries: [], turn: 0, isFetching: false, headDiffers: watcher() });
    this.head = h("header", { class: "phone-head" });
    this.talk = h("div", { class: "talk", role: "log", "aria-live": "polite", "aria-label": "トーク", tabindex: "0" });
    this.quick = h("div", { class: "quick", role: "group", "aria-label": "クイックリプライ", hidden: true });
    this.menu = h("div", { class: "menu", hidden: true });
    this.note = h("p", { class: "note", role: "status" });
    this.composer = new Composer((said) => this.send(said));
    this.script = new Script(state.characters, (text) => this.composer.deliver({ type: "text", text }));
    this.dots = h("div", { class: "said account" }, h("span", { class: "bubble dots", role: "img", "aria-label": "相手が入力しています" }, h("i"), h("i"), h("i")));
    this.element = h("section", { class: "phone" }, this.head, this.talk, this.quick, this.menu, this.script.element, this.composer.element, this.note);
    this.remove = () => away(this);
    this.atEnd = true;
    this.scrollTop = 0;
    this.talk.addEventListener("scroll", () => this.scrolled());
    this.talk.addEventListener("load", () => this.keepEnd(), { capture: true });
    new ResizeObserver(() => this.keepEnd()).observe(this.talk);
  }

  get person() {
    return this.state.people.find((person) => person.id === this.user);
  }

  /** Fetch the whole talk and draw everything anew. Only the latest fetch counts: an earlier answer may lack what was said since. */
  async load() {
    this.drawHead();
    const turn = ++this.turn;
    this.isFetching = true;
    const entries = this.channel ? await get(`/simulator/people/${this.user}/talk?channel=${encodeURIComponent(this.channel)}`) : [];
    if (turn !== this.turn) return;
    this.isFetching = false;
    this.entries = entries;
    this.draw();
    await this.drawMenu();
  }

  drawHead() {
    const person = this.person;
    if (!person) return;
    const names = this.state.channels.map(({ channel_id, name }) => [channel_id, name]);
    if (!this.headDiffers([this.user, this.channel, person, this.state.people.length, names])) return;
    const people = this.state.people.map(({ id, name }) => [id, name]);
    const [words, kind] = TIES[person.ties[this.channel]] ?? ["友だち追加", "follow"];
    this.element.setAttribute("aria-label", `${person.name}さんの電話`);
    fill(this.head,
      h("span", { class: "face", "aria-hidden": "true" }, [...person.name][0]),
      choice(people, this.user, { class: "person", "aria-label": "電話の持ち主", onchange: (event) => this.become(event.target.value, this.channel) }),
      h("button", { type: "button", class: "away", "aria-label": "この電話を片づける", onclick: this.remove }, "✕"),
      choice(names, this.channel, { class: "account", "aria-label": "相手の公式アカウント", onchange: (event) => this.become(this.user, event.target.value) }),
      h("button", { type: "button", class: "tie", disabled: !this.channel, onclick: () => this.send({ type: kind }) }, words));
  }

  become(user, channel) {
    Object.assign(this, { user, channel });
    this.note.textContent = "";
    this.moved();
    return this.load();
  }

  draw() {
    const lines = [];
    let day = "";
    for (const entry of this.entries) {
      if (dayOf(entry.at) !== day) lines.push(h("p", { class: "day" }, (day = dayOf(entry.at))));
      lines.push(this.line(entry));
    }
    fill(this.talk, lines.length ? lines : h("p", { class: "event" }, this.channel ? "まだ何も話していません。" : "チャネルがまだありません。"));
    this.atEnd = true;
    this.keepEnd();
    this.drawQuick();
  }

  /** Only a reader who scrolls up leaves the end; a talk that grew has not been scrolled. */
  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.talk;
    if (scrollHeight - scrollTop - clientHeight < NEAR_THE_END) this.atEnd = true;
    else if (scrollTop < this.scrollTop) this.atEnd = false;
    this.scrollTop = scrollTop;
  }

  /** Pictures that arrive and buttons that appear do not push the last words out of sight. */
  keepEnd() {
    if (this.atEnd) this.talk.scrollTop = this.talk.scrollHeight;
  }

  line(entry) {
    return drawEntry(entry, { act: (action) => this.follow(action), unsend: ({ message_id }) => this.send({ type: "unsend", message_id }) });
  }

  /** A new message: added at the end; the talk scrolls only if its reader is at the end, or wrote it. */
  add(entry) {
    if (this.isFetching) return void this.load();
    if (this.entries.some((known) => known.message_id === entry.message_id)) return;
    const { talk } = this;
    const last = this.entries.at(-1);
    this.entries.push(entry);
    if (!last) return this.draw();
    if (entry.by === "account") this.dots.remove();
    if (dayOf(last.at) !== dayOf(entry.at)) talk.append(h("p", { class: "day" }, dayOf(entry.at)));
    talk.append(this.line(entry));
    if (this.dots.isConnected) talk.append(this.dots);
    this.atEnd ||= entry.by === "person";
    this.keepEnd();
    this.drawQuick();
  }

  /** A message changed: taken back, or read. */
  change(entry) {
    if (this.isFetching) return void this.load();
    const at = this.entries.findIndex((known) => known.message_id === entry.message_id);
    if (at < 0) return;
    this.entries[at] = entry;
    this.talk.querySelector(`[data-id="${CSS.escape(entry.message_id)}"]`)?.replaceWith(this.line(entry));
  }

  /** The dots that say somebody is writing. */
  loading(seconds) {
    clearTimeout(this.waiting);
    this.talk.append(this.dots);
    this.keepEnd();
    this.waiting = setTimeout(() => this.dots.remove(), seconds * 1000);
  }

  /** How the portal answered this person's webhook. */
  answered(attempt) {
    this.note.classList.toggle("bad", attempt.error !== null);
    const again = attempt.redelivery ? "（再送）" : "";
    this.note.textContent = attempt.error
      ? `Webhook${again} ${attempt.status ?? ""} ${CAUSES[attempt.error] ?? attempt.error}`
      : `Webhook${again} ${attempt.status}・${Math.round(attempt.ms)}ミリ秒`;
  }

  drawQuick() {
    const last = this.entries.at(-1);
    const items = last?.by === "account" ? (last.message.quickReply?.items ?? []) : [];
    this.quick.hidden = items.length === 0;
    fill(this.quick, items.map(({ action }) => h("button", { type: "button", onclick: () => this.follow(action) }, action.label)));
  }

  async drawMenu() {
    const query = new URLSearchParams({ channel: this.channel ?? "", user: this.user });
    const menu = await get(`/simulator/menu?${query}`);
    this.menu.hidden = !menu.richMenuId;
    if (!menu.richMenuId) return;
    const part = (length, whole) => `${(length / whole) * 100}%`;
    const { width, height } = menu.size;
    fill(this.menu,
      h("img", { src: `/simulator/menu/${menu.richMenuId}/picture?${query}`, alt: menu.name }),
      menu.areas.map(({ bounds, action }) => h("button", {
        type: "button", "aria-label": action.label ?? action.text ?? action.displayText ?? "メニュー", onclick: () => this.follow(action),
        style: { left: part(bounds.x, width), top: part(bounds.y, height), width: part(bounds.width, width), height: part(bounds.height, height) },
      })));
  }

  /** What a tapped button does. */
  follow(action) {
    if (action.type === "message") return this.send({ type: "text", text: action.text });
    if (action.type === "uri") return open(action.uri, "_blank", "noopener,noreferrer");
    if (action.type === "location") return this.send({ type: "location" });
    if (action.type === "camera" || action.type === "cameraRoll") return this.composer.choose("image", "image/*");
    const params = action.type === "datetimepicker" ? { [action.mode]: action.initial ?? new Date().toISOString().slice(0, 10) } : undefined;
    return this.send({ type: "postback", data: action.data, displayText: action.displayText, params });
  }

  /** Do it; says so when it cannot be done. True when it was done. */
  async send(said) {
    try {
      await say(this.user, { channel: this.channel, ...said });
      return true;
    } catch (reason) {
      this.note.classList.add("bad");
      this.note.textContent = `送れませんでした：${reason.message}`;
      return false;
    }
  }
}
