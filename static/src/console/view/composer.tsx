// The field for words to one visitor. It belongs to its talk for ever: switching mounts another one.
import { SendHorizontal } from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";
import { ImeGuard, isBlank, isSendKey, MOST_UNITS, PART_UNITS, partsOf, utf16Length } from "../../lib/composer";
import { Icon } from "../../lib/icon";
import { Act } from "../../staff/view/act";
import { pickCanned, resume, usedCanned } from "../acts";
import type { Talk } from "../talk";
import { t } from "../words";
import { CannedPicker } from "./canned";
import { useConsole } from "./context";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function Composer({ talk }: { talk: Talk }) {
  const console = useConsole();
  const field = useRef<HTMLTextAreaElement>(null);
  const ime = useRef(new ImeGuard());
  const wanted = console.focusWish.value === talk.id;
  const name = talk.header.pseudonym;
  const held = talk.header.state === "held";
  const { mine } = talk;
  const enterSends = console.me.value.enter_sends;
  const sendable = () => !held && !isBlank(talk.draft.peek()) && utf16Length(talk.draft.peek()) <= MOST_UNITS;

  // Before the next key can come: after the drawing would be too late for fast fingers.
  useLayoutEffect(() => {
    if (!wanted) return;
    field.current?.focus();
    console.focusWish.value = null;
  }, [wanted]);

  const insertion = console.insertion.value;
  useLayoutEffect(() => {
    const area = field.current;
    if (!area || insertion?.talk !== talk.id) return;
    console.insertion.value = null;
    insert(onItsOwnLines(area, insertion.text), area.selectionEnd);
  }, [insertion]);

  const send = () => {
    if (sendable()) talk.send();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (ime.current.swallows(event)) return;
    if (isSendKey(event, enterSends)) {
      event.preventDefault();
      send();
    }
  };
  /** At the cursor; what is selected gives way unless it is said `from` where. */
  const insert = (body: string, from?: number) => {
    console.picking.value = null;
    const area = field.current;
    if (!area) return;
    area.focus();
    area.setRangeText(body, from ?? area.selectionStart, area.selectionEnd, "end");
    talk.write(area.value);
  };
  return (
    <div class="composer">
      {console.picking.value === talk.id && (
        <CannedPicker
          talk={talk}
          choose={(reply) => {
            insert(reply.body);
            usedCanned(talk, reply);
          }}
          close={() => {
            console.picking.value = null;
            field.current?.focus();
          }}
        />
      )}
      <textarea
        ref={field}
        class="input composer-field"
        aria-label={mine ? t.writeTo(name) : t.stepInTo(name)}
        aria-describedby={`count-${talk.id}`}
        placeholder={mine ? t.writeHere(name) : t.stepInTo(name)}
        value={talk.draft.value}
        rows={3}
        autocomplete="off"
        onInput={(event) => talk.write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onCompositionStart={() => ime.current.start()}
        onCompositionEnd={(event) => ime.current.end(event)}
      />
      {held && (
        <p class="row small">
          {t.heldHelp}{" "}
          <Act class="button button-small" act={() => resume(console, talk)}>
            {t.resume}
          </Act>
        </p>
      )}
      <div class="composer-foot">
        <span class="composer-says small">
          <Count talk={talk} />
          <span class="soft send-key">{enterSends ? t.sendKeyEnter : isMac ? t.sendKeyMac : t.sendKey}</span>
        </span>
        <button type="button" class="button button-quiet" onClick={() => void pickCanned(console, talk)}>
          {t.canned} <kbd>{isMac ? "⌘K" : "Ctrl+K"}</kbd>
        </button>
        <button
          type="button"
          class="button button-primary"
          disabled={!sendable() || isBlank(talk.draft.value)}
          onClick={send}
        >
          <Icon of={SendHorizontal} />
          {talk.mine && talk.server.value.needs_approval ? t.sendForApproval : t.send}
        </button>
      </div>
    </div>
  );
}

/** Words that begin a line, and after which what stands there begins one. */
function onItsOwnLines({ value, selectionEnd }: HTMLTextAreaElement, text: string): string {
  const before = value.slice(0, selectionEnd);
  const after = value.slice(selectionEnd);
  return (before && !before.endsWith("\n") ? "\n" : "") + text + (after && !after.startsWith("\n") ? "\n" : "");
}

function Count({ talk }: { talk: Talk }) {
  const units = utf16Length(talk.draft.value);
  const over = units > MOST_UNITS ? t.tooLong(MOST_UNITS) : units > PART_UNITS ? t.inParts(partsOf(units)) : "";
  return (
    <span class="count" id={`count-${talk.id}`} data-over={units > PART_UNITS}>
      <span class="soft">{t.count(units, units > PART_UNITS ? MOST_UNITS : PART_UNITS)}</span>
      {over && <strong role="status"> {over}</strong>}
    </span>
  );
}
