"""Every stored field: how sensitive it is and how long it is kept. Pure tables; a test finds what is missing.

Levels: NONE says nothing about a person; STAFF is about staff; CODED is about a visitor without words
(choices, times, states); IDENTITY finds a visitor outside; WORDS are a consultation's words (要配慮個人情報),
sealed, erased with the visitor's key.
"""

from enum import StrEnum

from counseling.keeping import TERMS
from counseling.staff_fields import STAFF_FIELDS


class Level(StrEnum):
    """How sensitive a field is."""

    NONE = "none"
    STAFF = "staff"
    CODED = "coded"
    IDENTITY = "identity"
    WORDS = "words"
    SECRET = "secret"  # noqa: S105 - a level's name


class Kept(StrEnum):
    """How long a field is kept."""

    PROGRAM = "program"  # as long as the program
    EMPLOYMENT = "employment"  # while the person works here, and as the log of their deeds
    RECORD = "record"  # codes and times of a talk: the figures are made of them, and no erasure touches them
    KEY = "key"  # until the visitor's key is destroyed: when the last kind that it opens is due
    # The program's retention of this kind (counseling.keeping.TERMS), long before the key.
    WORDS, RECORDS, PICTURES, CONTACTS, NOTES = "words", "records", "pictures", "contacts", "notes"
    UNTIL_DONE = "until_done"  # emptied as soon as it is processed
    ADDRESSES = "addresses"  # the program's retention of addresses, at most until the visitor's key is destroyed
    ANSWERED = "answered"  # until 30 days after somebody decided, 90 where nobody did
    FOR_EVER = "for_ever"  # needed so that nothing is taken twice


# By which kind of counseling.keeping something sealed goes.
KINDS: dict[Kept, str] = {
    **{kept: kept.value for kept in (Kept.WORDS, Kept.RECORDS, Kept.PICTURES, Kept.CONTACTS, Kept.ADDRESSES)},
    Kept.UNTIL_DONE: "contacts",
    Kept.KEY: "records",
}
Fields = dict[str, tuple[Level, Kept]]


def _all(names: str, level: Level, kept: Kept) -> Fields:
    return dict.fromkeys(names.split(), (level, kept))


def _named(levels: dict[str, str]) -> Fields:
    """Fields by the names of their level and of how long they are kept (staff_fields)."""
    found: Fields = {}
    for (level, kept), names in ((key.split(), names) for key, names in levels.items()):
        found |= _all(names, Level(level), Kept(kept))
    return found


def _sealed(coded: str, words: str) -> Fields:
    """Columns about a visitor beside words that are sealed under their key."""
    return _all(coded, Level.CODED, Kept.RECORD) | _all(words, Level.WORDS, Kept.KEY)


def _aside(columns: str = "", words: str = "body") -> Fields:
    """Words among staff in a session (models.Aside): sealed, with columns of their own."""
    return _sealed(f"id session version by client_id created_at {columns}", words)


_WORDS = _all("body", Level.WORDS, Kept.KEY)
_LASTING = "id visitor by at client_id ends_on ended_at ended_by times "
FIELDS: dict[str, Fields] = {
    "Program": {
        **_all(
            "id slug name kind commissioner audience starts_on ends_on channel_mode hours capacity routing offer_for "
            "nudge_after notice_after close_after amber_after episode_silence editions languages furigana stage "
            "stage_since stage_by practice daily_limit retention report area reception_told "
            "neutral_title last_number least_on_duty least_supervisors required_lines surge_lines surge_first_hour "
            "surge_until shortage_told_at shortage_tried_at rescue_after same_counselor rest_after_heavy heavy_after "
            "care_pause "
            "diverted_since diverted_by call_after approves_trainees shows_reading tells_stepping_in consents_on_line "
            "intake_lapses_after link_life record_due_after record_edit_for record_read_for "
            "referral_ask_after referral_overdue_after letter_names_writer "
            "follow_up_escalates_after return_code_life outreach_people",
            Level.NONE,
            Kept.PROGRAM,
        ),
        **_all("on_call_email", Level.STAFF, Kept.PROGRAM),
    },
    "Channel": {
        **_all(
            "id program kind key bot_user_id previous_secret_until secret_at access_token_at paused_because paused_at",
            Level.NONE,
            Kept.PROGRAM,
        ),
        **_all("secret previous_secret access_token", Level.SECRET, Kept.PROGRAM),
    },
    "LineAccount": _all(
        "id channel name basic_id mark_as_read_mode findings checked_at quota used counted_at count_tried_at "
        "warned_month warned_percent warning_tried_at friends_added friends_blocking friends_on menu_id "
        "menu_made_at menu_claimed_until",
        Level.NONE,
        Kept.PROGRAM,
    ),
    "CannedReply": _all("id program owner shortcut title body uses", Level.STAFF, Kept.PROGRAM),
    "Agency": {
        **_all(
            "id program name kind prefecture municipalities telephones web address hours audience note checked_on "
            "retired_at key places folded_name folded",
            Level.NONE,
            Kept.PROGRAM,
        ),
        **_all("checked_by", Level.STAFF, Kept.PROGRAM),
    },
    "Visitor": {
        **_all(
            "id program channel pseudonym created_at language blocked_us_at door seen_at rung_at",
            Level.CODED,
            Kept.RECORD,
        ),
        **_all("identity_hash", Level.IDENTITY, Kept.RECORD),
        **_all("identity", Level.IDENTITY, Kept.KEY),
        **_all("wrapped_key share", Level.SECRET, Kept.KEY),
    },
    "Edition": _all("id program part number content made_at made_by note", Level.NONE, Kept.PROGRAM),
    "Approach": _all("id visitor by at client_id number", Level.CODED, Kept.RECORD) | _WORDS,
    "Limit": _all(_LASTING + "per_day per_week minutes", Level.CODED, Kept.RECORD)
    | _all("reason told", Level.WORDS, Kept.KEY),
    "Block": _all(_LASTING + "code told_at", Level.CODED, Kept.RECORD) | _all("reason", Level.WORDS, Kept.KEY),
    "Merge": _all("id one other reason by at undone_by undone_at", Level.CODED, Kept.RECORD),
    "EntryLink": _all("id visitor token_hash made_at ends_at used_at", Level.CODED, Kept.RECORD),
    "Session": {
        **_all(
            "id program visitor number medium version state risk counselor refusal visits attributes editions trial "
            "consent consented_at intake received_at queued_at first_claimed_at first_response_at ended_at closed_at "
            "end_reason "
            "classification thankful_end waiting_since silent_since last_visitor_at idle_steps message_count "
            "visitor_count offered_to offered_until counselor_lost_at offer_declined taken_from "
            "taken_because approach agreed_minutes in_spite_of call_kind called_at called_by call_step call_due_at "
            "call_answered_at call_answered_by phone phoned_at reported_at",
            Level.CODED,
            Kept.RECORD,
        ),
        **_all("intake_words", Level.WORDS, Kept.KEY),
    },
    "SessionEvent": _all(
        "id session version kind at by message_id note_id whisper_id proposal_id header details",
        Level.CODED,
        Kept.RECORD,
    ),
    "Assignment": _sealed(
        "id session user role since until began_because ended_because read_seq read_whisper", "summary"
    ),
    "Aftercare": _all("id assignment hard pause debrief debriefed_by debriefed_at", Level.STAFF, Kept.RECORD),
    "ReviewSheet": _all(
        "id session counselor supervisor begun_at counselor_confirmed_at supervisor_confirmed_at finished_at",
        Level.STAFF,
        Kept.RECORD,
    ),
    "ReviewVersion": _all("id sheet side number by at", Level.STAFF, Kept.RECORD) | _WORDS,
    "ReviewDraft": _all("id sheet side updated_at", Level.STAFF, Kept.RECORD) | _WORDS,
    "Draft": _all("id session user updated_at", Level.CODED, Kept.RECORD) | _WORDS,
    "Message": _sealed(
        "id session seq version author by kind client_id channel external_id auto_key written_at created_at "
        "unsent_at before_consent",
        "body findings",
    ),
    "Attachment": _sealed("id message state content_type size width height tries next_try_at", "content"),
    "Proposal": _aside("decision decided_at decided_by message"),
    "Note": _aside(),
    "Assessment": _aside("before level suggested form"),
    "Whisper": _aside(),
    "Record": _sealed("id session state since form number revision draft_form draft_by draft_at", "draft"),
    "RecordVersion": _sealed("id record number form codes classification thankful_end by at", "words"),
    "RecordReview": _sealed("id record turn number decided by at", "word"),
    "Referral": _all(
        "id session client_id by at revision agency kind level ground consented_at consent_asked_by items withdrawn_at "
        "contacted_at contacted_by contact owner due_on result result_on given_up ended_at told_overdue_at",
        Level.CODED,
        Kept.RECORD,
    ),
    "ReferralVersion": _sealed("id referral number did by at codes", "words"),
    "ReferralLetter": _sealed("id referral number client_id by at digest", "body"),
    "FollowUp": _all(
        "id program visitor session origin waived by at client_id state version risk owner due_at by_time overdue_at "
        "escalated_at ended_at",
        Level.CODED,
        Kept.RECORD,
    ),
    "FollowUpStep": _sealed("id follow_up number kind by at due_at owner risk", "words"),
    "FollowUpMessage": _sealed("id follow_up by client_id at delivery read_at answered_in", "words"),
    "ReturnCode": _all("id visitor code_hash made_by made_at ends_at used_at", Level.CODED, Kept.RECORD),
    "Outreach": _sealed(
        "id program visitor session by at client_id state version risk goers consented_at arrive_by leave_by "
        "arrived_at left_at overdue_at result ended_at",
        "consent",
    )
    | _all("address", Level.IDENTITY, Kept.UNTIL_DONE),
    "OutreachGoer": _all("id outreach user", Level.STAFF, Kept.RECORD),
    "OutreachStep": _sealed("id outreach number kind by at told", "words"),
    "OutreachMail": _all("id outreach user due_at sent_at", Level.STAFF, Kept.RECORD),
    "FollowMail": _all("id follow_up user due_at sent_at", Level.STAFF, Kept.RECORD),
    "InboundEvent": {
        **_all(
            "id channel event_id kind state tries next_try_at received_at done_at problem", Level.CODED, Kept.FOR_EVER
        ),
        **_all("source", Level.IDENTITY, Kept.FOR_EVER),
        **_all("body", Level.WORDS, Kept.UNTIL_DONE),
    },
    "Delivery": _sealed(
        "id visitor channel message auto_key parts state reason push_key tries created_at first_try_at next_try_at "
        "claimed_until done_at",
        "text replies",
    ),
    "Practice": _all(
        "id session by character trust told answered stays heard_seq part line spoken due_at moved_at ending began_at "
        "ended_at",
        Level.STAFF,
        Kept.RECORD,
    ),
    "Reaction": _all("id practice message heard before after at", Level.STAFF, Kept.RECORD),
    "SheetReading": _all("id session user reason at", Level.STAFF, Kept.RECORD),
    "Trace": {
        **_all("id session mark first_at last_at ends_at", Level.CODED, Kept.ADDRESSES),
        **_all("body", Level.IDENTITY, Kept.ADDRESSES),
    },
    "StepTick": _all("id session step by at taken_back_at taken_back_by", Level.CODED, Kept.RECORD),
    "Clue": _aside("kind message taken_back_at taken_back_by"),
    "AgencyContact": _aside("agency contacted_at ground consented_at next_due_at corrects"),
    "Filing": _aside("contact digest", words="body door_identity"),
    "Reading": _all("id session user reason at", Level.STAFF, Kept.RECORD),
    "CallMail": _all("id session user kind called_at due_at sent_at", Level.STAFF, Kept.RECORD),
    "PhoneTransfer": {
        **_all(
            "id session kind stage offered_by offered_at proposal slot_from slot_until forget_at voice agreed_at "
            "taken_by taken_at overdue_at escalated_at result ended_at",
            Level.CODED,
            Kept.RECORD,
        ),
        **_all("number", Level.IDENTITY, Kept.UNTIL_DONE),
        **_all("wishes", Level.WORDS, Kept.UNTIL_DONE),
    },
    "PhoneCall": _sealed("id transfer by started_at ended_at result next_step", "words"),
    "SurveyInvitation": _sealed("id session state why kept taken due_at next_try_at sent_at ends_on", ""),
    "SurveyAnswer": _sealed("id edition stage token_hash codes invitation asking finished_at", "words"),
    "ApartAnswer": _all("id edition stage token_hash codes program month ends_on", Level.CODED, Kept.RECORD)
    | _all("words", Level.WORDS, Kept.RECORD),
    "SurveyAlarm": _sealed("id program answer apart risk raised_at due_at sent_at seen_at seen_by", ""),
    "PhoneMail": _all("id transfer user due_at sent_at", Level.STAFF, Kept.RECORD),
    "Membership": _all("id user program role", Level.STAFF, Kept.EMPLOYMENT),
    "Presence": _all("id user came_at seen_at", Level.STAFF, Kept.EMPLOYMENT),
    "ShiftPattern": _all("id program name role starts ends lines", Level.NONE, Kept.PROGRAM),
    "Shift": _all(
        "id program user role starts_at ends_at lines published_at version changed_at", Level.STAFF, Kept.EMPLOYMENT
    ),
    "ShiftNotice": _all("id user program days due_at sent_at", Level.STAFF, Kept.UNTIL_DONE),
    "ShiftRequest": _all(
        "id shift kind asked_by to in_return reason state created_at accepted_at decided_by decided_at",
        Level.STAFF,
        Kept.EMPLOYMENT,
    ),
    "Duty": _all("id program user shift began_at ended_at ended_because", Level.STAFF, Kept.EMPLOYMENT),
    "Break": _all("id duty reason began_at back_at ended_at", Level.STAFF, Kept.EMPLOYMENT),
    "OnCallMail": _all("id session due_at sent_at", Level.CODED, Kept.RECORD),
    "CallIn": _all("id program user by called_at due_at sent_at", Level.STAFF, Kept.EMPLOYMENT),
    "HandoverNote": _all("id program by client_id created_at", Level.STAFF, Kept.RECORD)
    | _all("body", Level.WORDS, Kept.RECORD),
    "HandoverTick": _all("id note user at", Level.STAFF, Kept.RECORD),
    "Subscription": {
        **_all(
            "id program key url events made_by made_at paused_at failures failing_since rest_until stopped_at "
            "stop_told_at stop_tried_at",
            Level.STAFF,
            Kept.PROGRAM,
        ),
        **_all("secret", Level.SECRET, Kept.PROGRAM),
    },
    "Notification": _all(
        "id subscription key event body state tries created_at next_try_at claimed_until done_at status problem",
        Level.CODED,
        Kept.UNTIL_DONE,
    ),
    "JoinLink": {
        **_all("id program made_by made_at expires_at revoked_at uses", Level.STAFF, Kept.ANSWERED),
        **_all("key_hash", Level.SECRET, Kept.ANSWERED),
    },
    "Application": _all(
        "id program name email qualifications languages hours applied_at state decided_at decided_by",
        Level.STAFF,
        Kept.ANSWERED,
    ),
    **{table: _named(levels) for table, levels in STAFF_FIELDS.items()},
}
for _kind, _tables in TERMS.items():
    for _table, _columns in _tables.items():
        FIELDS[_table] |= {name: (FIELDS[_table][name][0], Kept(_kind)) for name in _columns.split()}
