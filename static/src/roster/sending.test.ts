import { expect, test, vi } from "vitest";
import type { Answer, Failure } from "../lib/http";
import type { Edit } from "./ledger";
import { shift } from "./sample";
import { Sending } from "./sending";

const edit = (id: number): Edit => ({ id, step: id, changes: [{ before: null, after: shift(-id, 1) }] });
const taken: Answer<unknown> = { ok: true, status: 201, value: {} };
const failed = (status: number, retryable: boolean, code = "x"): Failure => ({
  ok: false,
  status,
  code,
  message: "できません",
  fields: {},
  retryable,
});

function sending(answers: Answer<unknown>[]) {
  const told: string[] = [];
  const made = new Sending({
    send: async (one, again) => {
      told.push(`send ${one.id}${again ? " again" : ""}`);
      return answers.shift() ?? taken;
    },
    changed: (edits) => told.push(`owed ${edits.length}`),
    taken: (_value, one) => told.push(`taken ${one.id}`),
    refused: (_failure, lost) => told.push(`refused ${lost.length}`),
    stuck: (failure) => {
      if (failure) told.push(`stuck ${failure.status}`);
    },
    wait: () => Promise.resolve(),
  });
  return { made, told };
}

test("edits go one after another, in the order they were made", async () => {
  const { made, told } = sending([]);
  made.add([edit(1), edit(2)]);
  made.add([edit(3)]);
  await made.settled();
  expect(told.filter((one) => one.startsWith("send"))).toEqual(["send 1", "send 2", "send 3"]);
  expect(told.at(-1)).toBe("owed 0");
});

test("what does not come through is tried again and nothing overtakes it", async () => {
  const { made, told } = sending([failed(0, true), failed(503, true)]);
  made.add([edit(1), edit(2)]);
  await made.settled();
  expect(told.filter((one) => one.startsWith("send"))).toEqual(["send 1", "send 1 again", "send 1 again", "send 2"]);
  expect(told).toContain("stuck 0");
});

test("a refusal loses its own edit and not the next", async () => {
  const { made, told } = sending([failed(409, false)]);
  made.add([edit(1), edit(2)]);
  await made.settled();
  expect(told).toContain("refused 1");
  expect(told).toContain("taken 2");
});

test("signed out, everything waits until somebody is signed in again", async () => {
  const { made, told } = sending([failed(403, false, "signed_out")]);
  made.add([edit(1)]);
  await vi.waitFor(() => expect(told).toContain("stuck 403"));
  expect(made.edits).toHaveLength(1);
  made.wake();
  await made.settled();
  expect(told).toContain("taken 1");
});
