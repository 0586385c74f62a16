// What a supervisor's hand did to a whole program: by whom and since when, wherever the program is shown.
import { type IconNode, LifeBuoy, OctagonPause } from "lucide";
import { Icon } from "../../lib/icon";
import { clockText } from "../../lib/time";
import type { ByHand, Reception } from "../../protocol";
import { language, t } from "../words";

/** The queue is for supervisors alone; reception takes nobody new. */
export function ByHandMarks({
  reception,
  help,
}: {
  reception: Reception;
  help: (which: "paused" | "diverted") => string;
}) {
  const { paused, diverted } = reception;
  return (
    <>
      {paused && <Mark of={OctagonPause} says={t.paused} did={paused} help={help("paused")} />}
      {diverted && <Mark of={LifeBuoy} says={t.diverted} did={diverted} help={help("diverted")} />}
    </>
  );
}

function Mark({ of, says, did, help }: { of: IconNode; says: string; did: ByHand; help: string }) {
  const at = clockText(did.since, language);
  return (
    <p class="notice notice-plain banner by-hand">
      <Icon of={of} />
      <span>
        <strong>{says}</strong> {did.by ? t.doneBy(did.by.name, at) : t.doneAt(at)}
        {help && <span class="block small">{help}</span>}
      </span>
    </p>
  );
}
