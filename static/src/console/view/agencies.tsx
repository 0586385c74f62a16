// The directory of agencies beside a talk: find where somebody can be connected to, and put it into the reply.
import { useSignal } from "@preact/signals";
import { ChevronDown, Lock, TriangleAlert } from "lucide";
import { useEffect } from "preact/hooks";
import { Icon } from "../../lib/icon";
import { dayLine } from "../../lib/time";
import type { AgencyView } from "../../protocol";
import { now } from "../../staff/clock";
import { programOf } from "../../staff/view/context";
import { type AgencyWish, areaOf, insertAgency } from "../finder";
import type { Talk } from "../talk";
import { language, t } from "../words";
import { useConsole } from "./context";

export function Agencies({ talk }: { talk: Talk }) {
  const open = useSignal(talk.finder.found.peek() !== null);
  return (
    <details
      class="panel-part agencies unfolds"
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary class="section-title">
        {t.findAgency}
        <Icon of={ChevronDown} />
      </summary>
      {open.value && <Finder talk={talk} />}
    </details>
  );
}

function Finder({ talk }: { talk: Talk }) {
  const console = useConsole();
  const { finder } = talk;
  const found = finder.found.value;
  useEffect(() => finder.begin(areaOf(console, talk)), [finder]);
  return (
    <>
      <search class="agency-form">
        <Wish talk={talk} name="q" label={t.agencySearch} />
        <label class="small">
          {t.agencyKind}
          <select
            class="input"
            value={finder.wish.value.kind}
            onChange={(event) => finder.change({ kind: event.currentTarget.value })}
          >
            <option value="">{t.agencyKinds}</option>
            {console.agencyKinds.map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Wish talk={talk} name="area" label={t.agencyArea} />
      </search>
      <p class="small soft agency-count" role="status">
        {finder.problem.value || (found ? t.agenciesFound(found.agencies.length, found.count) : t.loading)}
      </p>
      <ul class="agency-list">
        {found?.agencies.map((agency) => (
          <Agency key={agency.id} agency={agency} talk={talk} />
        ))}
      </ul>
    </>
  );
}

interface WishProps {
  talk: Talk;
  name: Exclude<keyof AgencyWish, "kind">;
  label: string;
}

function Wish({ talk: { finder }, name, label }: WishProps) {
  return (
    <label class="small">
      {label}
      <input
        class="input"
        type="search"
        maxLength={100}
        autocomplete="off"
        value={finder.wish.value[name]}
        onInput={(event) => finder.change({ [name]: event.currentTarget.value })}
      />
    </label>
  );
}

function Agency({ agency, talk }: { agency: AgencyView; talk: Talk }) {
  const console = useConsole();
  const kind = console.agencyKinds.find(([code]) => code === agency.kind)?.[1];
  return (
    <li class="agency">
      <p class="agency-name">{agency.name}</p>
      <p class="small soft">{[kind, agency.area].filter(Boolean).join("・")}</p>
      {agency.telephones.length > 0 && <p class="agency-telephone">{agency.telephones.join(" / ")}</p>}
      {agency.hours && <p class="small text">{agency.hours}</p>}
      {agency.audience && <p class="small text">{agency.audience}</p>}
      {agency.note && (
        <p class="small text agency-note">
          <Icon of={Lock} label={t.internal} /> {agency.note}
        </p>
      )}
      <Checked agency={agency} />
      <a
        class="button button-small"
        href={`/programs/${programOf(console, talk.header.program)?.slug}/referrals/new/${talk.id}/form/?agency=${agency.id}`}
        target="_blank"
        rel="noopener"
      >
        {t.refer}
      </a>
      {talk.header.state !== "wrap_up" && (
        <button
          type="button"
          class="button button-small"
          aria-label={t.insertAgencyOf(agency.name)}
          onClick={() => insertAgency(console, talk, agency)}
        >
          {t.insertAgency}
        </button>
      )}
    </li>
  );
}

function Checked({ agency: { checked_on, stale } }: { agency: AgencyView }) {
  return (
    <p class="row small soft">
      {stale && (
        <strong class="badge">
          <Icon of={TriangleAlert} />
          {t.agencyStale}
        </strong>
      )}
      {checked_on ? t.agencyChecked(dayLine(checked_on, now.peek(), language)) : t.agencyUnchecked}
    </p>
  );
}
