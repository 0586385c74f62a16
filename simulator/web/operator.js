// The operator's panel: planned faults, outage, latency, quota, the log of webhooks, and what the ledger found.

import { choice, exactTimeOf, fill, h, watcher } from "./dom.js";
import { drop, post, put } from "./wire.js";

const PATHS = [["", "すべてのAPI"], ["push", "push"], ["reply", "reply"], ["content", "画像などの取得"], ["loading", "入力中の表示"], ["quota", "通数の確認"], ["profile", "プロフィール"], ["bot/info", "アカウントの確認"], ["webhook", "Webhook URLの確認"], ["richmenu", "リッチメニュー"]];
const FAULTS = [
  ["500-before-accept", "500（受理する前）"], ["500-after-accept", "500（受理した後）"], ["503", "503"],
  ["timeout-before-accept", "応答なし（受理する前）"], ["timeout-after-accept", "応答なし（受理した後）"],
  ["rst-before-accept", "切断（受理する前）"], ["rst-after-accept", "切断（受理した後）"],
  ["409", "409（受理済みのキー）"], ["429-rate", "429（送りすぎ）"], ["429-quota", "429（月の上限）"],
  ["401-until-refresh", "401（トークン失効）"], ["400", "400"], ["403", "403"],
  ["slow:3", "3秒遅い"], ["slow:9", "9秒遅い"], ["truncated-json", "途中で切れたJSON"], ["ok", "正常"],
];
const MODES = [["rst", "切断"], ["503", "503を返す"], ["hang", "応答しない"]];
const CHAT_MODES = [["bot", "チャット：オフ"], ["chat", "チャット：オン"]];
const KINDS = {
  "double-delivery": "同じメッセージが二度届いた", misdelivery: "別の人に届いた", "same-key-other-body": "同じリトライキーで違う内容",
  "retry-key-on-reply": "応答メッセージにリトライキー", "same-words-twice": "同じ文面が一分以内に二度", "push-without-retry-key": "リトライキーのないpush",
  "retried-after-refusal": "拒否された送信のくり返し",
};

const button = (words, onclick, attributes = {}) => h("button", { type: "button", onclick, ...attributes }, words);
const section = (title, hint, ...children) => h("section", {}, h("h3", {}, title), hint ? h("p", { class: "hint" }, hint) : null, ...children);
const wordsFor = (table, value) => table.find(([known]) => known === value)?.[1] ?? value;

export class Operator {
  /** `refresh()` fetches the state anew after a change. */
  constructor(element, state, refresh) {
    Object.assign(this, { element, state, refresh, row: [], plansDiffer: watcher(), switchesDiffer: watcher(), quotasDiffer: watcher(), foundDiffers: watcher() });
    this.said = h("p", { class: "hint bad", role: "alert" });
    this.path = choice(PATHS, "push", { "aria-label": "どのAPI" });
    this.person = h("select", { "aria-label": "だれ宛て" });
    this.fault = choice(FAULTS, "500-after-accept", { "aria-label": "どの障害" });
    this.times = h("input", { type: "number", min: 1, max: 1000, value: 1, "aria-label": "何回くり返すか" });
    this.planned = h("div");
    this.plans = h("ul", { class: "list" });
    this.switches = h("section");
    this.quotas = h("section");
    this.log = h("ul", { class: "list log", tabindex: "0", "aria-label": "Webhookの記録" });
    this.found = h("section");
    this.build();
  }

  build() {
    fill(this.element, h("h2", {}, "操作盤"), this.said, this.found,
      section("障害の予約", "これからの呼び出しを、並べた順に失敗させます。",
        h("div", { class: "row" }, this.path, this.person),
        h("div", { class: "row" }, this.fault, button("並べる", () => this.line())),
        this.planned,
        h("div", { class: "row" }, h("label", {}, "くり返し", this.times, "回"), button("予約する", () => this.plan(), { class: "strong" })),
        this.plans),
      this.switches, this.quotas,
      section("時計を進める", "応答トークン（約1分）やリトライキー（24時間）の期限を試せます。",
        h("div", { class: "row" }, [["1分", 60], ["23時間", 82800], ["24時間", 86400]].map(([words, seconds]) => button(`＋${words}`, () => this.do(put("/simulator/clock", { advance: seconds })))))),
      section("Webhookの記録", "文面は記録しません。", this.log),
      section("はじめから", "台帳・障害・友だち関係を消します。チャネルと人は残ります。",
        h("div", { class: "row" }, button("すべて初期化", (event) => this.reset(event.currentTarget)))));
  }

  async do(work) {
    this.said.textContent = "";
    try {
      await work;
    } catch (reason) {
      this.said.textContent = reason.message;
    }
    await this.refresh();
  }

  line() {
    this.row.push(this.fault.value);
    this.drawRow();
  }

  drawRow() {
    fill(this.planned, this.row.map((fault) => h("span", { class: "chip" }, wordsFor(FAULTS, fault))));
  }

  plan() {
    const faults = this.row.length ? this.row : [this.fault.value];
    this.row = [];
    this.drawRow();
    const match = { path: this.path.value, user: this.person.value };
    return this.do(post("/simulator/faults", { match, faults, repeat: Number(this.times.value) || 1 }));
  }

  /** A second press within four seconds does it. */
  reset(pressed) {
    if (pressed.dataset.sure) return this.do(post("/simulator/reset", {})).then(() => this.calm(pressed));
    pressed.dataset.sure = "yes";
    pressed.textContent = "もう一度押すと初期化します";
    setTimeout(() => this.calm(pressed), 4000);
  }

  calm(pressed) {
    delete pressed.dataset.sure;
    pressed.textContent = "すべて初期化";
  }

  draw() {
    const { people, faults, settings, channels, defects, suspects } = this.state;
    if (this.plansDiffer([people, faults])) this.drawPlans();
    if (this.switchesDiffer(settings)) this.drawSwitches();
    if (this.quotasDiffer(channels)) this.drawQuotas();
    if (this.foundDiffers([defects, suspects])) this.drawFound();
    fill(this.log, this.state.webhooks.toReversed().map((attempt) => this.webhook(attempt)));
  }

  drawPlans() {
    const people = [["", "だれでも"], ...this.state.people.map(({ id, name }) => [id, name])];
    const chosen = this.person.value;
    fill(this.person, people.map(([value, words]) => h("option", { value, selected: value === chosen }, words)));
    fill(this.plans, this.state.faults.map((plan) => h("li", {},
      h("span", {}, `${wordsFor(PATHS, plan.match.path ?? "")}・${wordsFor(people, plan.match.user ?? "")}：次は${wordsFor(FAULTS, plan.next)}（残り${plan.left < 0 ? "ずっと" : `${plan.left}回`}）`),
      button("取り消す", () => this.do(drop(`/simulator/faults?id=${plan.id}`))))));
  }

  drawSwitches() {
    const { outage, latency_ms: latency, redelivery } = this.state.settings;
    const mode = choice(MODES, outage.mode, { "aria-label": "停止のしかた", onchange: () => outage.on && set(true) });
    const set = (on) => this.do(put("/simulator/outage", { on, mode: mode.value }));
    const words = h("output", {}, `${latency}ミリ秒`);
    fill(this.switches, h("h3", {}, "LINEの調子"),
      h("div", { class: "row" }, h("label", {}, h("input", { type: "checkbox", checked: outage.on, onchange: (event) => set(event.target.checked) }), "APIを停止する"), mode),
      h("label", {}, "遅延", h("input", { type: "range", min: 0, max: 3000, step: 50, value: latency, oninput: (event) => { words.textContent = `${event.target.value}ミリ秒`; }, onchange: (event) => this.do(put("/simulator/latency", { ms: Number(event.target.value) })) }), words),
      h("label", {}, h("input", { type: "checkbox", checked: redelivery.on, onchange: (event) => this.do(put("/simulator/redelivery", { on: event.target.checked })) }), "失敗したWebhookを再送する"));
  }

  drawQuotas() {
    fill(this.quotas, h("h3", {}, "公式アカウントと今月の通数"), this.state.channels.map((channel) => {
      const limit = h("input", { type: "number", min: 0, value: channel.quota ?? "", placeholder: "上限なし", "aria-label": `${channel.name}の上限`, onchange: (event) => this.do(put(`/simulator/channels/${channel.channel_id}`, { quota: event.target.value === "" ? null : Number(event.target.value) })) });
      const share = channel.quota === null ? null : h("meter", { min: 0, max: Math.max(1, channel.quota), high: channel.quota * 0.8, value: channel.used, "aria-label": `${channel.name}の通数` });
      const revoked = channel.token_revoked ? button("トークンを有効にもどす", () => this.do(put(`/simulator/channels/${channel.channel_id}`, { refresh: true }))) : null;
      const mode = choice(CHAT_MODES, channel.chat_mode, { "aria-label": `${channel.name}のチャット`, onchange: (event) => this.do(put(`/simulator/channels/${channel.channel_id}`, { chat_mode: event.target.value })) });
      const uses = h("label", {}, h("input", { type: "checkbox", checked: channel.webhook_active, onchange: (event) => this.do(put(`/simulator/channels/${channel.channel_id}`, { webhook_active: event.target.checked })) }), "Webhookの利用");
      return h("div", {}, h("div", { class: "row" }, h("span", {}, `${channel.name}：${channel.used}通`), limit), share, h("div", { class: "row" }, mode, uses), revoked);
    }), this.state.channels.length ? null : h("p", { class: "hint" }, "チャネルがまだありません。窓口の初期データを入れると、ここに現れます。"));
  }

  drawFound() {
    const { defects, suspects } = this.state;
    const line = (one, mark) => h("li", {}, h("span", { class: mark }, KINDS[one.kind] ?? one.kind), h("time", {}, exactTimeOf(one.at)));
    fill(this.found, h("h3", {}, "台帳が見つけたこと"),
      defects.length ? h("ul", { class: "list" }, defects.map((one) => line(one, "bad"))) : h("p", { class: "all-well" }, "✓ 二重送信・誤送信はありません"),
      suspects.length ? h("details", {}, h("summary", {}, `確かめたいこと ${suspects.length}件`), h("ul", { class: "list" }, suspects.map((one) => line(one, "")))) : null);
  }

  webhook(attempt) {
    const marks = [[attempt.redelivery, "再送"], [attempt.forged, "偽署名"], [attempt.corrupted, "破損"]].filter(([on]) => on).map(([, words]) => h("span", { class: "chip" }, words));
    const kinds = attempt.events.map(({ type }) => type).join("・") || "（空）";
    return h("li", {}, h("span", {}, h("time", {}, exactTimeOf(attempt.at)), ` ${kinds} `, marks),
      h("span", { class: `status ${attempt.error ? "bad" : "good"}` }, attempt.status ?? attempt.error, ` ${Math.round(attempt.ms)}ms`));
  }
}
