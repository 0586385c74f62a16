import { render } from "preact";
import { expect, test } from "vitest";
import { Ruby } from "./ruby";

test("readings are drawn above the words, and nothing in them is markup", () => {
  const place = document.createElement("p");
  render(<Ruby text="<b>相談《そうだん》" />, place);
  expect(place.querySelector("rt")?.textContent).toBe("そうだん");
  expect(place.querySelector("b")).toBeNull();
  expect(place.textContent).toBe("<b>相談(そうだん)");
});
