// The people at the side: load, presence, breaks, the end of their shift; and who was asked to come.
import { useComputed } from "@preact/signals";
import { CircleCheck, Coffee, MonitorOff } from "lucide";
import { Icon } from "../../lib/icon";
import { clockText } from "../../lib/time";
import type { Board, Colleague } from "../../protocol";
import { isTrainee } from "../../staff/board";
import { now } from "../../staff/clock";
import type { BreakReason } from "../../staff/me";
import { crewOf } from "../crew";
import { language, t } from "../words";
import { nameOf, useWall } from "./context";

const clock = (at: string) => clockText(at, language);

export function CrewSide() {
  const wall = useWall();
  const { program } = wall.filters.value;
  const boards = [...wall.boards.value.values()].filter((board) => !program || board.program === program);
  return (
    <aside class="crew" id="crew" tabIndex={-1} aria-label={t.crew}>
      {boards.map((board) => (
        <Crew key={board.program} board={board} />
      ))}
    </aside>
  );
}

function Crew({ board }: { board: Board }) {
  const wall = useWall();
  const { working, away, off } = crewOf(board);
  const heavy = wall.heavy.value.get(board.program);
  const slug = wall.me.value.programs.find((one) => one.id === board.program)?.slug;
  return (
    <section class="crew-of" aria-label={nameOf(wall, board.program)}>
      <h2 class="section-title">{nameOf(wall, board.program)}</h2>
      {working.length + away.length === 0 && <p class="small soft">{t.nobodyWorks}</p>}
      <ul>
        {[...working, ...away].map((one) => (
          <Person key={one.id} one={one} heavy={heavy?.[one.id]} />
        ))}
      </ul>
      <p class="small">
        <a href={`/programs/${slug}/care/`}>{t.careOf}</a>
      </p>
      {off.length > 0 && (
        <details class="crew-off">
          <summary class="small">{t.off(off.length)}</summary>
          <ul>
            {off.map((one) => (
              <Person key={one.id} one={one} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** It reads a signal, so it is drawn again only when that or the person is another. */
function Person({ one, heavy }: { one: Colleague; heavy?: number | undefined }) {
  const over = useComputed(() => one.shift_ends_at !== null && Date.parse(one.shift_ends_at) < now.value).value;
  const full = one.capacity > 0 && one.load >= one.capacity;
  return (
    <li class="person" data-full={full}>
      <span class="row">
        <strong>{one.name}</strong>
        <span class="small soft">
          {isTrainee(one) ? t.training : one.roles.includes("supervisor") ? t.roles["supervisor"] : ""}
        </span>
        <span class="load" data-full={full}>
          {t.load(one.load, one.capacity)}
        </span>
      </span>
      <span class="row small">
        <Doing one={one} />
        <ShiftEnd one={one} over={over} />
        {heavy && <span class="soft">{t.heavy(heavy)}</span>}
        {one.called_at && <span class="soft">{t.calledAt(clock(one.called_at))}</span>}
      </span>
    </li>
  );
}

function Doing({ one }: { one: Colleague }) {
  if (one.away)
    return (
      <span class="row">
        <Icon of={Coffee} />
        {t.breakReasons[one.away as BreakReason] ?? t.away}
      </span>
    );
  if (!one.on_duty) return <span class="soft">{t.offDuty}</span>;
  return (
    <span class="row">
      <Icon of={one.present ? CircleCheck : MonitorOff} />
      {one.present ? t.onDuty : t.notPresent}
    </span>
  );
}

function ShiftEnd({ one, over }: { one: Colleague; over: boolean }) {
  if (!one.shift_ends_at) return null;
  return <span class="soft">{over ? t.overSince(clock(one.shift_ends_at)) : t.until(clock(one.shift_ends_at))}</span>;
}
