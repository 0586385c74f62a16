// A search in the directory of agencies. It belongs to one talk: what is looked for stays when another talk is shown.
import { signal } from "@preact/signals";
import type { AgencyList, AgencyView } from "../protocol";
import type { Outcome } from "../staff/station";
import { programOf } from "../staff/view/context";
import type { Console } from "./ctrl";
import { api } from "./network";
import type { Talk } from "./talk";
import { t } from "./words";

export interface AgencyWish {
  q: string;
  kind: string;
  area: string;
}

const TYPING_REST_MS = 300;

export class AgencyFinder {
  readonly wish = signal<AgencyWish>({ q: "", kind: "", area: "" });
  readonly found = signal<AgencyList | null>(null);
  readonly problem = signal("");
  private begun = false;
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly program: number,
    private readonly failed: (outcome: NonNullable<Outcome>) => void,
  ) {}

  /** Somebody looks for the first time: near where the visitor lives. */
  begin(area: string): void {
    if (this.begun) return;
    this.begun = true;
    this.wish.value = { ...this.wish.value, area };
    void this.search();
  }

  /** Look for this instead, once the person rests. */
  change(part: Partial<AgencyWish>): void {
    this.wish.value = { ...this.wish.value, ...part };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.search(), TYPING_REST_MS);
  }

  /** Look now. An answer to an earlier wish is nobody's any more. */
  async search(): Promise<void> {
    clearTimeout(this.timer);
    this.asked += 1;
    const mine = this.asked;
    const answer = await api.agencies(this.program, this.wish.peek());
    if (mine !== this.asked) return;
    this.problem.value = answer.ok ? "" : answer.message;
    if (answer.ok) this.found.value = answer.value;
    else this.failed(answer);
  }

  /** The talk is gone: nothing looked for may stay. */
  forget(): void {
    clearTimeout(this.timer);
    this.asked += 1;
    this.wish.value = { q: "", kind: "", area: "" };
    this.found.value = null;
  }
}

/** Where the visitor said they live, as agencies name it; empty where they did not say or it is no place. */
export function areaOf(console: Console, talk: Talk): string {
  const asked = programOf(console, talk.header.program)?.area;
  const answers = asked ? [talk.header.attributes[asked.question]].flat() : [];
  return answers.map((code) => asked?.places[String(code)]).find(Boolean) ?? "";
}

/** What the visitor is told of an agency: its name, and how to reach it. */
export function agencyWords({ name, telephones, hours, web }: AgencyView): string {
  const telephone = telephones.length > 0 && t.agencyTelephone(telephones.join(" / "));
  return [name, telephone, hours && t.agencyHours(hours), web].filter(Boolean).join("\n");
}

/** Put an agency into the reply, where the cursor is. Nothing is sent. */
export function insertAgency(console: Console, talk: Talk, agency: AgencyView): void {
  console.place.value = "talk";
  console.insertion.value = { talk: talk.id, text: agencyWords(agency) };
  console.status.value = t.agencyInserted(agency.name);
}
