// A session that is offered to me, for a while: take it, or not now.
import { durationText, secondsSince } from "../../lib/time";
import type { SessionView } from "../../protocol";
import { now } from "../clock";
import type { Outcome } from "../station";
import { language, t } from "../words";
import { Act } from "./act";
import { RiskMark, VisitMark } from "./marks";

interface Props {
  offer: SessionView;
  accept(): Promise<Outcome>;
  decline(): Promise<Outcome>;
}

export function Offer({ offer, accept, decline }: Props) {
  const left = offer.offered_until ? -secondsSince(offer.offered_until, now.value) : 0;
  return (
    <div class="offer">
      <p class="row">
        <strong class="pseudonym">{offer.pseudonym}</strong>
        <RiskMark level={offer.risk} />
        <VisitMark view={offer} />
        <span class="clock" aria-hidden="true">
          {t.offerLeft(durationText(left, language))}
        </span>
      </p>
      <div class="row">
        <Act class="button button-small button-primary" act={accept}>
          {t.accept}
        </Act>
        <Act class="button button-small" act={decline}>
          {t.decline}
        </Act>
      </div>
    </div>
  );
}
