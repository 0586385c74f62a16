// A character to play on a telephone: their lines at hand, in the order in which they come out. A person decides when.

import { choice, fill, h } from "./dom.js";

// Ways of speaking in the files, as whoever plays a character is told of them.
const WHEN = {
  empathy: "気持ちを受けとめられたら", question: "たずねられたら", dying: "死にたい気持ちをたずねられたら", advice: "話したあとで助言されたら",
  early_advice: "話す前に助言されたら", blame: "決めつけられたり励まされたりしたら", crowd: "一度にたくさんたずねられたら",
  early_parting: "話す前に終わりにされたら", plain: "短い返事だけなら", silence: "返事が来ないままなら", parting: "終わりのことばを聞いたら",
};
const ENDS = { thanks: "お礼を言って終わる", leaves: "心を閉じて去る", silence: "待ちきれずに去る" };

export class Script {
  /** `say(text)` writes a line on the telephone; true when it was sent. */
  constructor(characters, say) {
    Object.assign(this, { characters, say });
    const names = characters.map(({ key, name }) => [key, name]);
    this.who = choice([["", "自分のことばで話す"], ...names], "", { "aria-label": "登場人物を演じる", onchange: () => this.draw() });
    this.lines = h("div", { class: "script-lines", tabindex: "0", role: "group", "aria-label": "台詞", hidden: true });
    this.element = h("div", { class: "script", hidden: !characters.length }, this.who, this.lines);
  }

  draw() {
    const played = this.characters.find(({ key }) => key === this.who.value);
    this.lines.hidden = !played;
    if (!played) return;
    fill(this.lines,
      h("p", { class: "script-about" }, played.about),
      this.group("はじめに", [played.opening]),
      this.group("話すこと（上から順に、打ち解けるほど下へ）", played.story.map(({ says, on }) => (on ? [`（${on.map((way) => WHEN[way]).join("、")}）`, ...says] : says))),
      Object.entries(played.answers).map(([way, ways]) => this.group(WHEN[way] ?? way, ways)),
      Object.entries(played.endings).map(([end, says]) => this.group(ENDS[end] ?? end, [says])));
  }

  /** Some lines that belong together; a hint in brackets is no line. Silence is an answer, too. */
  group(title, ways) {
    const rows = ways.flatMap((lines) => (lines.length ? lines : [null]));
    return h("section", {}, h("h2", {}, title), rows.map((line) => this.row(line)));
  }

  row(line) {
    if (line === null) return h("p", { class: "script-hint" }, "（黙っている）");
    if (line.startsWith("（")) return h("p", { class: "script-hint" }, line);
    return h("button", { type: "button", onclick: (event) => this.speak(event.currentTarget, line) }, line);
  }

  async speak(button, line) {
    button.disabled = true;
    const sent = await this.say(line);
    button.disabled = false;
    button.classList.toggle("spoken", sent);
    if (sent) button.setAttribute("aria-description", "もう言いました");
  }
}
