// The talk on the screen: the transcript, what happens next, and where to write.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Bubbles } from "./bubbles";
import { Composer } from "./composer";
import { ArrowDown, CloudOff, Icon } from "./icon";
import { goesOn, waits } from "./store";
import type { Talk } from "./talk";
import { words } from "./words";

const NEAR_PX = 160;
// A line that opens within this time was never away.
const OPENING_MS = 3000;

export function App({ talk }: { talk: Talk }) {
  const open = goesOn(talk.shown.state);
  const bottom = useBottom(talk);
  return (
    <>
      <Bubbles talk={talk} />
      <div class="foot">
        {bottom.below && (
          <button type="button" class="button below" onClick={bottom.go}>
            <Icon shape={ArrowDown} />
            {words.newBelow}
          </button>
        )}
        <Phone talk={talk} />
        <Lost talk={talk} />
        {talk.shown.slowed && (
          <p class="notice notice-plain" role="status">
            {talk.shown.slowed}
          </p>
        )}
        {open ? (
          <>
            <Status talk={talk} />
            <Composer talk={talk} />
            <End talk={talk} />
          </>
        ) : (
          <Ended talk={talk} />
        )}
      </div>
    </>
  );
}

/** Keeps the newest words in sight for someone who reads there, and tells someone who reads further up. */
function useBottom(talk: Talk) {
  const said = talk.shown.state.messages.length;
  const own = talk.shown.words.length;
  const near = useRef(true);
  const [below, setBelow] = useState(false);
  const go = () => {
    near.current = true;
    setBelow(false);
    scrollTo({ top: document.documentElement.scrollHeight });
  };
  useEffect(() => {
    const look = () => {
      const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
      near.current = scrollHeight - clientHeight - scrollTop < NEAR_PX;
      if (near.current) setBelow(false);
    };
    addEventListener("scroll", look, { passive: true });
    return () => removeEventListener("scroll", look);
  }, []);
  useLayoutEffect(() => {
    if (near.current || talk.shown.state.messages.at(-1)?.author === "visitor") go();
    else setBelow(true);
  }, [said]);
  useLayoutEffect(() => {
    if (own > 0) go();
  }, [own]);
  return { below, go };
}

/** A call was offered or agreed: the page where it is answered, or taken back. */
function Phone({ talk }: { talk: Talk }) {
  const said = words.phone[talk.shown.state.header.phone];
  return (
    <div role="status">
      {said && (
        <p class="phone-asked">
          <a class="button" href={talk.settings.telephone}>
            {said}
          </a>
        </p>
      )}
    </div>
  );
}

function Lost({ talk }: { talk: Talk }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const patience = setTimeout(() => setLate(true), OPENING_MS);
    return () => clearTimeout(patience);
  }, []);
  const line = talk.shown.line;
  const lost = line === "lost" || line === "signed_out" || (line === "opening" && late);
  return (
    <div role="alert">
      {lost && goesOn(talk.shown.state) && (
        <p class="notice notice-plain lost">
          <Icon shape={CloudOff} />
          <span>{words.lost}</span>
        </p>
      )}
    </div>
  );
}

function Status({ talk }: { talk: Talk }) {
  const { place, waiting } = talk.shown.state;
  const waitsNow = waits(talk.shown.state);
  const turn = place === 1 ? words.next : place ? words.queue(waiting, place) : words.inTurn;
  return (
    <>
      <p class="status" role="status">
        {waitsNow && (
          <>
            <strong>{turn}</strong> <span>{words.meanwhile}</span>
          </>
        )}
      </p>
      {talk.shown.typing && <p class="typing">{words.typing}</p>}
    </>
  );
}

function End({ talk }: { talk: Talk }) {
  const [asked, setAsked] = useState(false);
  const [failed, setFailed] = useState(false);
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => yes.current?.focus(), [asked]);
  if (!asked) {
    return (
      <p class="end">
        <button type="button" class="button button-quiet" onClick={() => setAsked(true)}>
          {words.end}
        </button>
      </p>
    );
  }
  return (
    <fieldset class="end">
      <legend>{failed ? words.endFailed : words.sure}</legend>
      <button
        type="button"
        ref={yes}
        class="button"
        onClick={async () => {
          setFailed(!(await talk.end()));
        }}
      >
        {words.yes}
      </button>
      <button type="button" class="button button-quiet" onClick={() => setAsked(false)}>
        {words.no}
      </button>
    </fieldset>
  );
}

// Only who has talked with somebody is asked how it was.
const ASKED = new Set(["wrap_up", "closed"]);

function Ended({ talk }: { talk: Talk }) {
  const title = useRef<HTMLHeadingElement>(null);
  const contacts = useRef<HTMLDivElement>(null);
  const why = words.reasons[talk.shown.state.header.end_reason] ?? words.thanks;
  useEffect(() => {
    const written = document.querySelector<HTMLTemplateElement>("#contacts");
    if (written) contacts.current?.replaceChildren(written.content.cloneNode(true));
    title.current?.focus();
  }, []);
  return (
    <section class="ended" aria-labelledby="ended-title">
      <h2 id="ended-title" ref={title} tabIndex={-1}>
        {words.ended}
      </h2>
      <p>{why}</p>
      <p>{words.comeBack}</p>
      {ASKED.has(talk.shown.state.header.state) && talk.settings.survey && (
        <p>
          <a class="button" href={talk.settings.survey} data-replace>
            {words.survey}
          </a>
        </p>
      )}
      <p>
        <a class="button button-primary" href={`${talk.settings.page}?again`} data-replace>
          {words.startAgain}
        </a>
      </p>
      <h3>{words.urgent}</h3>
      <div ref={contacts} />
    </section>
  );
}
