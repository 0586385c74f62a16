// The counselor's console: takes the page's first data, then lives on frames.
import { effect } from "@preact/signals";
import { render } from "preact";
import { titleFor } from "../staff/alerts";
import { firstOf, keepSignedIn } from "../staff/page";
import { openFromAddress } from "./along";
import { Console } from "./ctrl";
import type { First } from "./interfaces";
import { listenForKeys } from "./keys";
import { readAllNotes, tellTimes } from "./shiftacts";
import { App } from "./view/app";

function start(): void {
  const place = document.getElementById("console");
  const first = place && firstOf<First>();
  if (!first) return;
  const console = new Console(first);
  place.replaceChildren();
  render(<App console={console} />, place);
  effect(() => {
    document.title = titleFor(console.count.value);
  });
  effect(() => tellTimes(console));
  keepSignedIn(console);
  readAllNotes(console);
  addEventListener("focus", () => readAllNotes(console));
  listenForKeys(console);
  guardLeaving(console);
  openFromAddress(console);
  addEventListener("hashchange", () => openFromAddress(console));
}

function guardLeaving(console: Console): void {
  // Twice: at "pagehide" of a reload the next page is made already, and some browsers know no "beforeunload".
  const leave = () => {
    for (const talk of console.talks.peek().values()) talk.leavePage();
  };
  addEventListener("beforeunload", (event) => {
    const unsent =
      console.shift.unsent ||
      [...console.talks.peek().values()].some(
        (talk) => talk.unsentCount || (talk.noteDraft.peek() + talk.whisperDraft.peek()).trim(),
      );
    if (unsent) event.preventDefault();
    leave();
  });
  addEventListener("pagehide", leave);
}

start();
