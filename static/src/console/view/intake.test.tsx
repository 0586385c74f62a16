import { render } from "preact";
import { beforeEach, expect, it } from "vitest";
import type { IntakeAnswer } from "../../protocol";
import { Intake } from "./intake";

const answer = (more: Partial<IntakeAnswer>): IntakeAnswer => ({
  key: "age",
  label: "年代",
  answers: ["30代"],
  personal: false,
  ...more,
});
const shown = () => document.body.textContent;

beforeEach(() => render(null, document.body));

it("says so when nothing was answered", () => {
  render(<Intake answers={[]} />, document.body);
  expect(shown()).toContain("答えはありません");
});

it("shows each answer beside its question, several joined", () => {
  const topics = answer({ key: "topics", label: "相談したいこと", answers: ["仕事", "お金"] });
  render(<Intake answers={[answer({}), topics]} />, document.body);
  const rows = [...document.querySelectorAll(".answers > div")].map((row) => row.textContent);
  expect(rows).toEqual(["年代30代", "相談したいこと仕事、お金"]);
});

it("marks what tells who somebody is, and keeps the lines of own words", () => {
  render(<Intake answers={[answer({ label: "学校", answers: ["〇〇小\n2年"], personal: true })]} />, document.body);
  expect(document.querySelector("dt")?.textContent).toBe("学校個人情報");
  expect(document.querySelector("dd.text")?.textContent).toBe("〇〇小\n2年");
});

it("draws words as words", () => {
  render(<Intake answers={[answer({ answers: ["<b>x</b>"] })]} />, document.body);
  expect(document.querySelector("b")).toBeNull();
});
