import { beforeEach, expect, test } from "vitest";
import { offerNarrowing } from "./narrow";

const PAGE = `<p data-narrow="people" hidden><input type="search">
  <span role="status" data-words="{shown}人(全{all}人)"></span></p>
  <ul id="people">
    <li><input type="checkbox">早川 遥 公認心理師 英語</li>
    <li><input type="checkbox">三浦 澪 ＳＶ 臨床心理士</li>
    <li><input type="checkbox">蓮見 蓮 公認心理師</li>
  </ul>`;

const field = () => document.querySelector<HTMLInputElement>("[type=search]") as HTMLInputElement;
const shown = () =>
  [...document.querySelectorAll("li")].filter((row) => !row.hidden).map((row) => row.textContent?.slice(0, 4));
const type = (words: string) => {
  field().value = words;
  field().dispatchEvent(new Event("input"));
};

beforeEach(() => {
  document.body.innerHTML = PAGE;
  offerNarrowing(document);
});

test("the field appears with the script and narrows to the rows that hold every word", () => {
  expect(document.querySelector("p")?.hidden).toBe(false);
  type("公認心理師 英語");
  expect(shown()).toEqual(["早川 遥"]);
  expect(document.querySelector("[role=status]")?.textContent).toBe("1人(全3人)");
});

test("wide letters and capitals are the same", () => {
  type("sv");
  expect(shown()).toEqual(["三浦 澪"]);
});

test("who is ticked stays in sight", () => {
  document.querySelector<HTMLInputElement>("li:nth-child(3) input")?.click();
  type("三浦");
  expect(shown()).toEqual(["三浦 澪", "蓮見 蓮"]);
});

test("an empty field shows everybody and says nothing", () => {
  type("三浦");
  type("");
  expect(shown()).toHaveLength(3);
  expect(document.querySelector("[role=status]")?.textContent).toBe("");
});

test("Enter does not send the form around it", () => {
  const enter = new KeyboardEvent("keydown", { key: "Enter", cancelable: true });
  expect(field().dispatchEvent(enter)).toBe(false);
});
