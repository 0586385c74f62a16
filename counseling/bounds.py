"""What the numbers, times and switches of a program may be, whoever sets them: a form, or a file. Pure."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from counseling.assignment import Routing

# A program's address: what anybody can type on any telephone.
SLUG, LONGEST_SLUG = re.compile(r"(?=.{2,40}\Z)[a-z0-9]+(-[a-z0-9]+)*"), 40
# Of what stands in one line, the longest in characters.
LINES = {"name": 80, "commissioner": 80, "audience": 200, "area": 80}
MINUTE = timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# The least and the most of each, both included.
COUNTS = {
    "least_on_duty": (0, 50),
    "least_supervisors": (0, 50),
    "capacity": (1, 10),
    "surge_lines": (0, 10),
    "daily_limit": (1, 50),
    "outreach_people": (1, 4),
}
TIMES = {
    "offer_for": (timedelta(seconds=10), timedelta(seconds=300)),
    "call_after": (timedelta(seconds=20), timedelta(seconds=600)),
    "nudge_after": (MINUTE, 60 * MINUTE),
    "notice_after": (2 * MINUTE, 120 * MINUTE),
    "close_after": (3 * MINUTE, 180 * MINUTE),
    "rest_after_heavy": (timedelta(0), 120 * MINUTE),
    "heavy_after": (20 * MINUTE, 240 * MINUTE),
    "care_pause": (timedelta(0), 60 * MINUTE),
    "rescue_after": (MINUTE, 60 * MINUTE),
    "amber_after": (MINUTE, 60 * MINUTE),
    "episode_silence": (5 * MINUTE, 1440 * MINUTE),
    "intake_lapses_after": (10 * MINUTE, 1440 * MINUTE),
    "link_life": (2 * MINUTE, 60 * MINUTE),
    "record_due_after": (HOUR, 72 * HOUR),
    "record_edit_for": (HOUR, 168 * HOUR),
    "record_read_for": (DAY, 366 * DAY),
    "referral_ask_after": (DAY, 90 * DAY),
    "referral_overdue_after": (DAY, 30 * DAY),
    "follow_up_escalates_after": (HOUR, 72 * HOUR),
    "return_code_life": (DAY, 90 * DAY),
}
SWITCHES = (
    "surge_first_hour",
    "same_counselor",
    "approves_trainees",
    "shows_reading",
    "tells_stepping_in",
    "neutral_title",
    "consents_on_line",
    "letter_names_writer",
)
MAY_BE_EMPTY = frozenset({"rescue_after", "daily_limit"})
RULES = (*COUNTS, *TIMES, *SWITCHES, "routing")
# What a program has that was not told otherwise, as far as it is compared with something else.
IDLE = {"nudge_after": 10 * MINUTE, "notice_after": 15 * MINUTE, "close_after": 20 * MINUTE}
DEFAULTS: dict[str, Any] = {**IDLE, "least_on_duty": 0, "least_supervisors": 0}
# Silence is answered in this order: each later than the one before.
IN_ORDER = (("nudge_after", "notice_after"), ("notice_after", "close_after"))


def wrong(values: Mapping[str, Any]) -> dict[str, str]:
    """What of these rules cannot be: its name with why. Durations are timedeltas.

    Codes: unknown, bad_value, out_of_bounds, out_of_order, more_than_people.
    """
    alone = {name: code for name, value in values.items() if (code := _alone(name, value))}
    known = DEFAULTS | {name: value for name, value in values.items() if name not in alone}
    order = {later: "out_of_order" for earlier, later in IN_ORDER if not known[earlier] < known[later]}
    if known["least_supervisors"] > known["least_on_duty"]:
        order["least_supervisors"] = "more_than_people"
    return order | alone


def _alone(name: str, value: Any) -> str:
    """What is wrong with one of them, whatever the others are; empty where nothing is."""
    if name not in RULES:
        return "unknown"
    if value is None and name in MAY_BE_EMPTY:
        return ""
    if name == "routing":
        return "" if isinstance(value, str) and value in set(Routing) else "bad_value"
    wanted = int if name in COUNTS else timedelta if name in TIMES else bool
    if type(value) is not wanted:
        return "bad_value"
    if wanted is bool:
        return ""
    bounds: tuple[Any, Any] = COUNTS.get(name) or TIMES[name]
    least, most = bounds
    return "" if least <= value <= most else "out_of_bounds"
