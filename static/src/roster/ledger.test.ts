import { expect, test } from "vitest";
import { type Edit, inverse, overlay, requestsOf, withoutRefused } from "./ledger";
import { shift } from "./sample";

const make = (key: number, day = 0) => ({ before: null, after: shift(key, 1, day) });
const edit = (id: number, changes: Edit["changes"]): Edit => ({ id, step: id, changes });
const refusal = (fields: Record<string, string[]> = {}) => ({ message: "できません", fields });

test("edits on their way lie over what the server holds, which stays as it is", () => {
  const base = new Map([[1, shift(1, 1)]]);
  const seen = overlay(base, [edit(1, [{ before: shift(1, 1), after: null }]), edit(2, [make(-1)])]);
  expect([...seen.keys()]).toEqual([-1]);
  expect(seen.get(-1)?.unsaved).toBe(true);
  expect([...base.keys()]).toEqual([1]);
});

test("a reading without edits is a new map: whoever looks at it sees that something happened", () => {
  const base = new Map([[1, shift(1, 1)]]);
  expect(overlay(base, [])).not.toBe(base);
});

test("taking back goes the other way, last first", () => {
  const [first, second] = [make(-1), { before: shift(5, 1), after: null }];
  expect(inverse([first, second])).toEqual([
    { before: null, after: shift(5, 1) },
    { before: shift(-1, 1), after: null },
  ]);
});

test("what is new goes in one request, the rest one by one", () => {
  const gone = { before: shift(5, 1), after: null };
  expect(requestsOf([make(-1), gone, make(-2)])).toEqual([[gone], [make(-1), make(-2)]]);
});

test("of a refused request only what is wrong is lost", () => {
  const wanted = edit(1, [make(-1), make(-2, 1), make(-3, 2)]);
  const { kept, lost } = withoutRefused([wanted], wanted, refusal({ "1": ["重なっています。"] }));
  expect(kept.flatMap((one) => one.changes.map(({ after }) => after?.key))).toEqual([-1, -3]);
  expect(lost.map(({ change, why }) => [change.after?.key, why])).toEqual([[-2, "重なっています。"]]);
});

test("a refusal that names nothing loses the whole request, and what stood on it", () => {
  const wanted = edit(1, [make(-1)]);
  const onIt = edit(2, [{ before: shift(-1, 1), after: null }]);
  const other = edit(3, [make(-2)]);
  const { kept, lost } = withoutRefused([wanted, onIt, other], wanted, refusal());
  expect(kept).toEqual([other]);
  expect(lost.map(({ why }) => why)).toEqual(["できません"]);
});
