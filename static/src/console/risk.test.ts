import { beforeEach, expect, test } from "vitest";
import { answered, askedOf, carriedOver, type RiskAnswers, RiskSheet, suggest } from "./risk";
import { riskForm, riskState } from "./sample";

const GRAVE: RiskAnswers = { ideation: "yes", plan: "yes", means: "yes" };
let sheet: RiskSheet;

beforeEach(() => {
  sheet = new RiskSheet();
  sheet.learn(riskState());
});

test("what depends on an answer is asked after that answer alone", () => {
  const keys = (answers: RiskAnswers) => askedOf(riskForm(), answers).map((one) => one.key);
  expect(keys({})).toEqual(["ideation", "history", "words"]);
  expect(keys({ ideation: "unknown" })).toEqual(["ideation", "plan", "means", "history", "words"]);
  expect(answered(riskForm(), { ideation: "no", plan: "yes", words: " " })).toEqual({ ideation: "no" });
});

test("the first rule that holds suggests the level, and says by which answers", () => {
  const { rules } = riskForm();
  expect(suggest(rules, {})).toBeNull();
  expect(suggest(rules, { words: "もういい" })).toBeNull();
  expect(suggest(rules, { ideation: "no" })).toEqual({ level: 0, because: ["ideation"] });
  expect(suggest(rules, { ideation: "yes" })).toEqual({ level: 1, because: ["ideation"] });
  expect(suggest(rules, GRAVE)).toEqual({ level: 3, because: ["plan", "means"] });
});

test("the level follows the answers until a person chooses one", () => {
  expect(sheet.level).toBeNull();
  for (const [key, answer] of Object.entries(GRAVE)) sheet.answer(key, answer as string);
  expect([sheet.level, sheet.differs]).toEqual([3, false]);
  sheet.choose(4);
  sheet.answer("means", "no");
  expect([sheet.level, sheet.differs]).toEqual([4, true]);
  sheet.choose(2);
  expect([sheet.level, sheet.differs]).toEqual([2, false]);
});

test("what was answered last stands there until somebody answers anew", () => {
  const fresh = new RiskSheet();
  fresh.learn(riskState({ given: { ideation: "yes" } }));
  expect([fresh.answers.value, fresh.fromBefore.value]).toEqual([{ ideation: "yes" }, true]);
  fresh.answer("ideation", "no");
  fresh.learn(riskState({ given: GRAVE as Record<string, string> }));
  expect(fresh.answers.value).toEqual({ ideation: "no" });
});

test("a form that changes while it is filled in keeps every answer that still fits", () => {
  sheet.answer("ideation", "yes");
  sheet.answer("history", "yes");
  sheet.answer("words", "薬がある");
  sheet.write("ひとこと");
  const form = riskForm();
  const questions = form.questions
    .filter((one) => one.key !== "history")
    .map((one) => (one.key === "ideation" ? { ...one, choices: one.choices.slice(1) } : one));
  sheet.learn(riskState({ form: { ...form, version: 4, questions } }));
  expect(sheet.answers.value).toEqual({ words: "薬がある" });
  expect([sheet.formChanged.value, sheet.word.value]).toEqual([true, "ひとこと"]);
  expect(sheet.toSend(2)).toMatchObject({ form: 4, answers: { words: "薬がある" }, level: 2, word: "ひとこと" });
});

test("an answer of another kind is not carried over", () => {
  const one = riskForm().questions[0];
  if (!one) throw new Error("no question");
  const several = { ...riskForm(), questions: [{ ...one, kind: "choices" }] };
  expect(carriedOver(several, { ideation: "yes" })).toEqual({});
  expect(carriedOver(several, { ideation: ["yes", "no"] })).toEqual({ ideation: ["yes", "no"] });
  const yesNo = { ...riskForm(), questions: [{ ...one, kind: "yes_no", choices: [] }] };
  expect(carriedOver(yesNo, { ideation: "unknown" })).toEqual({});
});

test("the same judgement keeps its id however often it is sent; another one has its own", () => {
  sheet.answer("ideation", "yes");
  const first = sheet.toSend(1);
  expect(sheet.toSend(1).client_id).toBe(first.client_id);
  sheet.choose(2);
  const second = sheet.toSend(2);
  expect(second.client_id).not.toBe(first.client_id);
  sheet.write("わけ");
  expect(sheet.toSend(2).client_id).not.toBe(second.client_id);
});

test("after it was kept nothing of it is left", () => {
  sheet.answer("words", "薬がある");
  sheet.choose(4);
  sheet.write("わけ");
  sheet.forget();
  expect([sheet.answers.value, sheet.level, sheet.word.value, sheet.state.value, sheet.begun.value]).toEqual([
    {},
    null,
    "",
    null,
    false,
  ]);
});
