"""What a program's file holds of each table, and what it deliberately has not, with the reason. Pure.

A test fails for a column or table that stands in neither: whoever adds one decides here.
"""

from counseling.bounds import RULES

Columns = dict[str, frozenset[str]]


def _columns(**tables: str) -> Columns:
    return {table: frozenset(names.split()) for table, names in tables.items()}


HELD: Columns = _columns(
    Program="name kind commissioner audience area channel_mode languages furigana hours required_lines retention "
    "report " + " ".join(RULES),
    Edition="part content",
    CannedReply="shortcut title body",
    ShiftPattern="name role starts ends lines",
    Agency="name kind prefecture municipalities telephones web address hours audience note checked_on",
)
# By reason.
LEFT_OUT: dict[str, Columns] = {
    "made anew with every row": _columns(
        Program="id editions",
        Edition="id program number made_at made_by note",
        CannedReply="id program uses",
        ShiftPattern="id program",
        Agency="id program key places folded_name folded",
    ),
    "asked when a program is made": _columns(Program="slug starts_on ends_on"),
    "how the program stands just now": _columns(
        Program="stage stage_since stage_by surge_until diverted_since diverted_by shortage_told_at shortage_tried_at "
        "reception_told last_number",
    ),
    "of people: theirs, or who did it": _columns(
        Program="on_call_email", CannedReply="owner", Agency="checked_by retired_at"
    ),
    "a program for learning is made as one, never by copying": _columns(Program="practice"),
}
TABLES_LEFT_OUT: dict[str, frozenset[str]] = {
    "visitors and what they said": frozenset(
        {"Visitor", "Session", "FollowUp", "ApartAnswer", "SurveyAlarm", "Outreach"}
    ),
    "people and their work": frozenset(
        {
            "Membership",
            "Shift",
            "ShiftNotice",
            "Duty",
            "HandoverNote",
            "CallIn",
            "JoinLink",
            "Application",
            "RecordMail",
            "ReferralMail",
        },
    ),
    "what went, and what the law keeps": frozenset({"Erasure", "Hold", "Night", "ContractEnd", "Disclosure"}),
    "secrets, and doors that belong to one program": frozenset({"Channel", "ApiToken", "Subscription"}),
}
