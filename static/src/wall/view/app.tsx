// The whole wall: head, what needs a supervisor now, the programs, the sessions and the people, and the window that is open.
import { LineBar, LoginBar } from "../../staff/view/bars";
import { Calls } from "../../staff/view/calls";
import { StationContext } from "../../staff/view/context";
import { answerCall } from "../acts";
import type { Wall } from "../ctrl";
import { t } from "../words";
import { Alarms } from "./alarms";
import { Cards } from "./cards";
import { ChoiceBar } from "./choice";
import { CrewSide } from "./crew";
import { FilterBar } from "./filters";
import { Head } from "./head";
import { Programs } from "./programs";
import { Windows } from "./windows";

export function App({ wall }: { wall: Wall }) {
  return (
    <StationContext.Provider value={wall}>
      <div class="station wall">
        <Head />
        <div class="banners">
          <Calls answer={(session) => answerCall(wall, session)} />
          <LineBar />
          <LoginBar />
          <Notices wall={wall} />
        </div>
        <main class="wall-main" id="main" tabIndex={-1}>
          <div class="wall-top">
            <Alarms />
            <Programs />
          </div>
          <section class="wall-sessions" aria-labelledby="cards-title">
            <FilterBar />
            <Cards />
          </section>
          <CrewSide />
        </main>
        <ChoiceBar />
      </div>
      <Windows />
      <p class="visually-hidden" role="status">
        {wall.status.value}
      </p>
    </StationContext.Provider>
  );
}

function Notices({ wall }: { wall: Wall }) {
  return (
    <div role="status">
      {wall.notices.all.value.map((notice) => (
        <div key={notice.id} class="notice notice-plain banner">
          <p>{notice.text}</p>
          <button type="button" class="button button-small" onClick={() => wall.notices.read(notice.id)}>
            {t.dismissNotice}
          </button>
        </div>
      ))}
    </div>
  );
}
