import { beforeEach, expect, test, vi } from "vitest";
import type { Answer, Failure } from "../lib/http";
import { Book, type Refusal } from "./book";
import type { RosterChange } from "./interfaces";
import { api } from "./network";
import { changed, MONDAY, roster, shift, view } from "./sample";

let refusals: Refusal[];
let book: Book;
const answer = (value: RosterChange, status = 200): Answer<RosterChange> => ({ ok: true, status, value });
const refused = (more: Partial<Failure>): Failure => ({
  ok: false,
  status: 409,
  code: "double_booked",
  message: "重なっています。",
  fields: {},
  retryable: false,
  ...more,
});

/** A server that gives every new shift the next id. */
function serve(): void {
  let id = 10;
  vi.spyOn(api, "make").mockImplementation(async (_program, _view, shifts) =>
    answer(changed(shifts.map((one) => ({ ...one, key: id++ })))),
  );
  vi.spyOn(api, "remove").mockImplementation(async (gone) => answer(changed([], [gone])));
  vi.spyOn(api, "change").mockImplementation(async (changedId, _view, to) =>
    answer(changed([{ ...to, key: changedId }])),
  );
}

beforeEach(() => {
  refusals = [];
  book = new Book({
    program: 1,
    view: () => ({ from: MONDAY, days: 7 }),
    follows: () => undefined,
    refused: (more) => refusals.push(...more),
  });
  serve();
});

const make = (day = 0) => ({ before: null, after: shift(book.newKey(), 1, day) });
const keys = () => [...book.shifts.value.keys()];

test("a shift is seen at once, before the server has answered", () => {
  book.perform("置く", [make()]);
  expect([...book.shifts.value.values()].map((one) => one.unsaved)).toEqual([true]);
  expect(book.owed.value).toBe(1);
});

test("several cells are one request, and one deed to take back", async () => {
  book.perform("置く", [make(0), make(1), make(2)]);
  await book.sending.settled();
  expect(api.make).toHaveBeenCalledTimes(1);
  expect(book.undo()).toBe("置く");
  await book.sending.settled();
  expect(vi.mocked(api.remove).mock.calls.map(([id]) => id)).toEqual([12, 11, 10]);
  expect(keys()).toEqual([]);
});

test("a deleted shift that is taken back has a new id under its old key", async () => {
  book.load(roster({ shifts: [view(shift(5, 1))] }));
  book.perform("消す", [{ before: shift(5, 1), after: null }]);
  book.undo();
  await book.sending.settled();
  expect(keys()).toEqual([5]);
  book.perform("直す", [{ before: shift(5, 1), after: shift(5, 1, 3) }]);
  await book.sending.settled();
  expect(vi.mocked(api.change).mock.calls.map(([id]) => id)).toEqual([10]);
  book.load(roster({ shifts: [view(shift(10, 1, 3))] }));
  expect(keys()).toEqual([5]);
});

test("a refused change is put back, told, and cannot be taken back; the others stay", async () => {
  vi.mocked(api.make).mockResolvedValueOnce(refused({ fields: { "0": ["重なっています。"] } }));
  book.perform("置く", [make(0), make(1)]);
  await book.sending.settled();
  expect(refusals.map(({ shift: one, why }) => [one.start, why])).toEqual([[shift(0, 1).start, "重なっています。"]]);
  expect([...book.shifts.value.values()].map((one) => one.start)).toEqual([shift(0, 1, 1).start]);
  book.undo();
  await book.sending.settled();
  expect(keys()).toEqual([]);
  expect(book.undo()).toBeUndefined();
});

test("when only the answer was lost, nothing is made twice", async () => {
  vi.useFakeTimers();
  vi.mocked(api.make).mockResolvedValueOnce(refused({ status: 0, code: "unreachable", retryable: true }));
  const there = roster({ shifts: [view(shift(77, 1))] });
  vi.spyOn(api, "roster").mockResolvedValue({ ok: true, status: 200, value: there });
  book.perform("置く", [make()]);
  await vi.advanceTimersByTimeAsync(2000);
  vi.useRealTimers();
  expect(api.make).toHaveBeenCalledTimes(1);
  expect(book.owed.value).toBe(0);
  expect(book.shifts.value.size).toBe(1);
  book.undo();
  await book.sending.settled();
  expect(vi.mocked(api.remove).mock.calls.map(([id]) => id)).toEqual([77]);
});

test("a copied week is seen though nothing was owed", () => {
  book.load(roster());
  const before = book.shifts.value;
  book.merge(changed([shift(8, 1)]));
  expect(book.shifts.value).not.toBe(before);
  expect(keys()).toEqual([8]);
});
