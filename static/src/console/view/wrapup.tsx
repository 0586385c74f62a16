// After the talk: what it was, in the place of the field, with a way back.
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Act } from "../../staff/view/act";
import { FieldError } from "../../staff/view/form";
import { close, reopen } from "../acts";
import { CLASSIFICATIONS, type Classification } from "../interfaces";
import type { Talk } from "../talk";
import { t } from "../words";
import { Aftercare } from "./aftercare";
import { useConsole } from "./context";

const THANKS: [string, boolean | null][] = [
  [t.yes, true],
  [t.no, false],
  [t.notKnown, null],
];

export function WrapUp({ talk }: { talk: Talk }) {
  const console = useConsole();
  const view = talk.header;
  const proposed = view.trial ? "test" : "";
  const classification = useSignal<Classification | "">((view.classification as Classification) || proposed);
  const thankful = useSignal<boolean | null>(view.thankful_end);
  const missing = useSignal(false);
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
  const act = async () => {
    missing.value = !classification.value;
    return classification.value ? close(console, talk, classification.value, thankful.value) : null;
  };
  return (
    <section class="wrap-up" aria-labelledby={`wrap-up-${talk.id}`}>
      <h3 id={`wrap-up-${talk.id}`} ref={title} tabIndex={-1}>
        {t.wrapUp}
      </h3>
      <p class="small soft">
        {t.wrapUpHelp} {t.endReason}: {t.endReasons[view.end_reason] ?? view.end_reason}
      </p>
      <fieldset class="field" aria-describedby={`classification-error-${talk.id}`}>
        <legend>{t.classification}</legend>
        <div class="choices">
          {CLASSIFICATIONS.map((one) => (
            <label key={one} class="chip">
              <input
                type="radio"
                name={`classification-${talk.id}`}
                checked={classification.value === one}
                onChange={() => {
                  classification.value = one;
                }}
              />
              {t.classifications[one]}
            </label>
          ))}
        </div>
        <FieldError id={`classification-error-${talk.id}`}>{missing.value && t.classificationMissing}</FieldError>
      </fieldset>
      <fieldset class="field">
        <legend>{t.thankful}</legend>
        <p class="field-help">{t.thankfulHelp}</p>
        <div class="choices">
          {THANKS.map(([name, value]) => (
            <label key={name} class="chip">
              <input
                type="radio"
                name={`thankful-${talk.id}`}
                checked={thankful.value === value}
                onChange={() => {
                  thankful.value = value;
                }}
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      {view.counselor?.id === console.me.value.id && <Aftercare talk={talk} />}
      <div class="buttons">
        <Act class="button button-primary" act={act}>
          {t.close}
        </Act>
        <Act class="button button-quiet" act={() => reopen(console, talk)}>
          {t.reopen}
        </Act>
      </div>
    </section>
  );
}
