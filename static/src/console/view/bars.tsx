// Calm bars that stay until they were read or are no longer true: the shift's end, the login's end. Their minutes count
// without being read aloud each time: that they came is said once, by tellTimes.
import { Clock, LogIn } from "lucide";
import { Icon } from "../../lib/icon";
import { clockText } from "../../lib/time";
import { now } from "../clock";
import { type Ending, minutesUntil } from "../duty";
import { extendLogin } from "../shiftacts";
import { heldOn } from "../store";
import { language, t } from "../words";
import { Act } from "./act";
import { Held } from "./checkout";
import { programOf, useConsole } from "./context";

export const SIGN_IN = "/accounts/login/";

export function ShiftBars() {
  const { shift } = useConsole();
  return (
    <>
      {shift.endings.value.map((ending) => (
        <ShiftBar key={ending.key} ending={ending} />
      ))}
    </>
  );
}

function ShiftBar({ ending }: { ending: Ending }) {
  const console = useConsole();
  const { program, ends_at, key } = ending;
  const board = console.boards.value.get(program);
  const held = board ? heldOn(board, console.me.value.id) : [];
  const name = console.boards.value.size > 1 ? (programOf(console, program)?.name ?? "") : "";
  return (
    <section class="notice notice-plain banner shift-bar" aria-label={t.shiftEnd}>
      <p class="row">
        <Icon of={Clock} />
        <span>
          <strong>{leftOf(minutesUntil(ends_at, now.value), clockText(ends_at, language))}</strong> {name}{" "}
          {held.length ? t.shiftEndHeld(held.length) : t.shiftEndFree}
        </span>
        <button type="button" class="button button-small" onClick={() => console.shift.markRead(key)}>
          {t.dismissNotice}
        </button>
        <button type="button" class="button button-small" onClick={() => console.window.ask({ checkOut: program })}>
          {t.toCheckOut}
        </button>
      </p>
      {held.length > 0 && (
        <ul class="held-list">
          {held.map((view) => (
            <Held key={view.id} view={view} />
          ))}
        </ul>
      )}
    </section>
  );
}

function leftOf(minutes: number, at: string): string {
  if (minutes > 0) return t.shiftEndsIn(minutes, at);
  return minutes === 0 ? t.shiftEnds(at) : t.overtime(-minutes);
}

export function LoginBar() {
  const console = useConsole();
  const { login, line } = console;
  const warning = line.value === "signed_out" ? null : login.warning.value;
  const at = warning ? new Date(warning.at).toISOString() : "";
  const minutes = warning ? Math.max(0, minutesUntil(at, now.value)) : 0;
  return (
    <>
      {warning?.kind === "idle" && (
        <p class="notice notice-plain banner">
          <Icon of={Clock} />
          <span>{t.idleEnds(minutes)}</span>
          <Act class="button button-small button-primary" act={() => extendLogin(console)}>
            {t.goOn}
          </Act>
        </p>
      )}
      {warning?.kind === "end" && (
        <p class="notice notice-plain banner">
          <Icon of={LogIn} />
          <span>{t.loginEnds(minutes, clockText(at, language))}</span>
          <a class="button button-small" href={SIGN_IN_ANEW} target="_blank" rel="noopener">
            {t.signInAnew}
          </a>
        </p>
      )}
    </>
  );
}

/** Somebody who is signed in is led past the sign-in: out first. */
const SIGN_IN_ANEW = "/accounts/logout/";
