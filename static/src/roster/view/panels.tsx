// The one panel that is open.
import { t } from "../words";
import { usePlanner } from "./context";
import { SidePanel } from "./panel";
import { PatternPanel } from "./patternpanel";
import { RequiredPanel } from "./requiredpanel";
import { ShiftPanel } from "./shiftpanel";
import { CopyPanel, PublishPanel } from "./weekpanels";

export function Panels() {
  const panel = usePlanner().panel.value;
  switch (panel?.kind) {
    case "shift":
      return <ShiftPanel cell={panel.cell} shiftKey={panel.key} />;
    case "copy":
      return <CopyPanel />;
    case "publish":
      return <PublishPanel />;
    case "patterns":
      return <PatternPanel />;
    case "required":
      return <RequiredPanel />;
    case "keys":
      return <KeysPanel />;
    default:
      return null;
  }
}

function KeysPanel() {
  return (
    <SidePanel title={t.keysTitle}>
      <dl class="roster-keys">
        {t.keys.map(([keys, does]) => (
          <div key={keys}>
            <dt>{keys}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </SidePanel>
  );
}
