// Which window is open; and those that belong to no talk: preferences, the list of keys, a picture.
import { useSignal } from "@preact/signals";
import { prefer } from "../acts";
import { allowNotices } from "../alerts";
import type { Preferences } from "../interfaces";
import { attachmentPath } from "../network";
import { t } from "../words";
import { CheckOut } from "./checkout";
import { useConsole } from "./context";
import { End, SetRisk } from "./dialogs";
import { FieldError, Modal } from "./form";
import { HandOver } from "./handover";

export function Windows() {
  const console = useConsole();
  const wish = console.dialog.value;
  if (wish === "preferences") return <PreferencesWindow />;
  if (wish === "keys") return <KeysWindow />;
  if (!wish) return null;
  if ("picture" in wish) return <PictureWindow id={wish.picture} />;
  if ("checkOut" in wish) return <CheckOut key="check-out" program={wish.checkOut} />;
  const view = console.faceOf(wish.session);
  if (!view) return null;
  const key = `${wish.deed}-${view.id}`;
  if (wish.deed === "risk") return <SetRisk key={key} view={view} />;
  if (wish.deed === "end") return <End key={key} view={view} />;
  return <HandOver key={key} view={view} toQueue={wish.deed === "requeue"} />;
}

function Done() {
  const console = useConsole();
  return (
    <div class="buttons">
      <button type="button" class="button" onClick={() => console.window.close()}>
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
