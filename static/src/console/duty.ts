// My shifts and my duty: what the head, the bars and the queue tell of them. Pure.
import { minutesUntil } from "../lib/time";
import type { Board } from "../protocol";
import { type Me, type MyDuty, type MyShift, maySteer, takesSessions } from "../staff/me";

const MINUTE_MS = 60_000;
/** Minutes before a shift's end at which it is told; 0 is the end itself. */
const MILESTONES = [0, 5, 15, 30] as const;
/** So few minutes late or early are nobody's business. */
const ABOUT = 3;

export function dutyIn(me: Me, program: number): MyDuty | undefined {
  return me.duties.find((duty) => duty.program === program);
}

/** Checked in there and not on a break. */
export function isOnDuty(me: Me, program: number): boolean {
  return dutyIn(me, program)?.away === null;
}

/** Sessions are for who takes them and is on duty; a supervisor alone may step in without. */
export function mayTake(me: Me, program: number): boolean {
  const here = me.programs.find((one) => one.id === program);
  return takesSessions(here) && (isOnDuty(me, program) || maySteer(here));
}

/** The next shift there that is not over at `now` (ms). */
export function nextShift(me: Me, program: number, now: number): MyShift | undefined {
  return me.next_shifts.find((shift) => shift.program === program && Date.parse(shift.ends_at) > now);
}

/** Whole minutes after the shift's start at which the duty began; below zero: before; 0 when it is about the same. */
export function minutesLate(duty: MyDuty): number {
  if (!duty.shift) return 0;
  const minutes = Math.trunc((Date.parse(duty.since) - Date.parse(duty.shift.starts_at)) / MINUTE_MS);
  return Math.abs(minutes) < ABOUT ? 0 : minutes;
}

/** The end of a shift that is near or past: `key` names the shift and which of the milestones it is. */
export interface Ending {
  key: string;
  program: number;
  ends_at: string;
}

/** Which shifts of `me` are about to end at `now` (ms), from half an hour before. */
export function endings(me: Me, now: number): Ending[] {
  return me.duties.flatMap(({ program, shift }) => {
    const milestone = shift && MILESTONES.find((minutes) => minutesUntil(shift.ends_at, now) <= minutes);
    return shift && milestone !== undefined
      ? [{ key: `${shift.id} ${milestone}`, program, ends_at: shift.ends_at }]
      : [];
  });
}

/** True when the board tells something else of my duty than I hold: it was changed elsewhere. */
export function isDutyStale(me: Me, board: Board): boolean {
  const told = board.colleagues.find((one) => one.id === me.id);
  const duty = dutyIn(me, board.program);
  if (!told) return false;
  const checkedIn = told.on_duty || told.away !== "";
  const ends = (at: string | null | undefined) => (at ? Date.parse(at) : 0);
  return (
    checkedIn !== (duty !== undefined) ||
    told.away !== (duty?.away?.reason ?? "") ||
    ends(told.shift_ends_at) !== ends(duty?.shift?.ends_at)
  );
}
