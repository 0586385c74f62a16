import { expect, test } from "vitest";
import { view } from "../staff/sample";
import { filtersIn, hiddenBy, NO_FILTERS, passes, searchFor } from "./filters";

test("filters go into the address and come back from it", () => {
  const filters = { program: 3, counselor: 12, risk: 2, state: "waiting" as const };
  expect(searchFor(filters)).toBe("?program=3&counselor=12&risk=2&state=waiting");
  expect(filtersIn(searchFor(filters))).toEqual(filters);
  expect(searchFor(NO_FILTERS)).toBe("");
  expect(filtersIn("")).toEqual(NO_FILTERS);
});

test.each([
  "?program=-1",
  "?program=1e3",
  "?program=％",
  "?risk=x",
  "?state=closed",
  "?program=99999999999999999999",
  "?",
])("what an address says wrongly is left out: %s", (search) => {
  expect(filtersIn(search)).toEqual(NO_FILTERS);
});

test("each filter lets through what is asked for", () => {
  const one = view({ program: 1, risk: 2, state: "held", counselor: { id: 5, name: "早川" } });
  for (const wish of [{ program: 1 }, { counselor: 5 }, { risk: 2 }, { state: "held" as const }])
    expect(passes(one, { ...NO_FILTERS, ...wish })).toBe(true);
  for (const wish of [{ program: 2 }, { counselor: 6 }, { risk: 3 }, { state: "active" as const }])
    expect(passes(one, { ...NO_FILTERS, ...wish })).toBe(false);
});

test("what filters hide is counted, and high risk apart", () => {
  const views = [
    view({ id: 1 }),
    view({ id: 2, program: 2, risk: 3 }),
    view({ id: 3, program: 2 }),
    view({ id: 4, program: 2, risk: 4, state: "wrap_up" }),
  ];
  expect(hiddenBy(views, { ...NO_FILTERS, program: 1 })).toEqual({ all: 3, high: 1 });
  expect(hiddenBy(views, NO_FILTERS)).toEqual({ all: 0, high: 0 });
});
