// Small signs that return everywhere: risk, clocks, visits, channel. Each is a word and a shape, never a colour alone.
import { Circle, CircleDot, Clock, Drama, FlaskConical, OctagonAlert, Triangle, TriangleAlert } from "lucide";
import { Icon } from "../../lib/icon";
import { durationText, secondsSince } from "../../lib/time";
import type { SessionView } from "../../protocol";
import { now } from "../clock";
import { language, t } from "../words";
import { programOf, useStation } from "./context";

export const RISKS = [0, 1, 2, 3, 4] as const;
const SHAPES = [Circle, CircleDot, Triangle, TriangleAlert, OctagonAlert];

/** `called`: as somebody judged it, where that is called otherwise. */
export function RiskMark({ level, called }: { level: number; called?: string | undefined }) {
  const name = called ?? t.riskNames[level] ?? "";
  return (
    <span class="risk" data-level={level} title={t.riskOf(name)}>
      <Icon of={SHAPES[level] ?? Circle} />
      <span class="visually-hidden">{t.risk} </span>
      {name}
    </span>
  );
}

interface ClockProps {
  since: string;
  say: (time: string) => string;
  /** After this many seconds it is too long, and `sayLong` says so. */
  amberAfter?: number;
  sayLong?: (time: string) => string;
}

/** Counts up by the second, without being read aloud every second. */
export function Elapsed({ since, say, amberAfter, sayLong }: ClockProps) {
  const seconds = secondsSince(since, now.value);
  const long = amberAfter !== undefined && seconds >= amberAfter;
  const time = durationText(seconds, language);
  return (
    <span class={long ? "clock clock-long" : "clock"}>
      {long && <Icon of={Clock} />}
      {long && sayLong ? sayLong(time) : say(time)}
    </span>
  );
}

/** All of this program is for learning: its visitors are made up, and in no figure. */
export function PracticeMark() {
  return (
    <span class="badge trial-mark" title={t.practiceHelp}>
      <Icon of={Drama} />
      {t.practice}
    </span>
  );
}

/** Somebody of the house tries the program, or practises in it: answered like any talk, and in no figure. */
export function TrialMark({ view }: { view: SessionView }) {
  if (programOf(useStation(), view.program)?.practice) return <PracticeMark />;
  return (
    <span class="badge trial-mark" title={t.trialHelp}>
      <Icon of={FlaskConical} />
      {t.trial}
    </span>
  );
}

/** Which visit it is, and what is arranged for the visitor: how to answer them, or that danger let them in in spite of it. */
export function VisitMark({ view }: { view: SessionView }) {
  if (view.trial) return <TrialMark view={view} />;
  return (
    <>
      <span class="small soft">{view.visits <= 1 ? t.firstVisit : t.nthVisit(view.visits)}</span>
      {view.in_spite_of && <span class="badge">{t.letIn}</span>}
      {view.approach > 0 && <span class="badge">{t.approachThere}</span>}
    </>
  );
}

/** How far the move to the telephone has come, wherever the channel stands. */
function PhoneMark({ view }: { view: SessionView }) {
  const said = t.phone[view.phone];
  if (!said) return null;
  const late = view.phone === "overdue";
  return (
    <span class={late ? "badge clock-long" : "badge"}>
      {late && <Icon of={Clock} />}
      {said}
    </span>
  );
}

export function ChannelMark({ view }: { view: SessionView }) {
  return (
    <>
      <span class="small soft">{view.channel === "line" ? t.line : t.web}</span>
      <PhoneMark view={view} />
    </>
  );
}

/** Who waits for whom: the visitor for us (amber when long), or we for the visitor. */
export function TalkClock({ view, amberAfter }: { view: SessionView; amberAfter: number }) {
  if (view.state === "wrap_up") return null;
  if (view.waiting_since)
    return <Elapsed since={view.waiting_since} say={t.waits} amberAfter={amberAfter} sayLong={t.waitsLong} />;
  if (view.silent_since) return <Elapsed since={view.silent_since} say={t.silent} />;
  return null;
}
