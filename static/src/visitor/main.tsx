// The visitor's page comes alive: quick exit first, then the form or the talk.
import { render } from "preact";
import { followConditions } from "../lib/conditions";
import type { TalkState } from "../protocol";
import { armExit } from "./exit";
import { findTalk, takeOver } from "./start";
import { type Settings, Talk } from "./talk";
import { App } from "./view";

function written<T>(id: string): T | undefined {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : undefined;
}

// A preview in the back office: it looks as ever, and nothing in it starts anything.
const inert = document.documentElement.hasAttribute("data-inert");
let talk: Talk | undefined;

const exit = document.querySelector<HTMLFormElement>("#exit");
if (exit && !inert) armExit({ form: exit, gone: () => talk?.close() });

// A page brought back from the browser's memory may show what is long over.
addEventListener("pageshow", (event) => event.persisted && location.reload());

// Links within the visit take the page's place, so that "back" leads out of the visit and not through it.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-replace]") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  location.replace(link.href);
});

for (const form of document.querySelectorAll<HTMLFormElement>("#start, #survey")) {
  followConditions(form);
  if (form.id === "start" && !inert) takeOver(form);
}

const asks = document.querySelector("[data-ask-state]")?.getAttribute("data-ask-state");
if (asks && !inert) void findTalk(asks, () => location.replace(location.pathname));

const root = document.querySelector("#app");
const first = written<TalkState>("first");
const settings = written<Settings>("settings");
if (root && first && settings) {
  const typed = root.querySelector("textarea")?.value ?? "";
  const live = new Talk(settings, first, typed, inert);
  live.redraw = () => render(<App talk={live} />, root);
  talk = live;
  root.replaceChildren();
  live.redraw();
}
