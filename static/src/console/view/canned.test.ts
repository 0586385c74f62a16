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

test("without a wish all are there in their order", () => {
  expect(narrowed(all, " ").map((one) => one.id)).toEqual([1, 2, 3]);
});
