// What to think of: double bookings and hours that wear people out, in words; they stop nothing.
import { useSignal } from "@preact/signals";
import { TriangleAlert } from "lucide";
import { Icon } from "../../lib/icon";
import { OPEN_PLACES } from "../interfaces";
import { warningText } from "../warnings";
import { t } from "../words";
import { usePlanner } from "./context";

const MOST_AT_FIRST = 12;

export function Warnings() {
  const planner = usePlanner();
  const all = useSignal(false);
  const concerns = planner.concerns.value;
  const told = all.value ? concerns : concerns.slice(0, MOST_AT_FIRST);
  return (
    <section class="roster-warnings no-print" aria-labelledby="warnings">
      <h2 id="warnings">{t.warnings}</h2>
      {concerns.length === 0 ? (
        <p class="soft">{t.noWarnings}</p>
      ) : (
        <>
          <p class="small soft">{t.warningsHelp}</p>
          <ul>
            {told.map((one) => (
              <li key={`${one.kind} ${one.user} ${one.on}`}>
                <Icon of={TriangleAlert} /> {warningText(one, planner.nameOf(one.user ?? OPEN_PLACES))}
              </li>
            ))}
          </ul>
          {told.length < concerns.length && (
            <button
              type="button"
              class="button button-quiet"
              onClick={() => {
                all.value = true;
              }}
            >
              {t.warningsAll(concerns.length)}
            </button>
          )}
        </>
      )}
    </section>
  );
}
