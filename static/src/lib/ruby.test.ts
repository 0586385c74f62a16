import { expect, test } from "vitest";
import { pieces } from "./ruby";

const told = (text: string) => pieces(text).map(({ words, reading }) => (reading ? `${words}(${reading})` : words));

test("a marked word is a piece of its own", () => {
  expect(told("お金《かね》は　1日《にち》です")).toEqual(["お", "金(かね)", "は　1", "日(にち)", "です"]);
  expect(told("｜お金《おかね》と𠮷野《よしの》")).toEqual(["お金(おかね)", "と", "𠮷野(よしの)"]);
});

test.each(["かな《かな》", "漢字《》", "漢字《ー》", "漢字《読み》", "漢字《かん", "漢字《か\nん》", "《か》"])(
  "what is no reading is left as it stands: %s",
  (text) => {
    expect(pieces(text)).toEqual([{ words: text, reading: "" }]);
  },
);
