import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TalkFrame, TalkMessage, TalkState } from "../protocol";
import { Talk } from "./talk";
import { App } from "./view";

const at = "2026-11-23T05:02:00+00:00";
const settings = {
  program: "women",
  page: "/talk/women/",
  state: "/talk/women/state",
  messages: "/talk/women/messages",
  end: "/talk/women/end",
  telephone: "/talk/women/telephone",
  survey: "",
};
const first: TalkState = {
  session: 7,
  header: { version: 3, state: "waiting", end_reason: "", phone: "" },
  messages: [],
  place: 2,
  waiting: 3,
  upto: 3,
};

/** The server's end of the socket. */
class Wire {
  static last: Wire;
  readyState = 1;
  said: { type: string; after?: number }[] = [];
  onopen = () => {};
  onmessage = (_event: { data: string }) => {};
  onclose = (_event: { code: number }) => {};
  constructor(readonly url: string) {
    Wire.last = this;
  }
  send(text: string): void {
    this.said.push(JSON.parse(text));
  }
  close(): void {
    this.readyState = 3;
  }
  tell(frame: object): void {
    this.onmessage({ data: JSON.stringify(frame) });
  }
}

/** What the server answers, in order; the last answer stays. */
function answers(...list: (Response | Error)[]) {
  const bodies: { client_id: string; text: string }[] = [];
  const asked = vi.fn((_path: string, init: RequestInit) => {
    if (init.body) bodies.push(JSON.parse(String(init.body)));
    const next = list.length > 1 ? list.shift() : list[0];
    return next instanceof Response ? Promise.resolve(next.clone()) : Promise.reject(next);
  });
  vi.stubGlobal("fetch", asked);
  return { asked, bodies };
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

function said(seq: number, version: number, text: string, more: Partial<TalkMessage> = {}): TalkMessage {
  return { seq, version, author: "counselor", kind: "text", text, at, client_id: null, unsent: false, ...more };
}

function told(after: number, version: number, message: TalkMessage | null, state = "active"): TalkFrame {
  const header = { version, state, end_reason: "", phone: "" } as TalkState["header"];
  return { type: "talk", session: 7, after, upto: version, events: [{ version, at, header, message }] };
}

let talk: Talk;
const root = document.createElement("div");
const text = () => root.textContent ?? "";

function begin(): void {
  talk = new Talk(settings, first);
  talk.redraw = () => render(<App talk={talk} />, root);
  talk.redraw();
  Wire.last.onopen();
}

beforeEach(() => {
  vi.stubGlobal("WebSocket", Wire);
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  vi.stubGlobal("scrollTo", () => {});
  document.body.replaceChildren(root);
});
afterEach(() => {
  talk.close();
  render(null, root);
});

describe("waiting", () => {
  it("says how many wait, the place, and that it goes in turn", () => {
    begin();
    expect(text()).toContain("いま3人がお待ちで、あなたは2番目です。順番にお返事します。");
    Wire.last.tell({ type: "queue", place: 1, waiting: 2 });
    expect(text()).toContain("次にお返事します");
  });

  it("watches from where the page's first data stands", () => {
    begin();
    expect(Wire.last.said).toContainEqual({ type: "watch", after: 3 });
  });
});

describe("words", () => {
  it("are shown at once, as not there yet, and stored under one id", async () => {
    const { bodies } = answers(json(201, said(1, 4, "きいてください", { author: "visitor", client_id: "x" })));
    begin();
    talk.say("きいてください");
    expect(root.querySelector(".said-sending")?.textContent).toContain("送っています");
    expect(bodies[0]?.text).toBe("きいてください");
    await vi.waitFor(() => expect(root.querySelector(".said-sending")).toBeNull());
    expect(root.querySelectorAll(".said-text")).toHaveLength(1);
  });

  it("typed in a tunnel are kept and sent once, in order, when the line is back", async () => {
    const { bodies } = answers(new TypeError("no line"));
    begin();
    talk.say("ひとつめ");
    talk.say("ふたつめ");
    await vi.waitFor(() => expect(text()).toContain("まだ届いていません"));
    const lost = bodies.length;
    const back = answers(json(201, said(1, 4, "", { author: "visitor" })));
    dispatchEvent(new Event("online"));
    Wire.last.onopen();
    await vi.waitFor(() => expect(talk.shown.words).toHaveLength(0));
    expect(back.bodies.map((body) => body.text)).toEqual(["ひとつめ", "ふたつめ"]);
    expect(back.bodies[0]?.client_id).toBe(bodies[lost - 1]?.client_id);
  });

  it("that a frame brings back before the answer are shown once", async () => {
    answers(new TypeError("the answer was lost"));
    begin();
    talk.say("きいて");
    const client_id = talk.shown.words[0]?.clientId ?? "";
    Wire.last.tell(told(3, 4, said(1, 4, "きいて", { author: "visitor", client_id }), "waiting"));
    expect(talk.shown.words).toHaveLength(0);
    expect(root.querySelectorAll(".said-text")).toHaveLength(1);
  });

  it("sent too quickly wait, and a person is told why", async () => {
    answers(json(429, { error: "too_often", message: "続けて届いたため、少し間をおいて送ります。" }));
    begin();
    talk.say("a");
    await vi.waitFor(() => expect(text()).toContain("少し間をおいて送ります"));
    expect(talk.shown.words).toHaveLength(1);
  });

  it("refused can be written anew and are never lost", async () => {
    answers(json(400, { error: "too_long", message: "分けて送ってください。" }));
    begin();
    talk.writes("つぎに書きかけたこと");
    talk.say("ながいことば");
    talk.writes("つぎに書きかけたこと");
    await vi.waitFor(() => expect(text()).toContain("分けて送ってください。"));
    const [, rewrite] = root.querySelectorAll<HTMLButtonElement>(".said-failed button");
    rewrite?.click();
    expect(talk.shown.draft).toBe("ながいことば\nつぎに書きかけたこと");
    expect(talk.shown.words).toHaveLength(0);
  });
});

describe("the line", () => {
  it("lost is said at once, and gone when it is back", () => {
    begin();
    Wire.last.onclose({ code: 1006 });
    expect(text()).toContain("つながりが切れています");
    dispatchEvent(new Event("online"));
    Wire.last.onopen();
    expect(text()).not.toContain("つながりが切れています");
  });

  it("that skipped something is asked again from where we stand", () => {
    begin();
    Wire.last.said = [];
    Wire.last.tell(told(9, 10, said(2, 10, "あと")));
    expect(Wire.last.said).toEqual([{ type: "watch", after: 3 }]);
  });

  it("tells of a new sitting in another tab: the page asks for it", async () => {
    answers(json(200, { ...first, session: 8 }));
    begin();
    Wire.last.tell({ ...told(0, 1, null), session: 8 });
    await vi.waitFor(() => expect(talk.shown.state.session).toBe(8));
  });
});

describe("typing", () => {
  it("of the counselor is shown, and gone with the answer", () => {
    begin();
    Wire.last.tell({ type: "typing", session: 7, who: "counselor" });
    expect(text()).toContain("相談員が書いています");
    Wire.last.tell(told(3, 4, said(1, 4, "こんばんは")));
    expect(text()).not.toContain("相談員が書いています");
  });

  it("of the visitor is told at most every three seconds, without words", () => {
    begin();
    Wire.last.said = [];
    for (const draft of ["き", "きい", "きいて"]) talk.writes(draft);
    expect(Wire.last.said).toEqual([{ type: "typing" }]);
  });

  it("of ourselves is not shown to us", () => {
    begin();
    Wire.last.tell({ type: "typing", session: 7, who: "visitor" });
    expect(talk.shown.typing).toBe(false);
  });
});

describe("the end", () => {
  it("says why and how to come back, and takes no more words", () => {
    begin();
    Wire.last.tell(told(3, 4, null, "wrap_up"));
    expect(text()).toContain("相談は終わりました");
    expect(root.querySelector("textarea")).toBeNull();
    expect(root.querySelector("a")?.getAttribute("href")).toBe("/talk/women/?again");
  });

  it("by the visitor is asked once more first", async () => {
    const ended = {
      ...first,
      header: { version: 4, state: "wrap_up" as const, end_reason: "visitor_left", phone: "" },
      upto: 4,
    };
    const { asked } = answers(new Response(null, { status: 204 }), json(200, ended));
    begin();
    const button = () => root.querySelector<HTMLButtonElement>(".end button");
    button()?.click();
    await vi.waitFor(() => expect(text()).toContain("相談を終わりますか?"));
    expect(asked).not.toHaveBeenCalled();
    button()?.click();
    await vi.waitFor(() => expect(text()).toContain("相談を終わりにしました"));
  });
});

it("words stand as text, whatever they look like", () => {
  begin();
  Wire.last.tell(told(3, 4, said(1, 4, "<img src=x onerror=alert(1)>")));
  expect(root.querySelector("img")).toBeNull();
  expect(text()).toContain("<img src=x onerror=alert(1)>");
});

it("nothing of the talk is kept in the browser", () => {
  begin();
  talk.writes("書きかけ");
  talk.say("ひみつ");
  expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
  expect(document.title + location.href).not.toContain("ひみつ");
});

describe("a preview", () => {
  it("looks like a talk, and whatever one does in it, nothing is asked, told or sent", async () => {
    const { asked } = answers(json(200, first));
    const lines = vi.fn(Wire);
    vi.stubGlobal("WebSocket", lines);
    vi.useFakeTimers();
    talk = new Talk(settings, first, "", true);
    talk.redraw = () => render(<App talk={talk} />, root);
    talk.redraw();
    expect(text()).toContain("あなたは2番目です");
    talk.writes("書いてみる");
    talk.say("送ってみる");
    expect(await talk.end()).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(text()).not.toContain("接続が切れました");
    expect([asked.mock.calls.length, lines.mock.calls.length]).toEqual([0, 0]);
    vi.useRealTimers();
  });
});
