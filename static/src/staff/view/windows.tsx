// Windows that every page of staff has: preferences, the list of keys.
import { useSignal } from "@preact/signals";
import { prefer } from "../acts";
import { allowNotices } from "../alerts";
import type { Preferences } from "../me";
import { t } from "../words";
import { useStation } from "./context";
import { FieldError, Modal } from "./form";

export function Done() {
  const station = useStation();
  return (
    <div class="buttons">
      <button type="button" class="button" onClick={() => station.window.close()}>
        {t.done}
      </button>
    </div>
  );
}

export type Wish = [keyof Preferences, string, string];

/** How a person likes the page: each wish with its name and what it means. */
export function PreferencesWindow({ wishes }: { wishes: Wish[] }) {
  const station = useStation();
  const problem = useSignal("");
  const change = async (name: keyof Preferences, value: boolean) => {
    problem.value = "";
    if (name === "desktop_notice" && value && !(await allowNotices())) problem.value = t.prefDesktopDenied;
    else problem.value = (await prefer(station, { [name]: value }))?.message ?? "";
  };
  return (
    <Modal title={t.preferences}>
      {wishes.map(([name, label, help]) => (
        <div key={name} class="field choice">
          <input
            type="checkbox"
            id={`wish-${name}`}
            checked={station.me.value[name]}
            aria-describedby={`wish-${name}-help`}
            onChange={(event) => {
              const box = event.currentTarget;
              void change(name, box.checked).then(() => {
                box.checked = station.me.value[name];
              });
            }}
          />
          <label for={`wish-${name}`}>
            {label}
            <span class="field-help block" id={`wish-${name}-help`}>
              {help}
            </span>
          </label>
        </div>
      ))}
      <FieldError id="wish-error">{problem.value}</FieldError>
      <Done />
    </Modal>
  );
}

export function KeysWindow({ keys }: { keys: [string, string][] }) {
  return (
    <Modal title={t.keys}>
      <dl class="keys">
        {keys.map(([names, does]) => (
          <div key={names} class="keys-row">
            <dt>
              {names.split(" / ").map((one, index) => (
                <span key={one}>
                  {index > 0 && " / "}
                  <kbd>{one}</kbd>
                </span>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Done />
    </Modal>
  );
}
