// When my login ends: told in time, moved on by every request, and by typing.
import { computed, signal } from "@preact/signals";
import { serverNow } from "../lib/time";
import { now } from "./clock";
import type { Login } from "./me";

const MINUTE_MS = 60_000;
const IDLE_WARNING_MS = 5 * MINUTE_MS;
const END_WARNING_MS = 10 * MINUTE_MS;
const EXTEND_EVERY_MS = MINUTE_MS;

export interface LoginWarning {
  /** idle: nothing was asked for long, and it can be moved on; end: it ends in any case. */
  kind: "idle" | "end";
  /** When, in ms. */
  at: number;
}

/** What is to be said at `at` (all in ms). Pure. */
export function warningAt(idleEndsAt: number, endsAt: number, at: number): LoginWarning | null {
  if (idleEndsAt < endsAt && idleEndsAt - at <= IDLE_WARNING_MS) return { kind: "idle", at: idleEndsAt };
  return endsAt - at <= END_WARNING_MS ? { kind: "end", at: endsAt } : null;
}

export class LoginClock {
  /** In ms by the server's clock. */
  readonly idleEndsAt = signal(Number.POSITIVE_INFINITY);
  readonly endsAt = signal(Number.POSITIVE_INFINITY);
  readonly warning = computed(() => warningAt(this.idleEndsAt.value, this.endsAt.value, now.value));
  private told: LoginWarning["kind"] | null = null;
  private patience = Number.POSITIVE_INFINITY;
  private moved = 0;
  private tried = 0;

  /** The server tells, having just been asked. */
  learn({ idle_ends_at, ends_at }: Login): void {
    this.endsAt.value = Date.parse(ends_at);
    this.idleEndsAt.value = Date.parse(idle_ends_at);
    this.patience = this.idleEndsAt.value - serverNow();
    this.moved = serverNow();
  }

  /** A request came through: the idle end moves on. */
  answered(): void {
    this.moved = serverNow();
    this.idleEndsAt.value = Math.min(this.moved + this.patience, this.endsAt.value);
  }

  /** Somebody types. True when nothing moved the end for a minute: time to ask for it, at most once a minute. */
  typed(): boolean {
    const at = serverNow();
    if (at - Math.max(this.moved, this.tried) < EXTEND_EVERY_MS) return false;
    this.tried = at;
    return true;
  }

  /** True when there is a warning that was not told before. */
  tellWarning(): boolean {
    const kind = this.warning.value?.kind ?? null;
    const news = kind !== null && kind !== this.told;
    this.told = kind;
    return news;
  }
}
