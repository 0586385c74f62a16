// The left side: what is offered to me, who waits, and what I have in hand.
import type { Board, SessionView } from "../../protocol";
import { now } from "../../staff/clock";
import { maySteer, takesSessions } from "../../staff/me";
import { Act } from "../../staff/view/act";
import { amberAfter, programOf } from "../../staff/view/context";
import { ChannelMark, Elapsed, RiskMark, TalkClock, TrialMark, VisitMark } from "../../staff/view/marks";
import { Offer } from "../../staff/view/offer";
import { claim, decline, show, takeNext } from "../acts";
import { paneOf } from "../desk";
import { mayTake } from "../duty";
import type { Talk } from "../talk";
import { t } from "../words";
import { Others } from "./along";
import { useConsole } from "./context";
import { NotOnDuty } from "./duty";
import { Lost } from "./lost";
import { Unread } from "./unread";

export function Left() {
  const board = useConsole().board.value;
  return (
    <section class="left" aria-label={t.placeQueue}>
      <Offers />
      {board && <Lost board={board} />}
      {board && <Queue board={board} />}
      {board && <Mine board={board} />}
      {board && <ReadAlong board={board} />}
    </section>
  );
}

function Offers() {
  const console = useConsole();
  const offers = console.offers.value;
  return (
    <section class="offers" aria-live="assertive" hidden={!offers.length}>
      <h2 class="section-title">{t.offers}</h2>
      {offers.map((offer) => (
        <Offer
          key={offer.id}
          offer={offer}
          accept={() => claim(console, offer.id)}
          decline={() => decline(console, offer.id)}
        />
      ))}
    </section>
  );
}

function Queue({ board }: { board: Board }) {
  const console = useConsole();
  const queue = console.waitingOn(board);
  // What is offered to me stands above already.
  const others = queue.filter((view) => !console.offers.value.some((offer) => offer.id === view.id));
  const own = board.colleagues.find((one) => one.id === console.me.value.id);
  const may = mayTake(console.me.value, board.program);
  const full = may && own !== undefined && own.load >= own.capacity;
  const program = programOf(console, board.program);
  const takes = takesSessions(program);
  const diverted = board.reception.diverted !== null && !maySteer(program);
  const off = !may || full || diverted;
  const nobody = queue.length === 0;
  return (
    <section class="queue" aria-labelledby="queue-title">
      <h2 class="section-title" id="queue-title" tabIndex={-1}>
        {t.queue}
        <span class="soft small">{t.waitingNow(queue.length)}</span>
      </h2>
      {nobody ? (
        <p class="soft small">{t.queueEmpty}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <ul class="waiting-list" tabIndex={0} aria-labelledby="queue-title">
          {others.map((view) => (
            <Waiting key={view.id} view={view} takes={takes} off={off} />
          ))}
        </ul>
      )}
      {takes ? (
        <Act class="button button-primary button-wide" act={() => takeNext(console)} disabled={off || nobody}>
          {t.takeNext}
        </Act>
      ) : (
        <p class="field-help">{t.watchesOnly}</p>
      )}
      {full && <p class="field-help">{t.noRoom}</p>}
      {diverted && may && <p class="field-help">{t.divertedQueue}</p>}
      {takes && !may && <NotOnDuty console={console} program={board.program} />}
    </section>
  );
}

function Waiting({ view, takes, off }: { view: SessionView; takes: boolean; off: boolean }) {
  const console = useConsole();
  const { me } = console;
  const offeredToOther =
    view.offered_to !== null && view.offered_to !== me.value.id && Date.parse(view.offered_until ?? "") > now.value;
  return (
    <li class="waiting" data-risk={view.risk}>
      <span class="row">
        <strong class="pseudonym">{view.pseudonym}</strong>
        <RiskMark level={view.risk} />
        {takes && (
          <Act
            class="button button-small"
            label={t.claimThis(view.pseudonym)}
            disabled={off || offeredToOther}
            act={() => claim(console, view.id)}
          >
            {t.claim}
          </Act>
        )}
      </span>
      <span class="row">
        <Elapsed
          since={view.queued_at ?? view.received_at}
          say={t.waitingFor}
          amberAfter={amberAfter(console, view.program)}
          sayLong={t.waitingLong}
        />
        <VisitMark view={view} />
        <ChannelMark view={view} />
      </span>
    </li>
  );
}

function Mine({ board }: { board: Board }) {
  const console = useConsole();
  const talks = [...console.talks.value.values()].filter((talk) => talk.mine);
  if (talks.length === 0 && !takesSessions(programOf(console, board.program))) return null;
  return (
    <section class="mine" aria-labelledby="mine-title">
      <h2 class="section-title" id="mine-title">
        {t.mine}
        <span class="soft small">{talks.length}</span>
      </h2>
      {talks.length === 0 && (
        <p class="soft small">
          {t.mineEmpty}
          <br />
          {t.mineEmptyHelp}
        </p>
      )}
      <ul class="mine-list">
        {talks.map((talk) => (
          <MyTalk key={talk.id} talk={talk} />
        ))}
      </ul>
    </section>
  );
}

/** What I read along, and what else a supervisor might. */
function ReadAlong({ board }: { board: Board }) {
  const talks = [...useConsole().talks.value.values()].filter((talk) => !talk.mine);
  return (
    <>
      {talks.length > 0 && (
        <section class="mine" aria-labelledby="along-title">
          <h2 class="section-title" id="along-title">
            {t.alongList}
            <span class="soft small">{talks.length}</span>
          </h2>
          <ul class="mine-list">
            {talks.map((talk) => (
              <MyTalk key={talk.id} talk={talk} />
            ))}
          </ul>
        </section>
      )}
      <Others board={board} />
    </>
  );
}

function MyTalk({ talk }: { talk: Talk }) {
  const console = useConsole();
  const view = talk.header;
  const pane = paneOf(console.desk.value, talk.id);
  const shown = pane === undefined ? "" : pane === 0 ? t.shownLeft : t.shownRight;
  return (
    <li>
      <button
        type="button"
        class="my-talk"
        aria-current={console.active.value === talk ? "true" : undefined}
        onClick={() => show(console, talk.id)}
      >
        <span class="row">
          <strong class="pseudonym">{view.pseudonym}</strong>
          <RiskMark level={view.risk} />
          {view.trial && <TrialMark view={view} />}
          <Unread count={talk.unread.value} />
        </span>
        <span class="row small">
          <TalkClock view={view} amberAfter={amberAfter(console, view.program)} />
          {view.state !== "active" && <span class="badge">{t.states[view.state]}</span>}
          <span class="soft">{t.nudged[view.idle_steps]}</span>
          <span class="soft shown-mark">{shown}</span>
        </span>
      </button>
    </li>
  );
}
