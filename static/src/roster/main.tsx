// The roster: takes the page's first data and puts the planner in the place of the table that was rendered.
import { render } from "preact";
import { Planner } from "./ctrl";
import type { First } from "./interfaces";
import { onPageKey } from "./keys";
import { App } from "./view/app";

function start(): void {
  const place = document.getElementById("roster");
  const told = document.getElementById("first");
  if (!place || !told) return;
  const planner = new Planner(JSON.parse(told.textContent ?? "") as First);
  told.remove();
  place.replaceChildren();
  render(<App planner={planner} />, place);
  document.addEventListener("keydown", (event) => onPageKey(planner, event));
  addEventListener("online", () => planner.book.sending.wake());
  addEventListener("focus", () => {
    if (planner.book.stuck.peek()) planner.book.sending.wake();
  });
  addEventListener("beforeunload", (event) => {
    if (planner.book.owed.peek()) event.preventDefault();
  });
}

start();
