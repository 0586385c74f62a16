// How many of a visitor's words nobody has seen.
import { t } from "../words";

export function Unread({ count }: { count: number }) {
  return count ? <strong class="unread">{t.unread(count)}</strong> : null;
}
