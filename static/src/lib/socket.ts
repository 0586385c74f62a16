// A WebSocket that notices a dead line and comes back by itself, spread at random, at once when the machine wakes.

export type LineState = "opening" | "open" | "lost" | "signed_out";

export interface LineOptions {
  url: string;
  /** The line is open: say what to watch. */
  opened(line: Line): void;
  /** A frame came. `pong` is kept from you, save through `heard`. */
  frame(frame: { type: string }): void;
  changed(state: LineState): void;
  /** A pong with the server's time and when we asked (ms here). */
  heard?(at: string, asked: number): void;
  open?: (url: string) => WebSocket;
  random?: () => number;
}

const PING_MS = 15_000;
const SILENCE_MS = 30_000;
const HANDSHAKE_MS = 10_000;
const FIRST_MS = 500;
const LEAST_MS = 500;
const MOST_MS = 10_000;
const STEADY_MS = 10_000;
const SIGNED_OUT = 4401;

/** ws:// or wss:// beside this page. */
export function besidePage(path: string): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
}

export class Line {
  state: LineState = "opening";
  private socket: WebSocket | undefined;
  private lastHeard = 0;
  private openedAt = 0;
  private asked = 0;
  private tries = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private readonly wakers = ["online", "pageshow", "focus"] as const;

  constructor(private readonly options: LineOptions) {
    for (const name of this.wakers) addEventListener(name, this.wake);
    addEventListener("offline", this.drop);
    document.addEventListener("visibilitychange", this.wake);
    this.connect();
  }

  /** Send a frame; false when the line is not open (then `opened` will be called once it is). */
  say(frame: object): boolean {
    if (this.state !== "open" || this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Go on after signing in again. */
  resume(): void {
    if (this.state === "signed_out") this.set("lost");
    this.connect();
  }

  /** Nobody is signed in any more (a request said so): rest until `resume`. */
  signOut(): void {
    this.end();
    this.set("signed_out");
  }

  close(): void {
    for (const name of this.wakers) removeEventListener(name, this.wake);
    removeEventListener("offline", this.drop);
    document.removeEventListener("visibilitychange", this.wake);
    this.end();
  }

  /** The machine woke up or the network is back: look at the line at once instead of waiting for the clock. */
  private wake = (): void => {
    if (document.visibilityState === "hidden" || this.state === "signed_out") return;
    if (this.state === "lost") this.connect();
    else if (this.state === "open" && this.silent() > PING_MS * 2) this.drop();
    else if (this.state === "open") this.ping();
  };

  private connect(): void {
    this.end();
    const socket = (this.options.open ?? ((url) => new WebSocket(url)))(this.options.url);
    this.socket = socket;
    this.lastHeard = Date.now();
    // A handshake into a black hole never fails by itself.
    this.retry = setTimeout(this.drop, HANDSHAKE_MS);
    socket.onopen = () => this.whenOpen(socket);
    socket.onmessage = (event) => this.hear(socket, event.data);
    socket.onclose = (event) => this.whenClosed(socket, event.code);
  }

  private whenOpen(socket: WebSocket): void {
    if (socket !== this.socket) return;
    clearTimeout(this.retry);
    this.lastHeard = Date.now();
    this.openedAt = this.lastHeard;
    this.beat = setInterval(this.tick, 5000);
    this.set("open");
    this.ping();
    this.options.opened(this);
  }

  private hear(socket: WebSocket, text: unknown): void {
    if (socket !== this.socket || typeof text !== "string") return;
    this.lastHeard = Date.now();
    const frame = JSON.parse(text) as { type: string; at?: string; why?: string };
    if (frame.type === "pong") {
      // A line is good when it has held for a while: one that opens and falls at once must not be hammered.
      if (Date.now() - this.openedAt >= STEADY_MS) this.tries = 0;
      if (frame.at) this.options.heard?.(frame.at, this.asked);
    } else if (frame.type === "bye" && frame.why === "signed_out") this.signOut();
    else this.options.frame(frame);
  }

  private tick = (): void => {
    if (this.silent() >= SILENCE_MS) this.drop();
    else if (Date.now() - this.asked >= PING_MS) this.ping();
  };

  private silent(): number {
    return Date.now() - this.lastHeard;
  }

  private ping(): void {
    this.asked = Date.now();
    this.say({ type: "ping" });
  }

  private whenClosed(socket: WebSocket, code: number): void {
    if (socket !== this.socket) return;
    if (code === SIGNED_OUT) this.signOut();
    else this.drop();
  }

  private drop = (): void => {
    if (this.state === "signed_out") return;
    this.end();
    this.set("lost");
    this.retry = setTimeout(() => this.connect(), this.patience());
    this.tries += 1;
  };

  /** The first try is quick; later ones are spread, so that a restart is not stormed by everybody at once. */
  private patience(): number {
    const random = (this.options.random ?? Math.random)();
    return this.tries === 0 ? random * FIRST_MS : LEAST_MS + random * (MOST_MS - LEAST_MS);
  }

  private end(): void {
    clearTimeout(this.retry);
    clearInterval(this.beat);
    const socket = this.socket;
    this.socket = undefined;
    if (socket && socket.readyState < 2) socket.close();
  }

  private set(state: LineState): void {
    if (state === this.state) return;
    this.state = state;
    this.options.changed(state);
  }
}
