// Which window is open; and those that belong to no talk: preferences, the list of keys, a picture.
import { Modal } from "../../staff/view/form";
import { Done, KeysWindow, PreferencesWindow, type Wish } from "../../staff/view/windows";
import { attachmentPath } from "../network";
import { t } from "../words";
import { HandBack, ReadAlong } from "./along";
import { CheckOut } from "./checkout";
import { useConsole } from "./context";
import { End } from "./dialogs";
import { HandOver } from "./handover";

const WISHES: Wish[] = [
  ["enter_sends", t.prefEnter, t.prefEnterHelp],
  ["sound", t.prefSound, t.prefSoundHelp],
  ["desktop_notice", t.prefDesktop, t.prefDesktopHelp],
];

export function Windows() {
  const console = useConsole();
  const wish = console.dialog.value;
  if (wish === "preferences") return <PreferencesWindow wishes={WISHES} />;
  if (wish === "keys") return <KeysWindow keys={t.keyList} />;
  if (!wish) return null;
  if ("picture" in wish) return <PictureWindow id={wish.picture} />;
  if ("checkOut" in wish) return <CheckOut key="check-out" program={wish.checkOut} />;
  const view = console.faceOf(wish.session);
  if (!view) return null;
  const key = `${wish.deed}-${view.id}`;
  if (wish.deed === "end") return <End key={key} view={view} />;
  if (wish.deed === "read") return <ReadAlong key={key} view={view} />;
  if (wish.deed === "handBack") return <HandBack key={key} view={view} />;
  return <HandOver key={key} view={view} toQueue={wish.deed === "requeue"} />;
}

function PictureWindow({ id }: { id: number }) {
  return (
    <Modal title={t.picture} wide>
      <img class="picture-large" src={attachmentPath(id)} alt={t.picture} />
      <Done />
    </Modal>
  );
}
