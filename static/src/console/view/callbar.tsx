// A call for a supervisor as its talk shows it: how long it is, whom it has come to, who comes.
import { BellRing } from "lucide";
import { Icon } from "../../lib/icon";
import { durationText, secondsSince } from "../../lib/time";
import { now } from "../../staff/clock";
import { Act } from "../../staff/view/act";
import { Elapsed } from "../../staff/view/marks";
import { callSupervisor, endCall } from "../along";
import type { Talk } from "../talk";
import { language, t } from "../words";
import { useName } from "./along";
import { useConsole } from "./context";

/** In the talk of who called, and of who came. */
export function CallBar({ talk }: { talk: Talk }) {
  const console = useConsole();
  const name = useName(talk.header.program);
  const { call } = talk.header;
  // What waits to be approved calls until it is decided or taken back.
  const mayEnd = (talk.mine && call?.kind !== "approval") || call?.answered_by === console.me.value.id;
  return (
    <div class="call-bar row small" role="status" hidden={!call}>
      {call && <Icon of={BellRing} />}
      {call && (call.answered_by ? <strong>{t.callAnswered(name(call.answered_by))}</strong> : <Open talk={talk} />)}
      {call && mayEnd && (
        <Act class="button button-small" act={() => endCall(console, talk)}>
          {call.answered_by ? t.endCall : t.takeCallBack}
        </Act>
      )}
    </div>
  );
}

function Open({ talk }: { talk: Talk }) {
  const { call } = talk.header;
  if (!call) return null;
  const left = call.due_at ? -secondsSince(call.due_at, now.value) : 0;
  return (
    <>
      <strong>
        <Elapsed since={call.at} say={t.called[call.kind]} />
      </strong>
      {call.step > 0 && <span>{t.callSteps[call.step]}</span>}
      {left > 0 && <span aria-hidden="true">{t.callNext(durationText(left, language))}</span>}
    </>
  );
}

/** One press each, as one key each: what is pressed by mistake is taken back with one more. */
export function CallButtons({ talk }: { talk: Talk }) {
  const console = useConsole();
  const { call, state } = talk.header;
  if (!talk.mine || (state !== "active" && state !== "held")) return null;
  const make = (kind: "consult" | "urgent") => () => callSupervisor(console, talk, kind);
  return (
    <>
      <Act class="button button-small" disabled={call !== null && call.kind !== "approval"} act={make("consult")}>
        {t.callConsult}
      </Act>
      <Act class="button button-small button-urgent" disabled={call?.kind === "urgent"} act={make("urgent")}>
        {t.callUrgent}
      </Act>
    </>
  );
}
