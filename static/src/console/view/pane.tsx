// One of the two talks on the desk: its head with clocks, the transcript, and the field or the wrap-up form.
import type { SessionView } from "../../protocol";
import { takesSessions } from "../../staff/me";
import { amberAfter, programOf } from "../../staff/view/context";
import { ChannelMark, RiskMark, TalkClock, VisitMark } from "../../staff/view/marks";
import { Reported } from "../../staff/view/sheet";
import { goTo, show, showIn } from "../acts";
import { activate, type Pane as Side } from "../desk";
import { isOnDuty } from "../duty";
import type { Talk } from "../talk";
import { t } from "../words";
import { AlongBar, Watchers } from "./along";
import { AgreedClock } from "./approach";
import { CallBar } from "./callbar";
import { Composer } from "./composer";
import { useConsole } from "./context";
import { Proposals } from "./proposals";
import { Transcript } from "./transcript";
import { Unread } from "./unread";
import { WhisperButton, Whispers } from "./whispers";
import { WrapUp } from "./wrapup";

export function Panes() {
  const console = useConsole();
  return (
    <div class="panes">
      <TalkTabs />
      <div class="pane-row" data-active={console.desk.value.active}>
        <Pane side={0} />
        <Pane side={1} />
      </div>
    </div>
  );
}

/** On narrow screens one talk is shown; the others stay in sight with what is unread. */
function TalkTabs() {
  const console = useConsole();
  const talks = [...console.talks.value.values()];
  if (talks.length < 2) return null;
  return (
    <nav class="talk-tabs" aria-label={t.chooseTalk}>
      {talks.map((talk) => (
        <button
          key={talk.id}
          type="button"
          class="talk-tab"
          aria-current={console.active.value === talk ? "true" : undefined}
          onClick={() => show(console, talk.id)}
        >
          {talk.header.pseudonym} <Unread count={talk.unread.value} />
        </button>
      ))}
    </nav>
  );
}

function Pane({ side }: { side: Side }) {
  const console = useConsole();
  const desk = console.desk.value;
  const id = desk.shown[side];
  const talk = id === null ? undefined : console.talks.value.get(id);
  const active = desk.active === side;
  const enter = () => {
    console.desk.value = activate(console.desk.value, side);
  };
  const where = side === 0 ? t.leftTalk : t.rightTalk;
  if (!talk)
    return (
      <section class="pane pane-empty" data-active={active} aria-label={where}>
        <Nobody side={side} />
      </section>
    );
  return (
    <section
      class="pane"
      data-active={active}
      aria-label={`${where}: ${t.visitor(talk.header.pseudonym)}`}
      onFocusIn={enter}
      onPointerDown={enter}
    >
      <PaneHead talk={talk} side={side} />
      <CallBar talk={talk} />
      {talk.whispering.value && <Whispers key={`whispers-${talk.id}`} talk={talk} />}
      <Transcript key={`transcript-${talk.id}`} talk={talk} />
      <Proposals key={`proposals-${talk.id}`} talk={talk} />
      <Foot key={`foot-${talk.id}`} talk={talk} />
    </section>
  );
}

function Foot({ talk }: { talk: Talk }) {
  if (!talk.mine) return <AlongBar talk={talk} />;
  return talk.header.state === "wrap_up" ? <WrapUp talk={talk} /> : <Composer talk={talk} />;
}

/** An empty place says what to do next, and says it once. */
function Nobody({ side }: { side: Side }) {
  const console = useConsole();
  const { talks, desk, me, program, boards } = console;
  if (boards.value.size === 0) return side === 0 ? <p class="empty">{t.noProgram}</p> : null;
  const elsewhere = [...talks.value.keys()].some((id) => !desk.value.shown.includes(id));
  const nothing = talks.value.size === 0;
  if (nothing && !takesSessions(programOf(console, program.value)))
    return side === 0 ? <p class="empty">{t.watchesOnly}</p> : null;
  if (side === 1 && !elsewhere) return <p class="empty small">{t.secondTalk}</p>;
  return (
    <div class="empty">
      <p>{nothing ? t.noTalkYet : t.noTalk}</p>
      <p class="small">
        {nothing ? (isOnDuty(me.value, program.value) ? t.noTalkOnDuty : t.noTalkOffDuty) : t.noTalkHelp}
      </p>
    </div>
  );
}

function PaneHead({ talk, side }: { talk: Talk; side: Side }) {
  const console = useConsole();
  const view = talk.header;
  return (
    <header class="pane-head">
      <div class="row">
        <button type="button" class="pane-key" onClick={() => goTo(console, side)}>
          <span class="visually-hidden">{side === 0 ? t.leftTalk : t.rightTalk} </span>
          {side + 1}
        </button>
        <PaneName talk={talk} side={side} />
        <RiskMark level={view.risk} />
        <WhisperButton talk={talk} />
      </div>
      <div class="row small">
        <TalkClock view={view} amberAfter={amberAfter(console, view.program)} />
        <StateMark view={view} />
        <Reported view={view} />
        <AgreedClock talk={talk} />
        <Unread count={talk.unread.value} />
        <VisitMark view={view} />
        <ChannelMark view={view} />
        {!talk.mine && view.counselor && <span class="soft">{t.wasWith(view.counselor.name)}</span>}
        <Watchers talk={talk} />
        {console.boards.value.size > 1 && (
          <span class="soft pane-program">{programOf(console, view.program)?.name}</span>
        )}
      </div>
    </header>
  );
}

function StateMark({ view }: { view: SessionView }) {
  return (
    <>
      {view.state !== "active" && <span class="badge">{t.states[view.state]}</span>}
      {view.idle_steps > 0 && <span class="soft">{t.nudged[view.idle_steps]}</span>}
    </>
  );
}

/** With more than two talks, the name is a choice of which one lies here. */
function PaneName({ talk, side }: { talk: Talk; side: Side }) {
  const console = useConsole();
  const talks = [...console.talks.value.values()];
  if (talks.length <= 2) return <h2 class="pane-name">{t.visitor(talk.header.pseudonym)}</h2>;
  return (
    <h2 class="pane-name">
      <select
        class="input"
        aria-label={t.chooseTalk}
        value={talk.id}
        onChange={(event) => showIn(console, side, Number(event.currentTarget.value))}
      >
        {talks.map((one) => (
          <option key={one.id} value={one.id}>
            {t.visitor(one.header.pseudonym) + (one.unread.value ? ` (${t.unread(one.unread.value)})` : "")}
          </option>
        ))}
      </select>
    </h2>
  );
}
