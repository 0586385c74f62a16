// A panel at the side: one at a time, Escape leaves it, the keyboard goes back where it was.
import { CircleAlert, X } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon } from "../../lib/icon";
import { useModal } from "../../lib/modal";
import { t } from "../words";
import { usePlanner } from "./context";

interface Props {
  title: string;
  children: ComponentChildren;
  wide?: boolean;
}

export function SidePanel({ title, children, wide = false }: Props) {
  const planner = usePlanner();
  const dialog = useModal();
  const shut = () => {
    planner.panel.value = null;
  };
  return (
    <dialog
      ref={dialog}
      class={wide ? "side-panel side-panel-wide" : "side-panel"}
      aria-labelledby="panel-title"
      onClose={shut}
    >
      <div class="side-panel-head">
        <h2 id="panel-title">{title}</h2>
        <button type="button" class="button button-quiet" aria-label={t.close} onClick={shut}>
          <Icon of={X} />
        </button>
      </div>
      {children}
    </dialog>
  );
}

export function Problem({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <p class="field-error" id={id} role="alert" hidden={!children}>
      <Icon of={CircleAlert} />
      <span>{children}</span>
    </p>
  );
}

interface TextProps {
  id: string;
  label: string;
  value: string;
  change(value: string): void;
  problem?: string | undefined;
  help?: string | undefined;
  type?: "text" | "date";
  inputMode?: "numeric" | "text";
}

/** A label, its field, its help and what is wrong with it. */
export function Text({ id, label, value, change, problem, help, type = "text", inputMode = "text" }: TextProps) {
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      <input
        class="input"
        id={id}
        {...({ type, inputMode } as { type: "text" })}
        autocomplete="off"
        value={value}
        aria-invalid={problem ? "true" : undefined}
        aria-describedby={`${id}-help ${id}-error`}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <p class="field-help" id={`${id}-help`} hidden={!help}>
        {help}
      </p>
      <Problem id={`${id}-error`}>{problem}</Problem>
    </div>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  change(value: string): void;
}

export function Choice({ id, label, value, options, change }: ChoiceProps) {
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      <select class="input" id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

interface ButtonsProps {
  submit: string;
  busy?: boolean;
  children?: ComponentChildren;
}

export function Buttons({ submit, busy = false, children }: ButtonsProps) {
  const planner = usePlanner();
  return (
    <div class="buttons">
      <button type="submit" class="button button-primary" aria-busy={busy} aria-disabled={busy}>
        {submit}
      </button>
      {children}
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          planner.panel.value = null;
        }}
      >
        {t.cancel}
      </button>
    </div>
  );
}
