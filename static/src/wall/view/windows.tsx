// Which window is open; and those that ask once more before something is done to a whole program.
import { Modal, ModalForm } from "../../staff/view/form";
import { KeysWindow, PreferencesWindow, type Wish } from "../../staff/view/windows";
import { turn } from "../acts";
import type { Switch } from "../ctrl";
import { t } from "../words";
import { CallIn } from "./callin";
import { nameOf, useWall } from "./context";
import { Protect } from "./protect";
import { Reassign } from "./reassign";

const WISHES: Wish[] = [
  ["sound", t.prefSound, t.prefSoundHelp],
  ["desktop_notice", t.prefDesktop, t.prefDesktopHelp],
];

export function Windows() {
  const wish = useWall().window.top.value;
  if (wish === "preferences") return <PreferencesWindow wishes={WISHES} />;
  if (wish === "keys") return <KeysWindow keys={t.keyList} />;
  if (!wish) return null;
  if ("reassign" in wish) return <Reassign key={`reassign-${wish.reassign}`} program={wish.reassign} />;
  if ("protect" in wish) return <Protect key={`protect-${wish.protect.id}`} view={wish.protect} />;
  if ("callIn" in wish) return <CallIn key={`call-in-${wish.callIn}`} program={wish.callIn} />;
  return <Turn key={`${wish.turn}-${wish.program}`} program={wish.program} which={wish.turn} />;
}

function Turn({ program, which }: { program: number; which: Switch }) {
  const wall = useWall();
  const says = t.turns[which];
  return (
    <Modal title={says.title(nameOf(wall, program))}>
      <ModalForm submit={says.go} check={() => ({})} act={() => turn(wall, program, which)}>
        {() => <p class="turn-help">{says.help}</p>}
      </ModalForm>
    </Modal>
  );
}
