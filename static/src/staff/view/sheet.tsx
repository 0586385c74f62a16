// The emergency sheet of a session: the way there for who may steer it, and that an agency was told.
import { PhoneForwarded } from "lucide";
import { Icon } from "../../lib/icon";
import { clockText } from "../../lib/time";
import type { SessionView } from "../../protocol";
import { language, t } from "../words";

/** In a tab of its own: the talk stays on the screen. */
export function SheetLink({ view, tabIndex }: { view: SessionView; tabIndex?: number }) {
  return (
    <a
      class="button button-small"
      href={`/sessions/${view.id}/sheet/`}
      target="_blank"
      rel="noopener"
      tabIndex={tabIndex ?? 0}
      aria-label={t.sheetOf(view.pseudonym)}
    >
      {t.sheet}
    </a>
  );
}

/** Police or another agency was told: since when. */
export function Reported({ view }: { view: SessionView }) {
  if (!view.reported_at) return null;
  return (
    <span class="row small reported">
      <Icon of={PhoneForwarded} />
      {t.reported(clockText(view.reported_at, language))}
    </span>
  );
}
