import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { call, csrfToken } from "./http";

const answer = (status: number, body?: unknown) =>
  vi.fn(async () => new Response(body === undefined ? null : JSON.stringify(body), { status }));

beforeEach(() => {
  document.head.innerHTML = '<meta name="csrf-token" content="from-the-page">';
});
afterEach(() => {
  // biome-ignore lint/suspicious/noDocumentCookie: the browser's own interface is what is tested
  document.cookie = "csrf=; max-age=0";
});

test("a change carries the token, a question does not", async () => {
  const fetched = answer(200, {});
  vi.stubGlobal("fetch", fetched);
  await call("PUT", "/api/me/duty", { takes: true });
  await call("GET", "/api/me");
  const [put, get] = fetched.mock.calls as unknown as [string, RequestInit][];
  expect(put?.[1].headers).toMatchObject({ "X-CSRFToken": "from-the-page" });
  expect(get?.[1].headers).not.toHaveProperty("X-CSRFToken");
});

test("the cookie's token wins over the page's, which another sign-in makes stale", () => {
  // biome-ignore lint/suspicious/noDocumentCookie: the browser's own interface is what is tested
  document.cookie = "csrf=fresh";
  expect(csrfToken()).toBe("fresh");
});

test("an answer without a body is an answer", async () => {
  vi.stubGlobal("fetch", answer(204));
  expect(await call("DELETE", "/api/sessions/7/hold")).toMatchObject({ ok: true, status: 204 });
});

test("a refusal brings its code and its words and is not tried again", async () => {
  vi.stubGlobal("fetch", answer(409, { error: "taken", message: "早川さんが受けました", fields: {} }));
  const result = await call("PUT", "/api/sessions/7/assignment", {});
  expect(result).toMatchObject({ ok: false, code: "taken", message: "早川さんが受けました", retryable: false });
});

test("a field's errors come with it", async () => {
  vi.stubGlobal("fetch", answer(400, { error: "invalid", message: "", fields: { summary: ["必要です"] } }));
  const result = await call("PUT", "/api/sessions/7/assignment", {});
  expect(result).toMatchObject({ fields: { summary: ["必要です"] }, message: "内容を確かめてください。" });
});

test("a lost line and a server in trouble may be tried again", async () => {
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => {
      throw new TypeError("failed to fetch");
    }),
  );
  expect(await call("GET", "/api/me")).toMatchObject({ status: 0, code: "unreachable", retryable: true });
  vi.stubGlobal("fetch", answer(503));
  expect(await call("GET", "/api/me")).toMatchObject({ status: 503, code: "trouble", retryable: true });
});

test("a page of somebody else's in place of an answer is no answer", async () => {
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response("<html>hotel wifi</html>", { status: 200 })),
  );
  expect(await call("GET", "/api/me")).toMatchObject({ ok: false, status: 0, retryable: true });
});
