// What shifts tell each other, in the place of the talk's details: on the surface of words among staff, with a lock.
import { Check, Lock } from "lucide";
import { useEffect } from "preact/hooks";
import { isBlank } from "../../lib/composer";
import { Icon } from "../../lib/icon";
import { clockText, dayLine } from "../../lib/time";
import type { HandoverNoteView } from "../../protocol";
import { now } from "../../staff/clock";
import { takesSessions } from "../../staff/me";
import { Act } from "../../staff/view/act";
import { programOf } from "../../staff/view/context";
import { leaveNote, readNotes, tickNote } from "../shiftacts";
import { language, t } from "../words";
import { useConsole } from "./context";

export function ShiftNotes({ program }: { program: number }) {
  const console = useConsole();
  const { shift } = console;
  const here = programOf(console, program);
  const unread = shift.unread(program);
  const notes = shift.notes.value.get(program) ?? [];
  const read = notes.filter((note) => !unread.includes(note));
  useEffect(() => void readNotes(console, program), [program]);
  const back = () => {
    shift.shown.value = false;
    document.getElementById("main")?.focus();
  };
  return (
    <div class="shift-notes">
      <button type="button" class="button button-small" onClick={back}>
        {t.notesBack}
      </button>
      <section class="notes staff-only" aria-labelledby="shift-notes-title">
        <h2 class="section-title" id="shift-notes-title" tabIndex={-1}>
          <Icon of={Lock} />
          {t.shiftNotes}
          <span class="badge">{t.internal}</span>
        </h2>
        <p class="small">{t.shiftNotesHelp(here?.name ?? "")}</p>
        {takesSessions(here) && (
          <a class="small" href={`/programs/${here?.slug}/follow-ups/`} target="_blank" rel="noopener">
            {t.dueFollowUps(shift.due.value.get(program))}
          </a>
        )}
        {unread.length > 0 && <h3 class="small">{t.unreadNotes(unread.length)}</h3>}
        <ul class="note-list">
          {unread.map((note) => (
            <ShiftNote key={note.id} note={note} fresh />
          ))}
        </ul>
        <Write program={program} />
        {notes.length === 0 && <p class="small soft">{t.shiftNotesEmpty}</p>}
        {read.length > 0 && <h3 class="small">{t.readNotes}</h3>}
        <ul class="note-list">
          {read.map((note) => (
            <ShiftNote key={note.id} note={note} fresh={false} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function ShiftNote({ note, fresh }: { note: HandoverNoteView; fresh: boolean }) {
  const console = useConsole();
  const readers = note.ticks.map((tick) => tick.by.name).join("、");
  return (
    <li class="note">
      <p class="text" dir="auto">
        {note.text}
      </p>
      <p class="said-foot">
        <span>{note.by.name}</span>
        <time dateTime={note.at}>
          {dayLine(note.at, now.peek(), language)} {clockText(note.at, language)}
        </time>
      </p>
      <p class="said-foot">
        {readers ? (
          <span class="row">
            <Icon of={Check} />
            {t.readBy(readers)}
          </span>
        ) : (
          t.readByNobody
        )}
      </p>
      {fresh && (
        <Act
          class="button button-small button-staff"
          label={t.tickOf(note.by.name)}
          act={() => tickNote(console, note)}
        >
          <Icon of={Check} />
          {t.tick}
        </Act>
      )}
    </li>
  );
}

function Write({ program }: { program: number }) {
  const console = useConsole();
  const text = console.shift.draft(program);
  return (
    <div class="note-field">
      <label class="small" for="shift-note-field">
        {t.noteForNext}
      </label>
      <textarea
        class="input"
        id="shift-note-field"
        rows={2}
        autocomplete="off"
        placeholder={t.shiftNoteHere}
        value={text}
        onInput={(event) => console.shift.write(program, event.currentTarget.value)}
      />
      <Act class="button button-small button-staff" disabled={isBlank(text)} act={() => leaveNote(console, program)}>
        <Icon of={Lock} />
        {t.leaveNote}
      </Act>
    </div>
  );
}

/** In the head: how many are unread, and the way to them. */
export function NotesButton({ program }: { program: number }) {
  const console = useConsole();
  const { shift } = console;
  const count = shift.unread(program).length;
  const open = () => {
    shift.shown.value = !shift.shown.peek();
    if (!shift.shown.peek()) return;
    console.place.value = "panel";
    queueMicrotask(() => document.getElementById("shift-notes-title")?.focus());
  };
  return (
    <button type="button" class="head-button" aria-pressed={shift.shown.value} onClick={open}>
      <Icon of={Lock} />
      <span class="head-button-text">{t.shiftNotes}</span>
      {count > 0 && <strong class="unread">{t.unread(count)}</strong>}
    </button>
  );
}
