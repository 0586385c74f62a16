import { expect, test } from "vitest";
import type { CannedReply } from "../interfaces";
import { narrowed } from "./canned";

const reply = (id: number, shortcut: string, title: string, body = ""): CannedReply => ({
  id,
  shortcut,
  title,
  body,
  mine: false,
});
const all = [
  reply(1, "anzen", "安全の確認", "いま、ＤＶ相談へ"),
  reply(2, "hajime", "はじめのあいさつ"),
  reply(3, "owari", "終わり", "anzen"),
];

test("every word of the wish must be found, whatever its width", () => {
  expect(narrowed(all, "dv").map((one) => one.id)).toEqual([1]);
  expect(narrowed(all, "安全　dv").map((one) => one.id)).toEqual([1]);
  expect(narrowed(all, "安全 あいさつ")).toEqual([]);
});

test("a shortcut that begins with the wish comes first", () => {
  expect(narrowed([all[2] as CannedReply, all[0] as CannedReply], "anzen").map((one) => one.id)).toEqual([1, 3]);
});

test("kana of either kind find one another, in a shortcut and in the words", () => {
  const kana = [reply(4, "おわり", "サヨウナラ"), reply(5, "ｱﾝｾﾞﾝ", "安全")];
  expect(narrowed(kana, "オワリ").map((one) => one.id)).toEqual([4]);
  expect(narrowed(kana, "さようなら").map((one) => one.id)).toEqual([4]);
  expect(narrowed(kana, "あんぜん").map((one) => one.id)).toEqual([5]);
});

test("a whole shortcut comes before a longer one, and one's own before the program's", () => {
  const twins = [reply(6, "ok", "はい"), reply(7, "oka", "おかえり"), { ...reply(8, "ok", "うん"), mine: true }];
  expect(narrowed(twins.reverse(), "ok").map((one) => one.id)).toEqual([8, 6, 7]);
});

test("without a wish all are there in their order", () => {
  expect(narrowed(all, " ").map((one) => one.id)).toEqual([1, 2, 3]);
});
