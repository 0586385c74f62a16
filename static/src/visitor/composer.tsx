// Where the visitor writes: grows with the words, safe for input methods, and never loses what was typed.
import { useLayoutEffect, useRef } from "preact/hooks";
import { ImeGuard, isBlank, isSendKey, MOST_UNITS, utf16Length } from "../lib/composer";
import { Icon, Send } from "./icon";
import type { Talk } from "./talk";
import { words } from "./words";

const growsByItself = globalThis.CSS?.supports?.("field-sizing", "content") ?? false;

export function Composer({ talk }: { talk: Talk }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const ime = useRef(new ImeGuard());
  const text = talk.shown.draft;
  const over = utf16Length(text) - MOST_UNITS;
  useLayoutEffect(() => grow(field.current), [text]);

  function send() {
    const box = field.current;
    if (!box || isBlank(box.value) || utf16Length(box.value) > MOST_UNITS) return box?.focus();
    talk.say(box.value);
    box.focus();
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label class="visually-hidden" for="text">
        {words.write}
      </label>
      <textarea
        id="text"
        ref={field}
        class="input composer-text"
        rows={1}
        autocomplete="off"
        placeholder={words.write}
        aria-describedby="send-hint"
        value={text}
        onInput={(event) => talk.writes(event.currentTarget.value)}
        onCompositionStart={() => ime.current.start()}
        onCompositionEnd={(event) => ime.current.end(event)}
        onKeyDown={(event) => {
          if (ime.current.swallows(event) || !isSendKey(event, false)) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" class="button button-primary composer-send" aria-disabled={over > 0 ? "true" : undefined}>
        <Icon shape={Send} />
        {words.send}
      </button>
      <p class="composer-hint" id="send-hint">
        {over > 0 ? <strong role="alert">{words.tooLong(over)}</strong> : words.sendHint}
      </p>
    </form>
  );
}

function grow(box: HTMLTextAreaElement | null): void {
  if (!box || growsByItself) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}
