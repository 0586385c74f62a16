// Talks to the simulator: requests, and the live line that says what happens.

async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.error ?? `HTTP ${answer.status}`);
  return found;
}

export const get = (path) => ask("GET", path);
export const post = (path, body) => ask("POST", path, body);
export const put = (path, body) => ask("PUT", path, body);
export const drop = (path) => ask("DELETE", path);

/** What a person does; see `acts.say`. */
export const say = (user, said) => post(`/simulator/people/${user}/say`, said);

/** Follow the live line: `heard(event)` for each event, `opened()` at every (re)connection, `lost()` in between. */
export function listen({ heard, opened, lost }) {
  const stream = new EventSource("/simulator/stream");
  stream.onopen = opened;
  stream.onerror = lost;
  stream.onmessage = (event) => heard(JSON.parse(event.data));
  addEventListener("pagehide", () => stream.close(), { once: true });
}

/** A chosen file as `say` takes it. */
export async function upload(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { content_base64: btoa(text), content_type: file.type || "application/octet-stream", fileName: file.name };
}
