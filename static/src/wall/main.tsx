// The supervisor's wall: takes the page's first data, then lives on the boards' frames.
import { effect } from "@preact/signals";
import { render } from "preact";
import { titleFor } from "../staff/alerts";
import { firstOf, keepSignedIn } from "../staff/page";
import { Wall } from "./ctrl";
import type { First } from "./interfaces";
import { listenForKeys } from "./keys";
import { App } from "./view/app";

// A count that is a minute old is as good: it calls for a word, and for no hurry.
const HEAVY_EVERY_MS = 60_000;

function start(): void {
  const place = document.getElementById("wall");
  const first = place && firstOf<First>();
  if (!first) return;
  const wall = new Wall(first, location.search);
  place.replaceChildren();
  render(<App wall={wall} />, place);
  effect(() => {
    document.title = titleFor(wall.alarms.value.length + wall.offers.value.length);
  });
  keepSignedIn(wall);
  void wall.askHeavy();
  setInterval(() => void wall.askHeavy(), HEAVY_EVERY_MS);
  listenForKeys(wall);
}

start();
