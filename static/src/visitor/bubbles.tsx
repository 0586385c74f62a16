// The transcript: who said what and when, day by day, and the visitor's words that are still on their way.
import { useMemo } from "preact/hooks";
import { isBlank } from "../lib/composer";
import type { Word } from "../lib/outbox";
import { pageLanguage } from "../lib/text";
import { clockText, dayKey, dayLine } from "../lib/time";
import type { TalkMessage } from "../protocol";
import { Ruby } from "./ruby";
import { unsaid } from "./store";
import type { Talk } from "./talk";
import { words } from "./words";

const who = { visitor: words.you, counselor: words.counselor, auto: words.auto };

export function Bubbles({ talk }: { talk: Talk }) {
  const { state, words: own, line } = talk.shown;
  // A long talk is not drawn again for every letter that is typed.
  return useMemo(() => <Log talk={talk} />, [state, own, line]);
}

function Log({ talk }: { talk: Talk }) {
  const { state, words: own } = talk.shown;
  const pending = unsaid(state, own);
  return (
    <div class="talk" role="log" aria-label={words.log}>
      {state.messages.map((message, index) => {
        const before = state.messages[index - 1];
        const newDay = !before || dayKey(before.at) !== dayKey(message.at);
        // Own words keep their element when they are stored, so that they are read out once.
        return (
          <div key={message.client_id ?? message.seq} class={`said said-${message.author}`}>
            {newDay && <p class="day">{dayLine(message.at, Date.now(), pageLanguage())}</p>}
            <Said message={message} />
          </div>
        );
      })}
      {pending.map((word) => (
        <div key={word.clientId} class={`said said-visitor said-${word.state}`}>
          <Pending talk={talk} word={word} />
        </div>
      ))}
    </div>
  );
}

function Said({ message }: { message: TalkMessage }) {
  return (
    <>
      <p class="said-who">
        {who[message.author]} <time dateTime={message.at}>{clockText(message.at, pageLanguage())}</time>
      </p>
      <Words message={message} />
    </>
  );
}

function Words({ message }: { message: TalkMessage }) {
  if (message.unsent) return <p class="said-gone">{words.unsent}</p>;
  if (message.kind !== "text" && isBlank(message.text)) return <p class="said-gone">{words.other}</p>;
  return (
    <p class="said-text" dir="auto">
      {message.author === "auto" ? <Ruby text={message.text} /> : message.text}
    </p>
  );
}

function Pending({ talk, word }: { talk: Talk; word: Word }) {
  const goes = talk.shown.line === "open" && !word.tries;
  const stand = word.state === "failed" ? words.failed : goes ? words.sending : words.kept;
  return (
    <>
      <p class="said-who">
        {words.you} <span>{stand}</span>
      </p>
      <p class="said-text" dir="auto">
        {word.text}
      </p>
      {word.state === "failed" && (
        <div class="said-failed">
          <p>{word.reason}</p>
          <button type="button" class="button" onClick={() => talk.retry(word)}>
            {words.again}
          </button>
          <button type="button" class="button button-quiet" onClick={() => talk.rewrite(word)}>
            {words.rewrite}
          </button>
        </div>
      )}
    </>
  );
}
