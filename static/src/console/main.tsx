// The counselor's console: takes the page's first data, then lives on frames.
import { effect } from "@preact/signals";
import { render } from "preact";
import { whenAnswered } from "../lib/http";
import { serverNow, setClock } from "../lib/time";
import { readySound, titleFor } from "./alerts";
import { now, startClock } from "./clock";
import { Console } from "./ctrl";
import type { First } from "./interfaces";
import { listenForKeys } from "./keys";
import { readAllNotes, tellTimes, typed } from "./shiftacts";
import { App } from "./view/app";

function start(): void {
  const place = document.getElementById("console");
  const told = document.getElementById("first");
  if (!place || !told) return;
  const first = JSON.parse(told.textContent ?? "") as First;
  // The words are in memory now; nothing else of the page needs them.
  told.remove();
  const [board] = first.boards;
  if (board) setClock(board.at);
  startClock();
  now.value = serverNow();
  const console = new Console(first);
  place.replaceChildren();
  render(<App console={console} />, place);
  effect(() => {
    document.title = titleFor(console.count.value);
  });
  effect(() => tellTimes(console));
  whenAnswered(() => console.login.answered());
  addEventListener("input", () => typed(console));
  readAllNotes(console);
  readySound();
  listenForKeys(console);
  guardLeaving(console);
  comeBackAlone(console);
}

const AGAIN_MS = 20_000;

/** Whoever was signed out goes on where they were as soon as somebody signs in, in whatever tab. */
function comeBackAlone(console: Console): void {
  const look = () => {
    if (console.line.peek() === "signed_out") void console.resume();
  };
  const channel = new BroadcastChannel("login");
  channel.onmessage = look;
  channel.postMessage("signed in");
  addEventListener("focus", () => {
    look();
    readAllNotes(console);
  });
  setInterval(() => document.visibilityState === "visible" && look(), AGAIN_MS);
}

function guardLeaving(console: Console): void {
  // Twice: at "pagehide" of a reload the next page is made already, and some browsers know no "beforeunload".
  const leave = () => {
    for (const talk of console.talks.peek().values()) talk.leavePage();
  };
  addEventListener("beforeunload", (event) => {
    const unsent =
      console.shift.unsent ||
      [...console.talks.peek().values()].some((talk) => talk.unsentCount || talk.noteDraft.peek().trim());
    if (unsent) event.preventDefault();
    leave();
  });
  addEventListener("pagehide", leave);
}

start();
