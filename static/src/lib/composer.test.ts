import { expect, test } from "vitest";
import { ImeGuard, isBlank, isSendKey, partsOf, utf16Length } from "./composer";

const key = (more: Partial<KeyboardEvent> = {}) =>
  ({
    key: "Enter",
    isComposing: false,
    keyCode: 13,
    timeStamp: 1000,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...more,
  }) as KeyboardEvent;

test("an emoji of a family counts as the units LINE counts", () => {
  expect(utf16Length("👨‍👩‍👧‍👦")).toBe(11);
  expect(utf16Length("𠮷")).toBe(2);
});

test("Enter during composition belongs to the input method", () => {
  const guard = new ImeGuard();
  guard.start();
  expect(guard.swallows(key())).toBe(true);
  expect(new ImeGuard().swallows(key({ isComposing: true }))).toBe(true);
  expect(new ImeGuard().swallows(key({ keyCode: 229 }))).toBe(true);
});

test("the Enter that ended the composition is not taken for another one", () => {
  const guard = new ImeGuard();
  guard.start();
  guard.end({ timeStamp: 990 });
  expect(guard.swallows(key({ timeStamp: 1000 }))).toBe(true);
  expect(guard.swallows(key({ timeStamp: 1200 }))).toBe(false);
  expect(guard.swallows(key({ key: "a", timeStamp: 1000 }))).toBe(false);
});

test("Ctrl or ⌘ with Enter sends, Enter alone only for those who chose it", () => {
  expect(isSendKey(key({ ctrlKey: true }), false)).toBe(true);
  expect(isSendKey(key({ metaKey: true }), false)).toBe(true);
  expect(isSendKey(key(), false)).toBe(false);
  expect(isSendKey(key(), true)).toBe(true);
  expect(isSendKey(key({ shiftKey: true }), true)).toBe(false);
  expect(isSendKey(key({ key: "a", ctrlKey: true }), true)).toBe(false);
});

test("spaces of any script are nothing to send, a zero is", () => {
  expect(isBlank(" \u3000\n")).toBe(true);
  expect(isBlank("0")).toBe(false);
});

test("five thousand units are one part, one more makes two", () => {
  expect([partsOf(0), partsOf(5000), partsOf(5001), partsOf(20_000)]).toEqual([1, 1, 2, 4]);
});
