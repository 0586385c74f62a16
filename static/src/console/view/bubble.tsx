// One message as the counselor reads it, and one word of mine that is still on its way.

import type { IconNode } from "lucide";
import { Ban, Check, CircleAlert, CircleHelp, Download, Hourglass, Lock, RotateCw } from "lucide";
import { Icon } from "../../lib/icon";
import type { Word } from "../../lib/outbox";
import { clockText } from "../../lib/time";
import type { AttachmentView, DeliveryView, FindingView, MessageView } from "../../protocol";
import { Act } from "../../staff/view/act";
import { decide } from "../acts";
import { attachmentPath } from "../network";
import type { Talk } from "../talk";
import { language, t } from "../words";
import { useConsole } from "./context";
import { FoundWords, Marked } from "./found";

export function Bubble({ message, acting }: { message: MessageView; acting: boolean }) {
  const me = useConsole().me.value.id;
  const { author, by } = message;
  const who = author === "auto" ? t.auto : author === "counselor" && by ? (by.id === me ? t.me : by.name) : "";
  return (
    <li class={`said said-${author}`} data-seq={message.seq}>
      <div class="words">
        <Content message={message} />
        {!message.unsent && <FoundWords text={message.text} findings={message.findings} />}
      </div>
      <p class="said-foot">
        {who && <span>{who}</span>}
        {message.before_consent && <span>{t.beforeConsent}</span>}
        <time dateTime={message.at}>{clockText(message.at, language)}</time>
        {author === "counselor" && <DeliveryMark delivery={message.delivery} />}
      </p>
      {message.delivery && <DeliveryTrouble delivery={message.delivery} acting={acting} />}
    </li>
  );
}

function Content({ message }: { message: MessageView }) {
  if (message.unsent)
    return (
      <p class="tombstone" title={t.unsentHelp}>
        <Icon of={Ban} /> {t.unsent}
      </p>
    );
  const { attachment, kind, text } = message;
  return (
    <>
      {kind === "sticker" && <p class="sticker">{t.stickerOf(text)}</p>}
      {kind === "unknown" && <p class="soft">{t.kinds.unknown}</p>}
      {kind === "location" && text && <Text text={`${t.kinds.location}: ${text}`} />}
      {kind !== "sticker" && kind !== "location" && text && <Text text={text} findings={message.findings} />}
      {attachment && <Attachment attachment={attachment} kind={kind} />}
    </>
  );
}

/** Words exactly as they were written: every line, and no foreign direction leaking out. */
function Text({ text, findings = [] }: { text: string; findings?: FindingView[] }) {
  return (
    <p class="text" dir="auto">
      <Marked text={text} findings={findings} />
    </p>
  );
}

function Attachment({ attachment, kind }: { attachment: AttachmentView; kind: MessageView["kind"] }) {
  const console = useConsole();
  const { id, state, width, height, content_type, size } = attachment;
  const name = t.kinds[kind];
  if (state === "pending") return <p class="soft">{t.attachmentPending(name)}</p>;
  if (state === "gone") return <p class="soft">{t.attachmentGone(name)}</p>;
  if (state === "refused") return <p class="soft">{t.attachmentRefused(name)}</p>;
  if (kind === "image")
    return (
      <button
        type="button"
        class="picture"
        aria-label={t.enlarge}
        onClick={() => {
          console.dialog.value = { picture: id };
        }}
      >
        <img src={attachmentPath(id)} alt={t.picture} width={width || undefined} height={height || undefined} />
      </button>
    );
  return (
    <a class="file" href={attachmentPath(id)} download>
      <Icon of={Download} />
      {`${name} · ${content_type} · ${sizeText(size)} · ${t.download}`}
    </a>
  );
}

function sizeText(bytes: number): string {
  return bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`;
}

const MARKS: Record<DeliveryView["state"], IconNode> = {
  queued: Hourglass,
  sending: Hourglass,
  sent: Check,
  refused: CircleAlert,
  unknown: CircleHelp,
  dismissed: Ban,
};

function DeliveryMark({ delivery }: { delivery: DeliveryView | null }) {
  // Words to the web are with the visitor as soon as they are kept.
  const state = delivery?.state ?? "sent";
  return (
    <span class="delivery" data-state={state}>
      <Icon of={MARKS[state]} />
      {t.delivery[state]}
    </span>
  );
}

/** Why words did not get through. Any plain refusal of the platform (http_400, http_403 …) is told as one. */
function reasonText(reason: string): string {
  return t.reasons[/^http_[34]/.test(reason) ? "refused" : reason] ?? t.reasonOther;
}

function DeliveryTrouble({ delivery, acting }: { delivery: DeliveryView; acting: boolean }) {
  const console = useConsole();
  const { id, state, reason } = delivery;
  if (state === "queued" && reason) return <p class="said-note">{reasonText(reason)}</p>;
  if (state !== "refused" && state !== "unknown") return null;
  const choice = (decision: "resend" | "arrived" | "dismiss") => (
    <Act class="button button-small" act={() => decide(console, id, decision)}>
      {t[decision]}
    </Act>
  );
  return (
    <div class="said-note">
      <p>
        {reasonText(reason)} {state === "unknown" && t.unknownHelp}
      </p>
      {acting && (
        <p class="row">
          {choice("resend")}
          {state === "unknown" && choice("arrived")}
          {choice("dismiss")}
        </p>
      )}
    </div>
  );
}

/** My words before the server has them: grey, and with a way out when they were refused. */
export function Pending({ word, talk, note = false }: { word: Word; talk: Talk; note?: boolean }) {
  const lineIsOpen = useConsole().line.value === "open";
  const failed = word.state === "failed";
  const waits = word.tries > 0 || !lineIsOpen;
  const says = failed ? t.notSent : waits ? t.toBeSent : t.sending;
  return (
    <li class={`${note ? "note" : "said said-counselor"} pending`} data-state={word.state}>
      <div class="words">
        <Text text={word.text} />
      </div>
      <p class="said-foot">
        {note && <Icon of={Lock} />}
        <Icon of={failed ? CircleAlert : Hourglass} />
        {says}
      </p>
      {failed && (
        <div class="said-note" role="alert">
          <p>{word.reason}</p>
          <p class="row">
            <button type="button" class="button button-small" onClick={() => talk.retry(word.clientId)}>
              <Icon of={RotateCw} />
              {t.retry}
            </button>
            <button type="button" class="button button-small" onClick={() => talk.takeBack(word.clientId)}>
              {t.takeBack}
            </button>
          </p>
        </div>
      )}
    </li>
  );
}
