// What is said of the line and the login. Minutes count without being read aloud each time.
import { useSignal } from "@preact/signals";
import { CircleAlert, Clock, LogIn, Wifi, WifiOff } from "lucide";
import { Icon } from "../../lib/icon";
import { clockText, minutesUntil } from "../../lib/time";
import { extendLogin } from "../acts";
import { now } from "../clock";
import { language, t } from "../words";
import { Act } from "./act";
import { useStation } from "./context";

const SIGN_IN = "/accounts/login/";

/** The line is lost, or nobody is signed in: said at once. */
export function LineBar() {
  const { line } = useStation();
  return (
    <div role="alert">
      {line.value === "lost" && (
        <p class="notice banner">
          <Icon of={CircleAlert} />
          {t.lost}
        </p>
      )}
      {line.value === "signed_out" && <SignedOut />}
    </div>
  );
}

function SignedOut() {
  const station = useStation();
  const tried = useSignal(false);
  const goOn = async () => {
    tried.value = false;
    await station.resume();
    tried.value = station.line.value === "signed_out";
  };
  return (
    <p class="notice banner">
      <Icon of={CircleAlert} />
      <span>{tried.value ? t.notSignedOut : t.signedOut}</span>
      <a class="button button-small" href={SIGN_IN} target="_blank" rel="noopener">
        {t.signInAgain}
      </a>
      <button type="button" class="button button-small" onClick={goOn}>
        {t.signedBackIn}
      </button>
    </p>
  );
}

export function LoginBar() {
  const station = useStation();
  const { login, line } = station;
  const warning = line.value === "signed_out" ? null : login.warning.value;
  const at = warning ? new Date(warning.at).toISOString() : "";
  const minutes = warning ? Math.max(0, minutesUntil(at, now.value)) : 0;
  return (
    <>
      {warning?.kind === "idle" && (
        <p class="notice notice-plain banner">
          <Icon of={Clock} />
          <span>{t.idleEnds(minutes)}</span>
          <Act class="button button-small button-primary" act={() => extendLogin(station)}>
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

export function LineMark() {
  const { line } = useStation();
  const says = { open: t.lineOpen, opening: t.lineOpening, lost: t.lineLost, signed_out: t.lineSignedOut };
  return (
    <span class="head-item line-mark small" data-state={line.value}>
      <Icon of={line.value === "open" ? Wifi : WifiOff} />
      {says[line.value]}
    </span>
  );
}
