// A native dialog with a form: errors beside their fields, nothing typed lost, Escape and Cancel leave it.
import { useSignal } from "@preact/signals";
import { CircleAlert } from "lucide";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Icon } from "../../lib/icon";
import { useModal } from "../../lib/modal";
import type { Outcome } from "../station";
import { t } from "../words";
import { useStation } from "./context";

interface ModalProps {
  title: string;
  children: ComponentChildren;
  wide?: boolean;
}

/** A modal window. Only one is ever open; closing it gives the keyboard back where it was. */
export function Modal({ title, children, wide = false }: ModalProps) {
  const station = useStation();
  const dialog = useModal();
  const own = useRef(station.window.top.peek());
  return (
    <dialog
      ref={dialog}
      class={wide ? "modal modal-wide" : "modal"}
      aria-labelledby="modal-title"
      onClose={() => station.window.close(own.current)}
    >
      <h2 id="modal-title">{title}</h2>
      {children}
    </dialog>
  );
}

export function FieldError({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <p class="field-error" id={id} role="alert" hidden={!children}>
      <Icon of={CircleAlert} />
      {children}
    </p>
  );
}

/** The problems among these: field, whether something is wrong, and what to say. */
export function problemsOf(rows: [string, boolean, string][]): Record<string, string> {
  return Object.fromEntries(rows.filter(([, wrong]) => wrong).map(([name, , text]) => [name, text]));
}

interface FormProps {
  /** Look at what was typed: problems by field name, or nothing. */
  check(): Record<string, string>;
  act(): Promise<Outcome>;
  submit: string;
  children(problems: Record<string, string>): ComponentChildren;
}

/** A form in a modal: closes when the server has taken it. */
export function ModalForm({ check, act, submit, children }: FormProps) {
  const station = useStation();
  const problems = useSignal<Record<string, string>>({});
  const busy = useSignal(false);
  const onSubmit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    problems.value = check();
    if (Object.keys(problems.value).length) return;
    busy.value = true;
    const own = station.window.top.peek();
    const failure = await act();
    busy.value = false;
    if (!failure) {
      station.window.close(own);
      return;
    }
    const told = Object.entries(failure.fields).map(([name, texts]) => [name, texts.join(" ")]);
    problems.value = { ...Object.fromEntries(told), form: failure.message };
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      {children(problems.value)}
      <FieldError id="form-error">{problems.value["form"]}</FieldError>
      <div class="buttons">
        <button type="submit" class="button button-primary" aria-busy={busy.value}>
          {submit}
        </button>
        <button type="button" class="button button-quiet" onClick={() => station.window.close()}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}

interface AreaProps {
  name: string;
  label: string;
  help: string;
  value: string;
  problem: string | undefined;
  required?: boolean;
  change(value: string): void;
}

export function Area({ name, label, help, value, problem, required, change }: AreaProps) {
  return (
    <div class="field">
      <label class="label" for={name}>
        {label}
      </label>
      <textarea
        class="input"
        id={name}
        rows={4}
        value={value}
        aria-invalid={problem ? "true" : undefined}
        aria-required={required}
        aria-describedby={`${name}-help ${name}-error`}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <p class="field-help" id={`${name}-help`}>
        {help}
      </p>
      <FieldError id={`${name}-error`}>{problem}</FieldError>
    </div>
  );
}
