// Every live session, the neediest first: one card each, without a word of what was said.
import { useComputed } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Colleague, SessionView } from "../../protocol";
import { amberAfter } from "../../staff/view/context";
import { ChannelMark, Elapsed, RiskMark, VisitMark } from "../../staff/view/marks";
import { Reported, SheetLink } from "../../staff/view/sheet";
import { HIGH, isLost, isTaken, isWithheld, needsProtection, waitsSince } from "../need";
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
  const drawn = shown.slice(0, wall.drawn.value);
  const standsOn = drawn.some((view) => view.id === wall.cursor.value) ? wall.cursor.value : drawn[0]?.id;
  return (
    <ul
      class="cards"
      aria-labelledby="cards-title"
      onFocusIn={(event) => {
        const card = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>(".card") : null;
        last.current = Number(card?.dataset["id"] ?? 0);
        if (last.current) wall.cursor.value = last.current;
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget) last.current = 0;
      }}
    >
      {drawn.map((view) => (
        <Card
          key={view.id}
          view={view}
          one={wall.people.value.get(view.program)?.get(view.counselor?.id ?? view.offered_to ?? 0)}
          program={nameAmongMany(wall, view.program)}
          amber={amberAfter(wall, view.program)}
          reached={view.id === standsOn}
        />
      ))}
      {shown.length > drawn.length && (
        <li class="cards-more">
          <button type="button" class="button" onClick={() => wall.drawMore()}>
            {t.drawMore(shown.length - drawn.length)}
          </button>
        </li>
      )}
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

interface CardProps {
  view: SessionView;
  /** Who has it, or before whom it lies. */
  one: Colleague | undefined;
  /** Its name, where there are several. */
  program: string;
  amber: number;
  /** The one card the Tab key stops at; from there on it is arrows. */
  reached: boolean;
}

/** It reads a signal, so it is drawn again only when that or one of its properties is another: boards change often. */
function Card({ view, one, program, amber, reached }: CardProps) {
  const wall = useWall();
  const chosen = useComputed(() => wall.chosen.value.has(view.id)).value;
  const tabIndex = reached ? 0 : -1;
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
        <span class="badge">{isWithheld(view) ? t.beforeConsent : t.states[view.state]}</span>
        <Who view={view} one={one} />
      </span>
      {needsProtection(view) && (
        <button
          type="button"
          class="button button-small"
          tabIndex={tabIndex}
          onClick={() => wall.window.ask({ protect: view })}
        >
          {t.protect}
        </button>
      )}
      <Clocks view={view} amber={amber} />
      <Reported view={view} />
      {(view.risk >= HIGH || view.reported_at) && <SheetLink view={view} tabIndex={tabIndex} />}
      <span class="row small soft card-more">
        {program && <span>{program}</span>}
        <ChannelMark view={view} />
        <VisitMark view={view} />
      </span>
    </li>
  );
}

/** Who has it, with all they have; or before whom it lies. */
function Who({ view, one }: { view: SessionView; one: Colleague | undefined }) {
  if (view.counselor) return <span>{one ? t.with(one.name, one.load, one.capacity) : view.counselor.name}</span>;
  return one ? <span class="soft">{t.offeredTo(one.name)}</span> : null;
}

/** The visitor's wait and our silence; of a lost talk, since when. */
function Clocks({ view, amber }: { view: SessionView; amber: number }) {
  const waits = waitsSince(view);
  return (
    <span class="row small card-clocks">
      {isLost(view) && view.counselor_lost_at && (
        <strong>
          <Elapsed since={view.counselor_lost_at} say={t.lostSince} />
        </strong>
      )}
      {waits && <Elapsed since={waits} say={t.waits} sayLong={t.waitsLong} amberAfter={amber} />}
      {view.silent_since && view.state !== "wrap_up" && (
        <span class="soft">
          <Elapsed since={view.silent_since} say={waits ? t.ourSilence : t.silent} />
        </span>
      )}
    </span>
  );
}
