import { expect, test } from "vitest";
import { clock, dateOf, dayNumber, isoOf, minutesOf, mondayOf, monthOf, monthsAfter, spanText, wallOf } from "./days";
import { MONDAY, shift } from "./sample";

test("a shift past midnight belongs to the day on which it starts", () => {
  expect(spanText(shift(1, 1))).toBe("19:00–26:00");
});

test("times come from any offset and go out with Tokyo's", () => {
  expect(isoOf(wallOf("2026-11-23T10:00:00+00:00"))).toBe("2026-11-23T19:00:00+09:00");
});

test("weeks begin on Monday, months have their days", () => {
  expect(dateOf(mondayOf(dayNumber("2026-11-29")))).toBe("2026-11-23");
  expect(dayNumber("2026-11-23")).toBe(MONDAY);
  const month = monthOf(dayNumber("2028-02-10"));
  expect([dateOf(month.from), month.days]).toEqual(["2028-02-01", 29]);
  expect(dateOf(monthsAfter(dayNumber("2026-12-31"), 1))).toBe("2027-01-01");
});

test.each([
  ["19:00", 1140],
  ["１９：００", 1140],
  ["1930", 1170],
  ["26", 1560],
  ["32:00", 1920],
])("%s is a time", (text, minutes) => {
  expect(minutesOf(text)).toBe(minutes);
});

test.each(["", "19:60", "33:00", "夜", "-1"])("%s is no time", (text) => {
  expect(minutesOf(text)).toBeUndefined();
});

test("the hours of a service day go on after midnight", () => {
  expect(clock(1560)).toBe("26:00");
});
