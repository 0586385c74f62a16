// Every live session, the neediest first: one card each, without a word of what was said.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { SessionView } from "../../protocol";
import { amberAfter } from "../../staff/view/context";
import { ChannelMark, Elapsed, RiskMark, VisitMark } from "../../staff/view/marks";
import { isLost, isTaken, waitsSince } from "../need";
import { t } from "../words";
import { nameAmongMany, useWall } from "./context";

export function Cards() {
  const wall = useWall();
  const shown = wall.shown.value;
  const last = useRef(0);
  // A card that changes its place loses the keyboard: it comes back to it.
  useLayoutEffect(() => {
    if (last.current && document.activeElement === document.body)
      document.getElementById(`card-${last.current}`)?.focus({ preventScroll: true });
  });
  if (!shown.length) return <Nobody />;
  const standsOn = shown.some((view) => view.id === wall.cursor.value) ? wall.cursor.value : shown[0]?.id;
  return (
    <ul
      class="cards"
      aria-labelledby="cards-title"
      onFocusIn={(event) => {
        const id = Number(
          event.target instanceof HTMLElement && event.target.closest<HTMLElement>("li")?.dataset["id"],
        );
        last.current = id;
        if (id) wall.cursor.value = id;
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget) last.current = 0;
      }}
    >
      {shown.map((view) => (
        <Card key={view.id} view={view} reached={view.id === standsOn} />
      ))}
    </ul>
  );
}

function Nobody() {
  const wall = useWall();
  const hidden = wall.hidden.value.all > 0;
  return (
    <p class="empty">
      {hidden ? t.cardsHidden : t.cardsEmpty}
      {!hidden && <span class="block small soft">{t.cardsEmptyHelp}</span>}
    </p>
  );
}

/** `reached`: the one card the Tab key stops at; from there on it is arrows. */
function Card({ view, reached }: { view: SessionView; reached: boolean }) {
  const wall = useWall();
  const tabIndex = reached ? 0 : -1;
  const chosen = wall.chosen.value.has(view.id);
  return (
    <li class="card" data-id={view.id} data-risk={view.risk} data-state={view.state} data-chosen={chosen}>
      <span class="row card-head">
        <RiskMark level={view.risk} />
        <a
          class="pseudonym"
          id={`card-${view.id}`}
          href={`/console/#session-${view.id}`}
          aria-label={t.open(view.pseudonym)}
          tabIndex={tabIndex}
        >
          {view.pseudonym}
        </a>
        {isTaken(view) && (
          <label class="card-choice">
            <span class="visually-hidden">{t.choose(view.pseudonym)}</span>
            <input
              type="checkbox"
              checked={chosen}
              tabIndex={tabIndex}
              onChange={(event) => wall.choose(view.id, event.currentTarget.checked)}
            />
          </label>
        )}
      </span>
      <span class="row small card-state">
        <span class="badge">{t.states[view.state]}</span>
        <Who view={view} />
      </span>
      <Clocks view={view} />
      <span class="row small soft card-more">
        {nameAmongMany(wall, view.program) && <span>{nameAmongMany(wall, view.program)}</span>}
        <ChannelMark view={view} />
        <VisitMark view={view} />
      </span>
    </li>
  );
}

/** Who has it, with all they have; or before whom it lies. */
function Who({ view }: { view: SessionView }) {
  const colleagues = useWall().boards.value.get(view.program)?.colleagues ?? [];
  const { counselor } = view;
  if (counselor) {
    const one = colleagues.find(({ id }) => id === counselor.id);
    return <span>{one ? t.with(one.name, one.load, one.capacity) : counselor.name}</span>;
  }
  const offered = colleagues.find(({ id }) => id === view.offered_to);
  return offered ? <span class="soft">{t.offeredTo(offered.name)}</span> : null;
}

/** The visitor's wait and our silence; of a lost talk, since when. */
function Clocks({ view }: { view: SessionView }) {
  const wall = useWall();
  const waits = waitsSince(view);
  return (
    <span class="row small card-clocks">
      {isLost(view) && view.counselor_lost_at && (
        <strong>
          <Elapsed since={view.counselor_lost_at} say={t.lostSince} />
        </strong>
      )}
      {waits && (
        <Elapsed since={waits} say={t.waits} sayLong={t.waitsLong} amberAfter={amberAfter(wall, view.program)} />
      )}
      {view.silent_since && view.state !== "wrap_up" && (
        <span class="soft">
          <Elapsed since={view.silent_since} say={waits ? t.ourSilence : t.silent} />
        </span>
      )}
    </span>
  );
}
