// One request: JSON out, JSON in, with the CSRF token; every failure as a value with a code, words and whether to retry.
import { codeOfStatus, failureText } from "./text";

export interface Failure {
  ok: false;
  status: number;
  code: string;
  message: string;
  fields: Record<string, string[]>;
  /** True when the same request may be tried again: nobody refused it, it only did not come through. */
  retryable: boolean;
}

interface Told {
  error?: string;
  message?: string;
  fields?: Record<string, string[]>;
}

export type Answer<T> = { ok: true; status: number; value: T } | Failure;

export type Method = "GET" | "POST" | "PUT" | "DELETE";

const PATIENCE_MS = 20_000;

/** The token for this request. The cookie comes first: signing in again in another tab changes it, not our page. */
export function csrfToken(): string {
  const cookie = document.cookie.match(/(?:^|;\s*)(?:__Host-)?csrf=([^;]+)/)?.[1];
  return cookie ?? document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

function isRetryable(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

function failure(status: number, body: unknown): Failure {
  const told = (body && typeof body === "object" ? body : {}) as Told;
  const code = typeof told.error === "string" ? told.error : codeOfStatus(status);
  const message = told.message || failureText(code);
  return { ok: false, status, code, message, fields: told.fields ?? {}, retryable: isRetryable(status) };
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

interface Manner {
  /** Let the request outlive the page; for at most 64 KiB. */
  keepalive?: boolean;
}

let answered: () => void = () => undefined;

/** Be told of every answer that did what was asked: whoever got it is signed in from then on, as at a sign-in. */
export function whenAnswered(listen: () => void): void {
  answered = listen;
}

/** Ask our own server. Never throws; a lost line is a Failure with status 0. */
export async function call<T>(method: Method, path: string, body?: unknown, manner: Manner = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const init: RequestInit = {
    method,
    headers,
    credentials: "same-origin",
    redirect: "error",
    keepalive: manner.keepalive === true,
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  if (body !== undefined) init.body = JSON.stringify(body);
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    return failure(0, undefined);
  }
  const value = await bodyOf(response);
  // An answer that is not ours (a proxy's page with status 200) is no answer.
  if (response.ok && value === undefined && response.status !== 204) return failure(0, undefined);
  if (!response.ok) return failure(response.status, value);
  answered();
  return { ok: true, status: response.status, value: value as T };
}
