// The right side: who the visitor of the active talk is, what came before, notes among staff, and what one can do.
import { useEffect } from "preact/hooks";
import { clockText, dayLine } from "../../lib/time";
import type { SessionView } from "../../protocol";
import { now } from "../../staff/clock";
import { maySteer } from "../../staff/me";
import { Act } from "../../staff/view/act";
import { programOf } from "../../staff/view/context";
import { SheetLink } from "../../staff/view/sheet";
import { hold, lookBack, readEarlier, resume } from "../acts";
import { openRisk } from "../assessing";
import type { EarlierSession } from "../interfaces";
import type { Talk } from "../talk";
import type { Deed } from "../windows";
import { language, t } from "../words";
import { Agencies } from "./agencies";
import { GiveBack } from "./along";
import { Approach } from "./approach";
import { CallButtons } from "./callbar";
import { useConsole } from "./context";
import { Intake } from "./intake";
import { Notes } from "./notes";
import { RiskForm } from "./riskform";
import { RiskHistory } from "./riskhistory";
import { ShiftNotes } from "./shiftnotes";
import { Days } from "./transcript";
import { RecordLink } from "./wrapup";

export function Panel() {
  const console = useConsole();
  const talk = console.active.value;
  const reading = console.reading.value;
  if (console.shift.shown.value)
    return (
      <section class="panel" id="panel" aria-labelledby="shift-notes-title" tabIndex={-1}>
        <ShiftNotes program={console.program.value} />
      </section>
    );
  if (talk?.risk.shown.value)
    return (
      <section class="panel" id="panel" aria-labelledby="risk-title" tabIndex={-1}>
        <RiskForm key={talk.id} talk={talk} />
      </section>
    );
  return (
    <section class="panel" id="panel" aria-label={t.panel} tabIndex={-1}>
      {!talk && <p class="empty small">{t.panelEmpty}</p>}
      {talk && reading && reading.header.visitor === talk.header.visitor && <Reading />}
      {talk && reading?.header.visitor !== talk.header.visitor && <About key={talk.id} talk={talk} />}
    </section>
  );
}

function About({ talk }: { talk: Talk }) {
  const view = talk.header;
  const { summary } = talk.server.value;
  return (
    <>
      <h2 class="panel-title">{t.visitor(view.pseudonym)}</h2>
      <Approach talk={talk} />
      {view.state === "wrap_up" ? <ToSheet view={view} /> : <Actions talk={talk} />}
      {summary && (
        <section class="panel-part">
          <h3 class="section-title">{t.summary}</h3>
          <p class="text handover">{summary}</p>
        </section>
      )}
      <section class="panel-part">
        <h3 class="section-title">{t.intake}</h3>
        <Intake answers={talk.server.value.intake} />
        <dl class="facts">
          <Fact label={t.received} value={moment(view.received_at)} />
          {view.claimed_at && <Fact label={t.claimed} value={moment(view.claimed_at)} />}
        </dl>
      </section>
      <RiskHistory talk={talk} />
      <Agencies talk={talk} />
      <History talk={talk} />
      <Notes talk={talk} />
    </>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div class="fact">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Actions({ talk }: { talk: Talk }) {
  const console = useConsole();
  const open = (deed: Deed) => () => console.window.ask({ deed, session: talk.id });
  const held = talk.header.state === "held";
  return (
    <fieldset class="actions" aria-label={t.actions}>
      <CallButtons talk={talk} />
      {talk.mine && (
        <Act class="button button-small" act={() => (held ? resume(console, talk) : hold(console, talk))}>
          {held ? t.resume : t.hold}
        </Act>
      )}
      {talk.mine && <GiveBack talk={talk} />}
      <button type="button" class="button button-small" onClick={() => openRisk(console, talk)}>
        {talk.risk.begun.value ? t.riskGoOn : t.riskOpen}
      </button>
      <a
        class="button button-small"
        href={`/programs/${programOf(console, talk.header.program)?.slug}/calls/offer/${talk.id}/`}
        target="_blank"
        rel="noopener"
      >
        {t.telephone}
      </a>
      <ToSheet view={talk.header} />
      <button type="button" class="button button-small" onClick={open("handOver")}>
        {t.handOver}
      </button>
      <button type="button" class="button button-small" onClick={open("requeue")}>
        {t.requeue}
      </button>
      {talk.mine && (
        <RecordLink talk={talk} look="button button-small">
          {t.record}
        </RecordLink>
      )}
      {talk.mine && (
        <button type="button" class="button button-small" onClick={open("end")}>
          {t.end}
        </button>
      )}
    </fieldset>
  );
}

/** For who may steer the program: also of a talk that is over. */
function ToSheet({ view }: { view: SessionView }) {
  return maySteer(programOf(useConsole(), view.program)) ? <SheetLink view={view} /> : null;
}

const moment = (at: string) => `${dayLine(at, now.peek(), language)} ${clockText(at, language)}`;

function History({ talk }: { talk: Talk }) {
  const console = useConsole();
  useEffect(() => void lookBack(console, talk), [talk]);
  const rows = console.earlier.value.get(talk.header.visitor);
  return (
    <section class="panel-part">
      <h3 class="section-title">
        {t.history}
        {rows && <span class="small soft">{t.historyCount(rows.length)}</span>}
      </h3>
      {rows?.length === 0 && <p class="small soft">{t.historyEmpty}</p>}
      <ul class="history">
        {rows?.map((row) => (
          <EarlierLine key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function EarlierLine({ row }: { row: EarlierSession }) {
  const console = useConsole();
  const result = row.classification ? (t.classifications[row.classification] ?? "") : t.states[row.state];
  return (
    <li>
      <Act class="earlier" label={t.readEarlier(row.number)} act={() => readEarlier(console, row.id)}>
        <span>{moment(row.received_at)}</span>
        <span class="small soft">
          {[result, row.counselor, t.messages(row.message_count)].filter(Boolean).join("・")}
        </span>
      </Act>
    </li>
  );
}

/** An earlier session beside the talk: to read, not to write. */
function Reading() {
  const console = useConsole();
  const reading = console.reading.value;
  const back = () => {
    console.reading.value = null;
  };
  if (!reading) return null;
  return (
    <section class="reading" aria-label={t.earlier(reading.header.number)}>
      <button type="button" class="button button-small" onClick={back}>
        {t.backToPanel}
      </button>
      <h2 class="panel-title">{t.earlier(reading.header.number)}</h2>
      <ToSheet view={reading.header} />
      <p class="small soft">{t.earlierHelp}</p>
      <Intake answers={reading.intake} />
      <Days messages={reading.messages} acting={false} />
      {reading.notes.map((note) => (
        <p key={note.id} class="note text">
          {note.text}
        </p>
      ))}
    </section>
  );
}
