"""What a program agreed on: how long each kind of what it stores is kept, and how results are counted. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

# Kinds of what is stored, each with the fewest and the most days it may be kept after a talk has ended: the words;
# the record; what finds a person outside (LINE's id, a telephone number); pictures; addresses of the network.
RETENTION: dict[str, tuple[int, int]] = {
    "words": (30, 3650),
    "records": (30, 3650),
    "contacts": (30, 3650),
    "pictures": (1, 3650),
    "addresses": (1, 365),
}
# Of each session, counted from its own end; of each visitor, counted from the end of the last one (the column that is
# empty then). `key`: all that is left of a visitor, once the last kind it opens is due. Addresses have their own clock.
OF_SESSIONS = ("words", "records", "pictures")
OF_VISITORS = {"contacts": "identity", "key": "wrapped_key"}
# What goes before the key does, by kind: table → its sealed columns. A new table with words belongs here, or they stay
# until the key goes. `notes`: of no session and no visitor, as long as records from the day they were written.
TERMS: dict[str, dict[str, str]] = {
    "words": {
        "Session": "intake_words", "Assignment": "summary", "Draft": "body", "Message": "body findings",
        "Proposal": "body", "Note": "body", "Whisper": "body",
    },
    "records": {
        "Record": "draft", "RecordVersion": "words", "RecordReview": "word", "ReviewVersion": "body",
        "ReviewDraft": "body", "Assessment": "body", "PhoneCall": "words", "Clue": "body", "AgencyContact": "body",
        "Filing": "body door_identity", "ReferralVersion": "words", "ReferralLetter": "body",
    },
    "pictures": {"Attachment": "content"},
    "contacts": {"Visitor": "identity identity_hash"},
    "notes": {"HandoverNote": "body"},
}  # fmt: skip
# Never erased, and why that harms nobody: codes and times without a word, and a log whose rows hold each other.
FOR_EVER = ("figures", "audit")
# The day on which a talk after midnight counts: its date, or the evening on which that opening began.
REPORT: dict[str, tuple[str, ...]] = {"day": ("calendar", "service")}
COUNTED_BY = REPORT["day"]


def wrong_retention(retention: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What of it cannot be, as (kind, code). A kind that is not in it has not been agreed upon."""
    for kind, days in retention.items():
        least, most = RETENTION.get(kind, (0, 0))
        if kind not in RETENTION:
            yield kind, "unknown_key"
        elif type(days) is not int:
            yield kind, "bad_value"
        elif not least <= days <= most:
            yield kind, "out_of_bounds"


def wrong_report(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What of how results are made cannot be, as (name, code)."""
    for name, value in report.items():
        if name not in REPORT:
            yield name, "unknown_key"
        elif value not in REPORT[name]:
            yield name, "bad_value"


def counted_by(report: Mapping[str, Any]) -> str:
    """By which day this program's results are counted."""
    return str(report.get("day", COUNTED_BY[0]))
