import { beforeEach, expect, test, vi } from "vitest";
import { offerCopying } from "./copy";

const PART = `<div data-copy><input value="https://example.jp/line/women-line/webhook">
  <button type="button" data-copy-button data-copied="コピーしました" data-marked="選びました" hidden>
    <span role="status">コピーする</span></button></div>`;

const press = async (writeText: (words: string) => Promise<void>): Promise<string> => {
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  document.querySelector("button")?.click();
  await vi.waitFor(() => expect(document.querySelector("[role=status]")?.textContent).not.toBe("コピーする"));
  return document.querySelector("[role=status]")?.textContent ?? "";
};

beforeEach(() => {
  document.body.innerHTML = PART;
  offerCopying(document);
});

test("the button appears with the script, copies what stands in the field and says so", async () => {
  expect(document.querySelector("button")?.hidden).toBe(false);
  const written: string[] = [];
  expect(await press(async (words) => void written.push(words))).toBe("コピーしました");
  expect(written).toEqual(["https://example.jp/line/women-line/webhook"]);
});

test("where the page may not copy, the words stand marked and the button says what to press", async () => {
  expect(await press(() => Promise.reject(new Error("not allowed")))).toBe("選びました");
});
