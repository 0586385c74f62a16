// Which window is open; and those that belong to no talk: preferences, the list of keys, a picture.
import { useSignal } from "@preact/signals";
import { prefer } from "../acts";
import { allowNotices } from "../alerts";
import type { Preferences } from "../interfaces";
import { attachmentPath } from "../network";
import { t } from "../words";
import { useConsole } from "./context";
import { End, HandOver, Requeue, SetRisk } from "./dialogs";
import { FieldError, Modal } from "./form";

export function Windows() {
  const console = useConsole();
  const wish = console.dialog.value;
  const talk = console.active.value;
  if (wish === "preferences") return <PreferencesWindow />;
  if (wish === "keys") return <KeysWindow />;
  if (wish && typeof wish === "object") return <PictureWindow id={wish.picture} />;
  if (!wish || !talk) return null;
  const Window = { handOver: HandOver, requeue: Requeue, risk: SetRisk, end: End }[wish];
  return <Window key={`${wish}-${talk.id}`} talk={talk} />;
}

function Done() {
  const console = useConsole();
  return (
    <div class="buttons">
      <button
        type="button"
        class="button"
        onClick={() => {
          console.dialog.value = null;
        }}
      >
        {t.done}
      </button>
    </div>
  );
}

const WISHES: [keyof Preferences, string, string][] = [
  ["enter_sends", t.prefEnter, t.prefEnterHelp],
  ["sound", t.prefSound, t.prefSoundHelp],
  ["desktop_notice", t.prefDesktop, t.prefDesktopHelp],
];

function PreferencesWindow() {
  const console = useConsole();
  const problem = useSignal("");
  const change = async (name: keyof Preferences, value: boolean) => {
    problem.value = "";
    if (name === "desktop_notice" && value && !(await allowNotices())) problem.value = t.prefDesktopDenied;
    else problem.value = (await prefer(console, { [name]: value }))?.message ?? "";
  };
  return (
    <Modal title={t.preferences}>
      {WISHES.map(([name, label, help]) => (
        <div key={name} class="field choice">
          <input
            type="checkbox"
            id={`wish-${name}`}
            checked={console.me.value[name]}
            aria-describedby={`wish-${name}-help`}
            onChange={(event) => {
              const box = event.currentTarget;
              void change(name, box.checked).then(() => {
                box.checked = console.me.value[name];
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

function KeysWindow() {
  return (
    <Modal title={t.keys}>
      <dl class="keys">
        {t.keyList.map(([keys, does]) => (
          <div key={keys} class="keys-row">
            <dt>
              {keys.split(" / ").map((one, index) => (
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

function PictureWindow({ id }: { id: number }) {
  return (
    <Modal title={t.picture} wide>
      <img class="picture-large" src={attachmentPath(id)} alt={t.picture} />
      <Done />
    </Modal>
  );
}
