// How a page of staff begins: its first data, its clock, and coming back by itself when somebody signs in again.
import { whenAnswered } from "../lib/http";
import { serverNow, setClock } from "../lib/time";
import type { Board } from "../protocol";
import { typed } from "./acts";
import { readySound } from "./alerts";
import { now, startClock } from "./clock";
import type { Station } from "./station";

/** The page's first data, once; undefined on a page that has none. */
export function firstOf<T extends { boards: Board[] }>(): T | undefined {
  const told = document.getElementById("first");
  if (!told) return undefined;
  const first = JSON.parse(told.textContent ?? "") as T;
  // The words are in memory now; nothing else of the page needs them.
  told.remove();
  const [board] = first.boards;
  if (board) setClock(board.at);
  startClock();
  now.value = serverNow();
  return first;
}

const AGAIN_MS = 20_000;

/** Requests and typing keep the login; who was signed out goes on as soon as somebody signs in, in whatever tab. */
export function keepSignedIn(station: Station): void {
  whenAnswered(() => station.login.answered());
  addEventListener("input", () => typed(station));
  readySound();
  const look = () => {
    if (station.line.peek() === "signed_out") void station.resume();
  };
  const channel = new BroadcastChannel("login");
  channel.onmessage = look;
  channel.postMessage("signed in");
  addEventListener("focus", look);
  setInterval(() => document.visibilityState === "visible" && look(), AGAIN_MS);
}
