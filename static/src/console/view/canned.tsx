// Canned replies: type to narrow down, arrows to choose, Enter to put it at the cursor. Nothing is sent.
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { CannedReply } from "../interfaces";
import type { Talk } from "../talk";
import { t } from "../words";
import { useConsole } from "./context";

// Whatever width, size or kana somebody types in.
const fold = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

/** Those in which every word of `wish` is found; matching shortcuts come first, whole ones before them, own ones first. */
export function narrowed(replies: CannedReply[], wish: string): CannedReply[] {
  const words = fold(wish).split(/\s+/u).filter(Boolean);
  const fits = (one: CannedReply) => {
    const text = fold(`${one.shortcut} ${one.title} ${one.body}`);
    return words.every((word) => text.includes(word));
  };
  const rank = (one: CannedReply) => {
    const shortcut = fold(one.shortcut);
    if (!words[0] || !shortcut.startsWith(words[0])) return 3;
    return shortcut !== words[0] ? 2 : one.mine ? 0 : 1;
  };
  return replies.filter(fits).sort((a, b) => rank(a) - rank(b));
}

interface Props {
  talk: Talk;
  choose(reply: CannedReply): void;
  close(): void;
}

export function CannedPicker({ talk, choose, close }: Props) {
  const console = useConsole();
  const all = console.canned.value.get(talk.header.program);
  const wish = useSignal("");
  const at = useSignal(0);
  const box = useRef<HTMLDivElement>(null);
  const found = narrowed(all ?? [], wish.value);
  const chosen = found[Math.min(at.value, found.length - 1)];
  const id = (reply: CannedReply) => `canned-${talk.id}-${reply.id}`;

  // Before the next key can come.
  useLayoutEffect(() => box.current?.querySelector("input")?.focus(), []);
  useEffect(() => {
    if (chosen) document.getElementById(id(chosen))?.scrollIntoView({ block: "nearest" });
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) at.value = (Math.min(at.value, found.length - 1) + move + found.length) % Math.max(1, found.length);
    else if (event.key === "Enter" && chosen) choose(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const left = (event: FocusEvent) => {
    if (!(event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget)))
      console.picking.value = null;
  };
  return (
    <div class="canned" ref={box} onFocusOut={left}>
      <input
        class="input"
        role="combobox"
        aria-label={t.cannedFilter}
        aria-expanded="true"
        aria-controls={`canned-${talk.id}`}
        aria-activedescendant={chosen ? id(chosen) : undefined}
        placeholder={t.cannedFilter}
        autocomplete="off"
        onInput={(event) => {
          wish.value = event.currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      {found.length === 0 && (
        <p class="soft small" role="status">
          {all === undefined ? t.loading : all.length ? t.cannedEmpty : t.cannedNone}
        </p>
      )}
      <div class="canned-list" role="listbox" id={`canned-${talk.id}`} aria-label={t.canned}>
        {found.map((reply) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
          <div
            key={reply.id}
            id={id(reply)}
            class="canned-reply"
            role="option"
            tabIndex={-1}
            aria-selected={reply === chosen}
            onClick={() => choose(reply)}
          >
            <span class="row">
              <strong>{reply.title}</strong>
              {reply.shortcut && <kbd>{reply.shortcut}</kbd>}
              {reply.mine && <span class="badge">{t.cannedMine}</span>}
            </span>
            <span class="small soft canned-body">{reply.body}</span>
          </div>
        ))}
      </div>
      <p class="canned-foot small">
        <a href="/replies/" target="_blank" rel="noopener">
          {t.cannedOwn}
        </a>
      </p>
    </div>
  );
}
