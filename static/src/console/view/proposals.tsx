// A trainee's words that wait for a supervisor: below the talk, on the staff's surface, for both of them with a clock.
import { useSignal } from "@preact/signals";
import { Hourglass, Undo2 } from "lucide";
import { isBlank } from "../../lib/composer";
import { Icon } from "../../lib/icon";
import type { ProposalView } from "../../protocol";
import { Act } from "../../staff/view/act";
import { Elapsed } from "../../staff/view/marks";
import { approve, mend, returnProposal } from "../along";
import type { Talk } from "../talk";
import { t } from "../words";
import { useConsole } from "./context";

export function Proposals({ talk }: { talk: Talk }) {
  const { proposals } = talk.server.value;
  const shown = talk.mine ? proposals : proposals.filter(({ decision }) => decision === "pending");
  return (
    <section class="proposals staff-only" aria-label={t.proposals} aria-live="polite" hidden={!shown.length}>
      {shown.map((proposal) =>
        talk.mine ? (
          <Mine key={proposal.id} talk={talk} proposal={proposal} />
        ) : (
          <ToDecide key={proposal.id} talk={talk} proposal={proposal} />
        ),
      )}
    </section>
  );
}

interface Props {
  talk: Talk;
  proposal: ProposalView;
}

function Mine({ talk, proposal }: Props) {
  const console = useConsole();
  const { decision, decided_by, at, text } = proposal;
  return (
    <div class="proposal">
      <p class="row small">
        <Icon of={decision === "pending" ? Hourglass : Undo2} />
        {decision === "pending" ? (
          <Elapsed since={at} say={t.proposalWaits} />
        ) : (
          <strong>{t.proposalReturned(decided_by?.name ?? "SV")}</strong>
        )}
      </p>
      <p class="text" dir="auto">
        {text}
      </p>
      <Act class="button button-small" act={() => mend(console, talk, proposal)}>
        {decision === "pending" ? t.takeProposalBack : t.mendProposal}
      </Act>
    </div>
  );
}

function ToDecide({ talk, proposal }: Props) {
  const console = useConsole();
  const text = useSignal(proposal.text);
  const word = useSignal("");
  const mended = text.value !== proposal.text;
  return (
    <div class="proposal">
      <p class="row small">
        <Icon of={Hourglass} />
        <strong>{t.proposalOf(proposal.by.name)}</strong>
        <Elapsed since={proposal.at} say={(time) => time} />
      </p>
      <textarea
        class="input"
        rows={3}
        aria-label={t.proposalOf(proposal.by.name)}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
      <div class="row">
        <Act
          class="button button-small button-primary"
          disabled={isBlank(text.value)}
          act={() => approve(console, talk, proposal, text.value)}
        >
          {mended ? t.approveMended : t.approve}
        </Act>
      </div>
      <div class="row proposal-return">
        <input
          class="input"
          aria-label={t.returnWord(proposal.by.name)}
          placeholder={t.returnWord(proposal.by.name)}
          maxLength={2000}
          value={word.value}
          onInput={(event) => {
            word.value = event.currentTarget.value;
          }}
        />
        <Act
          class="button button-small button-staff"
          disabled={isBlank(word.value)}
          act={() => returnProposal(console, talk, proposal, word.value)}
        >
          {t.returnProposal}
        </Act>
      </div>
    </div>
  );
}
