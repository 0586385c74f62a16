import { beforeEach, expect, it } from "vitest";
import { followConditions } from "./conditions";

const PAGE = `<form>
  <div id="field-who"><input type="radio" name="who" value="self" /><input type="radio" name="who" value="child" /></div>
  <div id="field-topics"><input type="checkbox" name="topics" value="a" /><input type="checkbox" name="topics" value="b" /></div>
  <div id="field-school" data-after="who" data-values="child other">
    <p class="question-condition">子どもの方だけ</p>
    <select name="school"><option value=""></option><option value="yes"></option></select>
  </div>
  <div id="field-name" data-after="school" data-values="yes"><input name="name" /></div>
  <div id="field-more" data-after="topics" data-values="b"></div>
</form>`;

const field = (name: string) => document.querySelector<HTMLElement>(`#field-${name}`);
const control = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector) as E;

function choose(selector: string, chosen = true): void {
  const input = control<HTMLInputElement>(selector);
  input.checked = chosen;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function select(value: string): void {
  const list = control<HTMLSelectElement>("select");
  list.value = value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

beforeEach(() => {
  document.body.innerHTML = PAGE;
  followConditions(control<HTMLFormElement>("form"));
});

it("hides what is not asked, and the notes that explain it", () => {
  expect([field("who"), field("school"), field("more")].map((one) => one?.hidden)).toEqual([false, true, true]);
  expect(control<HTMLElement>(".question-condition").hidden).toBe(true);
});

it("shows a question after the answers it waits for", () => {
  choose('[value="child"]');
  expect(field("school")?.hidden).toBe(false);
  choose('[value="self"]');
  expect(field("school")?.hidden).toBe(true);
});

it("is satisfied by one of several", () => {
  choose('[value="a"]');
  expect(field("more")?.hidden).toBe(true);
  choose('[value="b"]');
  expect(field("more")?.hidden).toBe(false);
});

it("asks nothing after a question that is not asked itself, and keeps what was typed", () => {
  choose('[value="child"]');
  select("yes");
  expect(field("name")?.hidden).toBe(false);
  control<HTMLInputElement>('[name="name"]').value = "〇〇小学校";
  choose('[value="self"]');
  expect(field("name")?.hidden).toBe(true);
  choose('[value="child"]');
  expect(field("name")?.hidden).toBe(false);
  expect(control<HTMLInputElement>('[name="name"]').value).toBe("〇〇小学校");
});
