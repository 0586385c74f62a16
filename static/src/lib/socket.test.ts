import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Line, type LineState } from "./socket";

class FakeSocket {
  readyState = 0;
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.readyState = 3;
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  tell(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  fall(code: number) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

let sockets: FakeSocket[];
let states: LineState[];
let frames: object[];
let line: Line;
const last = () => sockets[sockets.length - 1] as FakeSocket;

beforeEach(() => {
  vi.useFakeTimers();
  [sockets, states, frames] = [[], [], []];
  line = new Line({
    url: "ws://localhost/ws/staff",
    opened: (opened) => opened.say({ type: "watch", topic: "board", id: 1, serial: null }),
    frame: (frame) => frames.push(frame),
    changed: (state) => states.push(state),
    random: () => 0.5,
    open: () => {
      sockets.push(new FakeSocket());
      return last() as unknown as WebSocket;
    },
  });
});
afterEach(() => {
  line.close();
  vi.useRealTimers();
});

test("an open line says what it watches and tells its frames", () => {
  last().open();
  last().tell({ type: "board", serial: 3 });
  expect(last().sent.some((text) => text.includes('"watch"'))).toBe(true);
  expect(frames).toEqual([{ type: "board", serial: 3 }]);
});

test("a fallen line is tried again quickly once, then spread over ten seconds", () => {
  last().open();
  last().fall(1006);
  expect(states).toEqual(["open", "lost"]);
  vi.advanceTimersByTime(250);
  expect(sockets).toHaveLength(2);
  last().fall(1006);
  vi.advanceTimersByTime(5249);
  expect(sockets).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(sockets).toHaveLength(3);
});

test("a line that opens, answers and falls at once does not make a storm", () => {
  last().fall(1006);
  vi.advanceTimersByTime(250);
  last().open();
  last().tell({ type: "pong", at: "2026-11-23T05:00:00Z" });
  last().fall(1006);
  vi.advanceTimersByTime(300);
  expect(sockets).toHaveLength(2);
});

test("a line that has held for a while is quick again when it falls", () => {
  last().fall(1006);
  vi.advanceTimersByTime(250);
  last().open();
  vi.advanceTimersByTime(15_000);
  last().tell({ type: "pong", at: "2026-11-23T05:00:00Z" });
  last().fall(1006);
  vi.advanceTimersByTime(250);
  expect(sockets).toHaveLength(3);
});

test("thirty seconds of silence are a dead line, noticed within forty-five", () => {
  last().open();
  vi.advanceTimersByTime(20_000);
  last().tell({ type: "pong", at: "2026-11-23T05:00:00Z" });
  vi.advanceTimersByTime(29_000);
  expect(line.state).toBe("open");
  vi.advanceTimersByTime(6000);
  expect(states).toContain("lost");
});

test("it pings every fifteen seconds", () => {
  last().open();
  for (let second = 0; second < 45; second += 5) {
    vi.advanceTimersByTime(5000);
    last().tell({ type: "pong", at: "2026-11-23T05:00:00Z" });
  }
  expect(last().sent.filter((text) => text.includes("ping"))).toHaveLength(4);
});

test("a handshake that hangs is given up", () => {
  vi.advanceTimersByTime(10_000);
  expect(line.state).toBe("lost");
});

test("a network that returns is used at once", () => {
  last().open();
  dispatchEvent(new Event("offline"));
  expect(line.state).toBe("lost");
  dispatchEvent(new Event("online"));
  expect(sockets).toHaveLength(2);
});

test("signed out, it waits until somebody signed in again", () => {
  last().open();
  last().fall(4401);
  vi.advanceTimersByTime(60_000);
  dispatchEvent(new Event("online"));
  expect([line.state, sockets.length]).toEqual(["signed_out", 1]);
  line.resume();
  last().open();
  expect([line.state, sockets.length]).toEqual(["open", 2]);
});

test("a farewell for being signed out counts like its close code", () => {
  last().open();
  last().tell({ type: "bye", why: "signed_out" });
  expect(line.state).toBe("signed_out");
});

test("frames of a line already given up are not heard", () => {
  const old = last();
  old.open();
  dispatchEvent(new Event("offline"));
  old.tell({ type: "session", session: 1 });
  expect(frames).toEqual([]);
});

test("nothing can be said on a line that is not open", () => {
  expect(line.say({ type: "ping" })).toBe(false);
});
