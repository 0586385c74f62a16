"""Who may do what over HTTP: the one table, in parts. A door that is not in it fails the test."""

from typing import Any

from tests.permissions import (
    rows_agencies,
    rows_arrangements,
    rows_calls,
    rows_care,
    rows_duty,
    rows_follow_ups,
    rows_front,
    rows_history,
    rows_line,
    rows_machines,
    rows_opening,
    rows_practice,
    rows_programs,
    rows_records,
    rows_referrals,
    rows_replies,
    rows_results,
    rows_retention,
    rows_sheets,
    rows_shifts,
    rows_surveys,
    rows_talks,
    rows_team,
    rows_texts,
    rows_visitors,
    rows_visits,
    rows_wall,
)

PARTS = (
    rows_front,
    rows_machines,
    rows_programs,
    rows_practice,
    rows_records,
    rows_referrals,
    rows_follow_ups,
    rows_talks,
    rows_sheets,
    rows_visitors,
    rows_visits,
    rows_team,
    rows_shifts,
    rows_duty,
    rows_wall,
    rows_care,
    rows_agencies,
    rows_arrangements,
    rows_history,
    rows_calls,
    rows_surveys,
    rows_line,
    rows_texts,
    rows_replies,
    rows_opening,
    rows_results,
    rows_retention,
)
BODIES: dict[str, Any] = {key: body for part in PARTS for key, body in part.BODIES.items()}
# "any" stands for: as the house stands, 200 or 503, and the same for everybody.
TABLE = "\n".join(part.TABLE for part in PARTS)


# What changes something without a CSRF token: LINE signs its requests; and who flees must always be able to.
NO_TOKEN_NEEDED = frozenset({"line-webhook", "talk:leave"})
