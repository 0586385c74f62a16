"""Every stored field: how sensitive it is and how long it is kept. Pure tables; a test finds what is missing.

Levels: NONE says nothing about a person; STAFF is about staff; CODED is about a visitor without words
(choices, times, states); IDENTITY finds a visitor outside; WORDS are a consultation's words (要配慮個人情報),
sealed, erased with the visitor's key.
"""

from enum import StrEnum


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
    RECORD = "record"  # the program's retention of records
    KEY = "key"  # readable until the visitor's key is destroyed
    UNTIL_DONE = "until_done"  # emptied as soon as it is processed
    ADDRESSES = "addresses"  # the program's retention of addresses, at most until the visitor's key is destroyed
    ANSWERED = "answered"  # until 30 days after somebody decided, 90 where nobody did
    FOR_EVER = "for_ever"  # needed so that nothing is taken twice


Fields = dict[str, tuple[Level, Kept]]


def _all(names: str, level: Level, kept: Kept) -> Fields:
    return dict.fromkeys(names.split(), (level, kept))


def _aside(columns: str = "", words: str = "body") -> Fields:
    """Words among staff in a session (models.Aside): sealed, with columns of their own."""
    coded = f"id session version by client_id created_at {columns}"
    return {**_all(coded, Level.CODED, Kept.RECORD), **_all(words, Level.WORDS, Kept.KEY)}


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
            "intake_lapses_after link_life record_due_after record_edit_for record_read_for",
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
        **_all("wrapped_key", Level.SECRET, Kept.KEY),
    },
    "Edition": _all("id program part number content made_at made_by note", Level.NONE, Kept.PROGRAM),
    "Approach": _all("id visitor by at client_id number", Level.CODED, Kept.RECORD) | _WORDS,
    "Limit": _all(_LASTING + "per_day per_week minutes", Level.CODED, Kept.RECORD)
    | _all("reason told", Level.WORDS, Kept.KEY),
    "Block": _all(_LASTING + "code told_at", Level.CODED, Kept.RECORD) | _all("reason", Level.WORDS, Kept.KEY),
    "EntryLink": _all("id visitor token_hash made_at ends_at used_at", Level.CODED, Kept.RECORD),
    "Session": {
        **_all(
            "id program visitor number version state risk counselor refusal visits attributes editions trial "
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
    "Assignment": {
        **_all(
            "id session user role since until began_because ended_because read_seq read_whisper",
            Level.CODED,
            Kept.RECORD,
        ),
        **_all("summary", Level.WORDS, Kept.KEY),
    },
    "Aftercare": _all("id assignment hard pause debrief debriefed_by debriefed_at", Level.STAFF, Kept.RECORD),
    "ReviewSheet": _all(
        "id session counselor supervisor begun_at counselor_confirmed_at supervisor_confirmed_at finished_at",
        Level.STAFF,
        Kept.RECORD,
    ),
    "ReviewVersion": {
        **_all("id sheet side number by at", Level.STAFF, Kept.RECORD),
        **_all("body", Level.WORDS, Kept.KEY),
    },
    "ReviewDraft": {
        **_all("id sheet side updated_at", Level.STAFF, Kept.RECORD),
        **_all("body", Level.WORDS, Kept.KEY),
    },
    "Draft": _all("id session user updated_at", Level.CODED, Kept.RECORD) | _WORDS,
    "Message": _all(
        "id session seq version author by kind client_id channel external_id auto_key written_at created_at "
        "unsent_at before_consent",
        Level.CODED,
        Kept.RECORD,
    )
    | _all("body findings", Level.WORDS, Kept.KEY),
    "Attachment": {
        **_all("id message state content_type size width height tries next_try_at", Level.CODED, Kept.RECORD),
        **_all("content", Level.WORDS, Kept.KEY),
    },
    "Proposal": _aside("decision decided_at decided_by message"),
    "Note": _aside(),
    "Assessment": _aside("before level suggested form"),
    "Whisper": _aside(),
    "Record": {
        **_all("id session state since form number revision draft_form draft_by draft_at", Level.CODED, Kept.RECORD),
        **_all("draft", Level.WORDS, Kept.KEY),
    },
    "RecordVersion": {
        **_all("id record number form codes classification thankful_end by at", Level.CODED, Kept.RECORD),
        **_all("words", Level.WORDS, Kept.KEY),
    },
    "RecordReview": _all("id record turn number decided by at", Level.CODED, Kept.RECORD)
    | _all("word", Level.WORDS, Kept.KEY),
    "InboundEvent": {
        **_all(
            "id channel event_id kind state tries next_try_at received_at done_at problem", Level.CODED, Kept.FOR_EVER
        ),
        **_all("source", Level.IDENTITY, Kept.FOR_EVER),
        **_all("body", Level.WORDS, Kept.UNTIL_DONE),
    },
    "Delivery": {
        **_all(
            "id visitor channel message auto_key parts state reason push_key tries created_at first_try_at next_try_at "
            "claimed_until done_at",
            Level.CODED,
            Kept.RECORD,
        ),
        **_all("text replies", Level.WORDS, Kept.KEY),
    },
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
    "PhoneCall": {
        **_all("id transfer by started_at ended_at result next_step", Level.CODED, Kept.RECORD),
        **_all("words", Level.WORDS, Kept.KEY),
    },
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
    "CalendarFeed": {
        **_all("id user made_at", Level.STAFF, Kept.EMPLOYMENT),
        **_all("key_hash", Level.SECRET, Kept.EMPLOYMENT),
    },
    "Duty": _all("id program user shift began_at ended_at ended_because", Level.STAFF, Kept.EMPLOYMENT),
    "Break": _all("id duty reason began_at back_at ended_at", Level.STAFF, Kept.EMPLOYMENT),
    "OnCallMail": _all("id session due_at sent_at", Level.CODED, Kept.RECORD),
    "CallIn": _all("id program user by called_at due_at sent_at", Level.STAFF, Kept.EMPLOYMENT),
    "HandoverNote": _all("id program by client_id created_at", Level.STAFF, Kept.RECORD)
    | _all("body", Level.WORDS, Kept.RECORD),
    "HandoverTick": _all("id note user at", Level.STAFF, Kept.RECORD),
    "ApiToken": {
        **_all(
            "id program name scopes prefix made_by made_at expires_at last_used_at revoked_at",
            Level.STAFF,
            Kept.PROGRAM,
        ),
        **_all("key_hash", Level.SECRET, Kept.PROGRAM),
    },
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
    "Invitation": {
        **_all("id user by sent_at expires_at accepted_at withdrawn_at", Level.STAFF, Kept.EMPLOYMENT),
        **_all("key_hash", Level.SECRET, Kept.EMPLOYMENT),
    },
    "Login": {
        **_all("expire_date user began_at seen_at address browser", Level.STAFF, Kept.UNTIL_DONE),
        **_all("session_key session_data", Level.SECRET, Kept.UNTIL_DONE),
    },
    "AuditEntry": _all(
        "id at actor_id actor_name deed subject program_id address details previous_hash hash",
        Level.STAFF,
        Kept.FOR_EVER,
    ),
    "User": {
        **_all(
            "id email name is_active is_staff is_superuser date_joined last_login enter_sends sound desktop_notice "
            "qualifications languages can_take groups user_permissions",
            Level.STAFF,
            Kept.EMPLOYMENT,
        ),
        **_all("password", Level.SECRET, Kept.EMPLOYMENT),
    },
}
