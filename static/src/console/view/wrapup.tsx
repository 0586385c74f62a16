// After the talk: its record is due. It is written on a page of its own; here is the way there, and the way back.
import { NotebookPen } from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../lib/icon";
import { Act } from "../../staff/view/act";
import { reopen } from "../acts";
import type { Talk } from "../talk";
import { t } from "../words";
import { Aftercare } from "./aftercare";
import { useConsole } from "./context";

export function WrapUp({ talk }: { talk: Talk }) {
  const console = useConsole();
  const view = talk.header;
  const title = useRef<HTMLHeadingElement>(null);
  // Behind an open window nothing can take the keyboard.
  const wanted = console.focusWish.value === talk.id && console.dialog.value === null;
  useLayoutEffect(() => {
    if (!wanted) return;
    title.current?.focus();
    console.focusWish.value = null;
  }, [wanted]);
  // Who was writing when the talk ended has lost the field: here it goes on. The title, so that no key chooses anything.
  useLayoutEffect(() => {
    if (document.activeElement === document.body && console.active.peek() === talk) title.current?.focus();
  }, []);
  return (
    <section class="wrap-up" aria-labelledby={`wrap-up-${talk.id}`}>
      <h3 id={`wrap-up-${talk.id}`} ref={title} tabIndex={-1}>
        {t.wrapUp}
      </h3>
      <p class="small soft">
        {t.wrapUpHelp} {t.endReason}: {t.endReasons[view.end_reason] ?? view.end_reason}
      </p>
      {view.counselor?.id === console.me.value.id && <Aftercare talk={talk} />}
      <div class="buttons">
        <RecordLink talk={talk} look="button button-primary">
          {t.writeRecord}
        </RecordLink>
        <Act class="button button-quiet" act={() => reopen(console, talk)}>
          {t.reopen}
        </Act>
      </div>
    </section>
  );
}

/** To the talk's record, in a tab of its own: what is written there is kept there. */
export function RecordLink({ talk, look, children }: { talk: Talk; look: string; children: string }) {
  const console = useConsole();
  const { program, id } = talk.header;
  const slug = console.me.value.programs.find((one) => one.id === program)?.slug;
  return (
    <a class={look} href={`/programs/${slug}/records/${id}/`} target="_blank" rel="noopener">
      <Icon of={NotebookPen} /> {children}
      <span class="visually-hidden">{t.newTab}</span>
    </a>
  );
}
