// The whole console: head, banners, the three sides, and the window that is open.
import { useSignal } from "@preact/signals";
import { CircleAlert } from "lucide";
import { useRef } from "preact/hooks";
import { Icon } from "../../lib/icon";
import { Act } from "../../staff/view/act";
import { LineBar, LoginBar } from "../../staff/view/bars";
import { Calls } from "../../staff/view/calls";
import { StationContext } from "../../staff/view/context";
import { resumeChannel } from "../acts";
import { answerCall } from "../along";
import type { Console, Place } from "../ctrl";
import { t } from "../words";
import { ShiftBars } from "./bars";
import { useConsole } from "./context";
import { Head } from "./head";
import { Panes } from "./pane";
import { Panel } from "./panel";
import { Left } from "./queue";
import { DoneByHand, Unstaffed } from "./reception";
import { Unread } from "./unread";
import { Windows } from "./windows";

export function App({ console }: { console: Console }) {
  return (
    <StationContext.Provider value={console}>
      <div class="station console" data-place={console.place.value}>
        <Head />
        <Banners />
        <main class="sides" id="main" tabIndex={-1}>
          <Left />
          <Panes />
          <Panel />
        </main>
        <Places />
      </div>
      <Windows />
      <p class="visually-hidden" role="status">
        {console.status.value}
      </p>
    </StationContext.Provider>
  );
}

function Banners() {
  const console = useConsole();
  const { notices, board } = console;
  return (
    <div class="banners">
      <Calls answer={(session) => answerCall(console, session)} />
      <LineBar />
      <LoginBar />
      <Unstaffed />
      <DoneByHand />
      <ShiftBars />
      {board.value?.trouble.map((code) => (
        <Trouble key={code} code={code} />
      ))}
      <div role="status">
        {notices.all.value.map((notice) => (
          <div key={notice.id} class="notice notice-plain banner">
            <p>{notice.text}</p>
            {notice.words && <Typed words={notice.words} />}
            <button type="button" class="button button-small" onClick={() => notices.read(notice.id)}>
              {t.dismissNotice}
            </button>
          </div>
        ))}
      </div>
    </div>
  );
}

/** What was typed into a talk that went away: to be copied, not to be sent. */
function Typed({ words }: { words: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const copied = useSignal(false);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(words);
      copied.value = true;
    } catch {
      // Not allowed here: the words are marked, and the keyboard can copy them.
    }
  };
  return (
    <span class="typed-words">
      <textarea ref={field} class="input" rows={2} readOnly aria-label={t.typedWords} value={words} />
      <button type="button" class="button button-small" onClick={copy}>
        {copied.value ? t.copied : t.copy}
      </button>
    </span>
  );
}

/**
 * Sending that stands still, which who steers or configures the program may set going again; and messages that run out,
 * of which only they are told.
 */
function Trouble({ code }: { code: string }) {
  const console = useConsole();
  const [, why = "", channel = ""] = code.split(":");
  const here = console.me.value.programs.find((one) => one.id === console.board.value?.program);
  const may = here?.rights.some((right) => right === "steer" || right === "configure");
  const standsStill = why !== "danger" && !why.startsWith("quota_");
  if (!standsStill && !may) return null;
  return (
    <p class="notice notice-plain banner">
      <Icon of={CircleAlert} />
      {t.troubles[why] ?? t.troubleOther}
      {may && standsStill && (
        <Act class="button button-small" act={() => resumeChannel(console, Number(channel))}>
          {t.resumeChannel}
        </Act>
      )}
    </p>
  );
}

/** On a narrow screen: which of the three sides is seen. */
function Places() {
  const console = useConsole();
  const unread = [...console.talks.value.values()].reduce((sum, talk) => sum + talk.unread.value, 0);
  const names: [Place, string][] = [
    ["queue", t.placeQueue],
    ["talk", t.placeTalk],
    ["panel", t.placePanel],
  ];
  return (
    <nav class="places" aria-label={t.places}>
      {names.map(([place, name]) => (
        <button
          key={place}
          type="button"
          class="place"
          aria-current={console.place.value === place ? "true" : undefined}
          onClick={() => {
            console.place.value = place;
          }}
        >
          {name}
          {place === "talk" && <Unread count={unread} />}
        </button>
      ))}
    </nav>
  );
}
