import { beforeEach, expect, test, vi } from "vitest";
import { SampleLine } from "../staff/sample";
import { pickCanned, usedCanned } from "./acts";
import { Console } from "./ctrl";
import type { CannedReply } from "./interfaces";
import { api } from "./network";
import { first, session } from "./sample";
import type { Talk } from "./talk";

const reply = (id: number, body = ""): CannedReply => ({ id, shortcut: `s${id}`, title: "", body, mine: false });
const answer = (...value: CannedReply[]) =>
  vi.spyOn(api, "cannedReplies").mockResolvedValue({ ok: true, status: 200, value });
let console: Console;
let talk: Talk;

beforeEach(() => {
  console = new Console(first({ sessions: [session()] }), new SampleLine().open);
  talk = [...console.talks.value.values()][0] as Talk;
});

const known = () => console.canned.value.get(talk.header.program);

test("what was written in another tab meanwhile is there at the next opening", async () => {
  answer(reply(1));
  await pickCanned(console, talk);
  answer(reply(1, "new"), reply(2));
  const asked = pickCanned(console, talk);
  expect(known()?.length).toBe(1);
  await asked;
  expect(known()?.map((one) => one.body)).toEqual(["new", ""]);
});

test("the same list again draws nothing anew", async () => {
  answer(reply(1));
  await pickCanned(console, talk);
  const before = known();
  answer(reply(1));
  await pickCanned(console, talk);
  expect(known()).toBe(before);
});

test("without a line those known from before are offered, and nobody is told off", async () => {
  answer(reply(1));
  await pickCanned(console, talk);
  const failure = { ok: false as const, status: 0, code: "unreachable", message: "", fields: {}, retryable: true };
  vi.spyOn(api, "cannedReplies").mockResolvedValue(failure);
  await pickCanned(console, talk);
  expect([console.picking.value, known()?.length]).toEqual([talk.id, 1]);
});

test("a reply that was used is counted", () => {
  const told = vi.spyOn(api, "cannedReplyUsed").mockResolvedValue({ ok: true, status: 204, value: undefined });
  usedCanned(talk, reply(9));
  expect(told).toHaveBeenCalledWith(talk.header.program, 9);
});
