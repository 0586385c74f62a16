// What is not saved: waiting because the line is down, or refused and put back, with the reason.
import { CircleAlert, CloudOff } from "lucide";
import { Icon } from "../../lib/icon";
import { dayOf, dayText, spanText } from "../days";
import { OPEN_PLACES } from "../interfaces";
import { language, t } from "../words";
import { usePlanner } from "./context";

/** Edits that wait for the line: they stay in sight until they are saved. */
export function Saving() {
  const { book } = usePlanner();
  const failure = book.stuck.value;
  if (!failure || !book.owed.value) return null;
  return (
    <div class="roster-unsaved notice notice-plain no-print" role="alert">
      <Icon of={CloudOff} />
      <div>
        <p>
          {t.unsaved(book.owed.value)}
          {failure.message}
        </p>
        <div class="buttons">
          <button type="button" class="button" onClick={() => book.sending.wake()}>
            {t.retry}
          </button>
          {failure.code === "signed_out" && (
            <a class="button" href="/accounts/login/" target="_blank" rel="noopener">
              {t.signIn}
            </a>
          )}
        </div>
      </div>
    </div>
  );
}

export function Trouble() {
  const { trouble } = usePlanner();
  if (!trouble.value) return null;
  return (
    <div class="notice notice-plain" role="alert">
      <Icon of={CircleAlert} />
      <p>{trouble.value}</p>
    </div>
  );
}

/** Refused edits: the cell is as it was before, and here is why. */
export function Refusals() {
  const planner = usePlanner();
  const refusals = planner.refusals.value;
  if (!refusals.length) return null;
  return (
    <section class="notice notice-plain no-print" role="alert" aria-labelledby="refused">
      <Icon of={CircleAlert} />
      <div>
        <h2 id="refused" class="label">
          {t.refusedTitle}
        </h2>
        <ul>
          {refusals.map((one) => (
            <li key={one}>
              {planner.nameOf(one.shift.user ?? OPEN_PLACES)} {dayText(dayOf(one.shift), language)}{" "}
              {spanText(one.shift)}: {one.why}
            </li>
          ))}
        </ul>
        <button
          type="button"
          class="button"
          onClick={() => {
            planner.refusals.value = [];
          }}
        >
          {t.dismiss}
        </button>
      </div>
    </section>
  );
}
