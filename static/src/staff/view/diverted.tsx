// That the queue is for supervisors alone just now: by whom and since when, wherever the program is shown.
import { LifeBuoy } from "lucide";
import { Icon } from "../../lib/icon";
import { clockText } from "../../lib/time";
import type { Diversion } from "../../protocol";
import { language, t } from "../words";

export function DivertedMark({ diverted }: { diverted: Diversion }) {
  const at = clockText(diverted.since, language);
  return (
    <>
      <Icon of={LifeBuoy} />
      <span>
        <strong>{t.diverted}</strong> {diverted.by ? t.divertedBy(diverted.by.name, at) : t.divertedAt(at)}
      </span>
    </>
  );
}
