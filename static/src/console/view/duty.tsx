// My duty in the head: whether I am at work, from when until when, and the way in, out and to a rest.
import { CircleCheck, CircleDashed, Coffee } from "lucide";
import { Icon } from "../../lib/icon";
import { clockText, dayLine, minutesUntil } from "../../lib/time";
import { now } from "../../staff/clock";
import { BREAK_REASONS, type MyDuty, type MyShift, mayWork, type Program } from "../../staff/me";
import type { Outcome } from "../../staff/station";
import { Act } from "../../staff/view/act";
import { Drop } from "../../staff/view/drop";
import { Elapsed } from "../../staff/view/marks";
import type { Console } from "../ctrl";
import { dutyIn, minutesLate, nextShift } from "../duty";
import { checkIn, comeBack, takeBreak } from "../shiftacts";
import { language, t } from "../words";
import { useConsole } from "./context";

const clock = (at: string) => clockText(at, language);
const span = ({ starts_at, ends_at }: MyShift) =>
  `${dayLine(starts_at, now.peek(), language)} ${clock(starts_at)}–${clock(ends_at)}`;

export function Duty() {
  const console = useConsole();
  const me = console.me.value;
  const here = console.program.value;
  const places = me.programs.filter(mayWork).sort((a, b) => Number(b.id === here) - Number(a.id === here));
  const first = places[0];
  if (!first) return null;
  const duty = dutyIn(me, first.id);
  return (
    <span class="head-item duty">
      {!duty && <CheckIn program={first.id} primary />}
      {duty?.away && (
        <Act class="button button-small button-primary" act={() => comeBack(console, first.id)}>
          {t.comeBack}
        </Act>
      )}
      <Drop class="duty-menu" summary={<InShort program={first.id} duty={duty} />}>
        {(shut) => (
          <div class="menu-list duty-list">
            {places.map((program) => (
              <At key={program.id} program={program} first={program === first} shut={shut} />
            ))}
            <a class="menu-item" href="/shifts/">
              {t.myShifts}
            </a>
          </div>
        )}
      </Drop>
    </span>
  );
}

/** In the head: a word and a shape for the state, and what matters most beside it. */
function InShort({ program, duty }: { program: number; duty: MyDuty | undefined }) {
  const console = useConsole();
  const own = console.boards.value.get(program)?.colleagues.find((one) => one.id === console.me.value.id);
  if (!duty)
    return (
      <>
        <Icon of={CircleDashed} />
        {t.offDuty}
      </>
    );
  if (duty.away)
    return (
      <>
        <Icon of={Coffee} />
        {t.breakReasons[duty.away.reason]} <Elapsed since={duty.away.since} say={(time) => time} />
      </>
    );
  return (
    <>
      <Icon of={CircleCheck} />
      {t.onDuty}
      <span class="small soft duty-more">
        {own && t.load(own.load, own.capacity)} {duty.shift && t.closesAt(clock(duty.shift.ends_at))}
      </span>
    </>
  );
}

/** The way in and back of the `first` stands beside the sheet already. */
function At({ program, first, shut }: { program: Program; first: boolean; shut: () => void }) {
  const console = useConsole();
  const duty = dutyIn(console.me.value, program.id);
  const next = nextShift(console.me.value, program.id, now.value);
  // Whoever took a step is done with the sheet; a refusal stays beside its button.
  const then = (act: () => Promise<Outcome>) => async () => {
    const failure = await act();
    if (!failure) shut();
    return failure;
  };
  return (
    <section class="duty-at" aria-label={program.name}>
      <h2 class="small soft">{program.name}</h2>
      {duty ? <OnDuty duty={duty} /> : <OffDuty next={next} />}
      {!duty && !first && <CheckIn program={program.id} after={shut} />}
      {duty?.away && !first && (
        <Act class="button button-small" act={then(() => comeBack(console, program.id))}>
          {t.comeBack}
        </Act>
      )}
      {duty && !duty.away && (
        <fieldset class="duty-breaks">
          <legend class="small">{t.takeBreak}</legend>
          {BREAK_REASONS.map((reason) => (
            <Act key={reason} class="button button-small" act={then(() => takeBreak(console, program.id, reason))}>
              {t.breakReasons[reason]}
            </Act>
          ))}
        </fieldset>
      )}
      {duty && (
        <button
          type="button"
          class="button button-small"
          onClick={() => {
            shut();
            console.window.ask({ checkOut: program.id });
          }}
        >
          {t.checkOut}
        </button>
      )}
    </section>
  );
}

function OnDuty({ duty }: { duty: MyDuty }) {
  const { shift, since, away } = duty;
  const late = minutesLate(duty);
  const over = shift ? -minutesUntil(shift.ends_at, now.value) : 0;
  const planned = shift ? t.dutyShift(clock(shift.ends_at), shift.lines) : t.dutyUnplanned;
  return (
    <>
      <p>
        <strong>{away ? t.onBreak(t.breakReasons[away.reason], clock(away.since)) : t.onDuty}</strong>{" "}
        {`${t.dutySince(clock(since))}・${planned}`}
      </p>
      {late !== 0 && <p class="small soft">{late > 0 ? t.cameLate(late) : t.cameEarly(-late)}</p>}
      {over > 0 && <p class="small">{t.overtime(over)}</p>}
    </>
  );
}

function OffDuty({ next }: { next: MyShift | undefined }) {
  const begun = next !== undefined && Date.parse(next.starts_at) <= now.value;
  return (
    <>
      <p>
        <strong>{t.offDuty}</strong>
      </p>
      <p class="small">{next ? (begun ? t.shiftBegun(clock(next.starts_at)) : t.nextShift(span(next))) : t.noShift}</p>
    </>
  );
}

interface CheckInProps {
  program: number;
  primary?: boolean;
  after?: () => void;
}

export function CheckIn({ program, primary = false, after }: CheckInProps) {
  const console = useConsole();
  const act = async () => {
    const failure = await checkIn(console, program);
    if (!failure) after?.();
    return failure;
  };
  return (
    <Act class={primary ? "button button-small button-primary" : "button button-small"} act={act}>
      {t.checkIn}
    </Act>
  );
}

/** Where one would take a session but is not on duty: why not, and the one button that changes it. */
export function NotOnDuty({ console, program }: { console: Console; program: number }) {
  const resting = dutyIn(console.me.value, program) !== undefined;
  return (
    <div class="not-on-duty">
      <p class="small">{resting ? t.takeAfterBreak : t.takeOnDuty}</p>
      {resting ? (
        <Act class="button button-small" act={() => comeBack(console, program)}>
          {t.comeBack}
        </Act>
      ) : (
        <CheckIn program={program} />
      )}
    </div>
  );
}
