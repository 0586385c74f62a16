// A talk as it went, by days. It follows the newest words only while one is at the end.
import { useSignal } from "@preact/signals";
import { ArrowDown } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../lib/icon";
import { dayKey, dayLine } from "../../lib/time";
import type { MessageView } from "../../protocol";
import { now } from "../../staff/clock";
import type { Talk } from "../talk";
import { language, t } from "../words";
import { Bubble, Pending } from "./bubble";
import { useConsole } from "./context";

const AT_END_PX = 48;

/** Messages under a line for each day in Tokyo. */
export function Days({ messages, acting, children }: Days) {
  const days: MessageView[][] = [];
  for (const message of messages) {
    const last = days[days.length - 1];
    if (last?.[0] && dayKey(last[0].at) === dayKey(message.at)) last.push(message);
    else days.push([message]);
  }
  return (
    <>
      {days.map((day) => (
        <section key={day[0]?.id} class="day">
          <h3 class="day-line">
            <span>{dayLine(day[0]?.at ?? "", now.peek(), language)}</span>
          </h3>
          <ol>
            {day.map((message) => (
              <Bubble key={message.id} message={message} acting={acting} />
            ))}
          </ol>
        </section>
      ))}
      {children}
    </>
  );
}

interface Days {
  messages: MessageView[];
  /** Whether one may decide on words that did not get through. */
  acting: boolean;
  children?: ComponentChildren;
}

export function Transcript({ talk }: { talk: Talk }) {
  const { header, messages } = talk.server.value;
  const pending = talk.pending.value;
  const end = useEnd(messages.length, pending.length);
  useReading(talk, end.isAtEnd);
  return (
    <div class="transcript-box">
      <div
        class="transcript"
        role="log"
        aria-live="polite"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label={t.transcript(header.pseudonym)}
        ref={end.box}
        onScroll={end.scrolled}
      >
        <div ref={end.inner}>
          {messages.length + pending.length === 0 && <p class="empty">{t.emptyTranscript}</p>}
          <Days messages={messages} acting>
            <ol>
              {pending.map((word) => (
                <Pending key={word.clientId} word={word} talk={talk} />
              ))}
            </ol>
          </Days>
          <Typing talk={talk} />
        </div>
      </div>
      <button type="button" class="button new-below" hidden={!end.hasNew.value} onClick={end.go}>
        <Icon of={ArrowDown} />
        {t.newBelow}
      </button>
    </div>
  );
}

function Typing({ talk }: { talk: Talk }) {
  return talk.typingUntil.value > now.value ? <p class="typing soft small">{t.isTyping}</p> : null;
}

/** Sticks to the end while one is there; else says that something came. One's own new word always leads to the end. */
function useEnd(count: number, own: number) {
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const isAtEnd = useSignal(true);
  const hasNew = useSignal(false);
  const before = useRef({ count, own });
  const lastTop = useRef(0);
  const go = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    isAtEnd.value = true;
    hasNew.value = false;
  };
  const scrolled = () => {
    if (!box.current) return;
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    // Only going up leaves the end: a picture that arrives late makes the end go away from us, not us from it.
    if (scrollHeight - scrollTop - clientHeight < AT_END_PX) isAtEnd.value = true;
    else if (scrollTop < lastTop.current - 1) isAtEnd.value = false;
    lastTop.current = scrollTop;
    if (isAtEnd.value) hasNew.value = false;
  };
  useLayoutEffect(() => {
    const { count: counted, own: owned } = before.current;
    before.current = { count, own };
    if (isAtEnd.peek() || own > owned) go();
    else if (count > counted) hasNew.value = true;
  }, [count, own]);
  useEffect(() => {
    // Pictures arrive late and fields grow: the end stays in sight.
    const watcher = new ResizeObserver(() => {
      if (isAtEnd.peek()) go();
    });
    for (const element of [box.current, inner.current]) if (element) watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return { box, inner, isAtEnd, hasNew, go, scrolled };
}

/** Words are read when their talk is the active one, its end is in sight, and somebody looks at the page. */
function useReading(talk: Talk, isAtEnd: { value: boolean }): void {
  const console = useConsole();
  const mark = () => {
    const looking = document.visibilityState === "visible" && document.hasFocus();
    if (looking && isAtEnd.value && console.active.peek() === talk) talk.seen();
  };
  useEffect(mark);
  useEffect(() => {
    addEventListener("focus", mark);
    document.addEventListener("visibilitychange", mark);
    return () => {
      removeEventListener("focus", mark);
      document.removeEventListener("visibilitychange", mark);
    };
  }, [talk]);
  // Being active is read above; these make the component look again when they change.
  void console.active.value;
  void isAtEnd.value;
}
