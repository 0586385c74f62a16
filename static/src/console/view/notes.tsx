// Words among staff: on the other side, on another surface, with a lock and the word 内部, and a field of their own.
import { Lock } from "lucide";
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

function NoteField({ talk }: { talk: Talk }) {
  const ime = useRef(new ImeGuard());
  const keep = () => {
    if (!isBlank(talk.noteDraft.peek())) talk.sendNote();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (ime.current.swallows(event) || !isSendKey(event, false)) return;
    event.preventDefault();
    keep();
  };
  return (
    <div class="note-field">
      <textarea
        class="input"
        id="note"
        rows={2}
        autocomplete="off"
        aria-label={t.noteLabel(talk.header.pseudonym)}
        placeholder={t.noteHere}
        value={talk.noteDraft.value}
        onInput={(event) => {
          talk.noteDraft.value = event.currentTarget.value;
        }}
        onKeyDown={onKeyDown}
        onCompositionStart={() => ime.current.start()}
        onCompositionEnd={(event) => ime.current.end(event)}
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
