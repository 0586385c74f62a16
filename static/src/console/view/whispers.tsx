// Words between supervisor and counselor beside the talk: their own surface at its top, far from the field below.
import { Lock } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { isBlank } from "../../lib/composer";
import { Icon } from "../../lib/icon";
import { clockText } from "../../lib/time";
import { whisperIn } from "../along";
import type { Talk } from "../talk";
import { language, t } from "../words";
import { Pending } from "./bubble";
import { useConsole } from "./context";
import { useStaffField } from "./notes";

/** In the talk's head: opens and shuts the whispers, and says how many are unread. */
export function WhisperButton({ talk }: { talk: Talk }) {
  const unread = talk.unreadWhispers.value;
  const open = talk.whispering.value;
  return (
    <button type="button" class="whisper-button small" aria-expanded={open} onClick={() => whisperIn(talk, !open)}>
      <Icon of={Lock} />
      {t.whispers}
      {unread > 0 && <strong class="unread">{t.unread(unread)}</strong>}
    </button>
  );
}

export function Whispers({ talk }: { talk: Talk }) {
  const { whispers } = talk.server.value;
  const pending = talk.pendingWhispers.value;
  const list = useRef<HTMLUListElement>(null);
  const count = whispers.length + pending.length;
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [count]);
  useHearing(talk);
  return (
    <section class="whispers staff-only" aria-label={t.whispersWith(talk.header.pseudonym)}>
      <p class="small whispers-help">{t.whispersHelp}</p>
      <ul class="note-list" ref={list} aria-live="polite" hidden={!count}>
        {whispers.map((whisper) => (
          <li key={whisper.id} class="note">
            <p class="said-foot">
              <Icon of={Lock} />
              <strong>{whisper.by.name}</strong>
              <time dateTime={whisper.at}>{clockText(whisper.at, language)}</time>
            </p>
            <p class="text" dir="auto">
              {whisper.text}
            </p>
          </li>
        ))}
        {pending.map((word) => (
          <Pending key={word.clientId} word={word} talk={talk} note />
        ))}
      </ul>
      <WhisperField talk={talk} />
    </section>
  );
}

function WhisperField({ talk }: { talk: Talk }) {
  const say = () => {
    if (!isBlank(talk.whisperDraft.peek())) talk.whisper();
  };
  const field = useStaffField(talk.whisperDraft, say);
  return (
    <div class="whisper-field">
      <span class="badge">{t.internal}</span>
      <textarea
        {...field}
        class="input"
        id={`whisper-${talk.id}`}
        rows={1}
        maxLength={2000}
        aria-label={t.whisperLabel(talk.header.pseudonym)}
        placeholder={t.whisperHere}
      />
      <button
        type="button"
        class="button button-small button-staff"
        disabled={isBlank(talk.whisperDraft.value)}
        onClick={say}
      >
        {t.whisper}
      </button>
    </div>
  );
}

/** A whisper is read when it stands open in the active talk and somebody looks at the page. */
function useHearing(talk: Talk): void {
  const console = useConsole();
  const mark = () => {
    if (document.visibilityState === "visible" && document.hasFocus() && console.active.peek() === talk) talk.heard();
  };
  useEffect(mark);
  useEffect(() => {
    addEventListener("focus", mark);
    return () => removeEventListener("focus", mark);
  }, [talk]);
  // Read here, so that it is looked at again when another talk becomes the active one.
  void console.active.value;
}
