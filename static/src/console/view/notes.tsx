// Words among staff: on the other side, on another surface, with a lock and the word 内部, and a field of their own.
import type { Signal } from "@preact/signals";
import { Lock } from "lucide";
import type { TargetedInputEvent } from "preact";
import { useRef } from "preact/hooks";
import { ImeGuard, isBlank, isSendKey } from "../../lib/composer";
import { Icon } from "../../lib/icon";
import { clockText } from "../../lib/time";
import type { Talk } from "../talk";
import { language, t } from "../words";
import { Pending } from "./bubble";

export function Notes({ talk }: { talk: Talk }) {
  const { notes } = talk.server.value;
  const pending = talk.pendingNotes.value;
  return (
    <section class="notes staff-only" aria-labelledby="notes-title">
      <h3 class="section-title" id="notes-title">
        <Icon of={Lock} />
        {t.notes}
        <span class="badge">{t.internal}</span>
      </h3>
      <p class="small">{t.notesHelp}</p>
      {notes.length + pending.length === 0 && <p class="small soft">{t.notesEmpty}</p>}
      <ul class="note-list">
        {notes.map((note) => (
          <li key={note.id} class="note">
            <p class="text" dir="auto">
              {note.text}
            </p>
            <p class="said-foot">
              <span>{note.by.name}</span>
              <time dateTime={note.at}>{clockText(note.at, language)}</time>
            </p>
          </li>
        ))}
        {pending.map((word) => (
          <Pending key={word.clientId} word={word} talk={talk} note />
        ))}
      </ul>
      <NoteField talk={talk} />
    </section>
  );
}

/** What a field for words among staff does: keeps its draft, and Ctrl+Enter says it; never an Enter that converts. */
export function useStaffField(draft: Signal<string>, say: () => void) {
  const ime = useRef(new ImeGuard());
  return {
    autocomplete: "off",
    value: draft.value,
    onInput: (event: TargetedInputEvent<HTMLTextAreaElement>) => {
      draft.value = event.currentTarget.value;
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (ime.current.swallows(event) || !isSendKey(event, false)) return;
      event.preventDefault();
      say();
    },
    onCompositionStart: () => ime.current.start(),
    onCompositionEnd: (event: CompositionEvent) => ime.current.end(event),
  };
}

function NoteField({ talk }: { talk: Talk }) {
  const keep = () => {
    if (!isBlank(talk.noteDraft.peek())) talk.sendNote();
  };
  const field = useStaffField(talk.noteDraft, keep);
  return (
    <div class="note-field">
      <textarea
        {...field}
        class="input"
        id="note"
        rows={2}
        aria-label={t.noteLabel(talk.header.pseudonym)}
        placeholder={t.noteHere}
      />
      <button
        type="button"
        class="button button-small button-staff"
        disabled={isBlank(talk.noteDraft.value)}
        onClick={keep}
      >
        <Icon of={Lock} />
        {t.keepNote}
      </button>
    </div>
  );
}
