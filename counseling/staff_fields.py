"""Fields of what is nobody's talk: people who work here, what they did, and what is kept of results. Pure.

For counseling.privacy, whose levels and times these names are: table → "level kept" → fields.
"""

STAFF_FIELDS: dict[str, dict[str, str]] = {
    "ApiToken": {
        "staff program": "id program name scopes prefix made_by made_at expires_at last_used_at revoked_at",
        "secret program": "key_hash",
    },
    "CalendarFeed": {"staff employment": "id user made_at", "secret employment": "key_hash"},
    "RecordMail": {"staff until_done": "id program user owed_at due_at sent_at"},
    "ReferralMail": {"staff until_done": "id program user due_at sent_at"},
    "Invitation": {
        "staff employment": "id user by sent_at expires_at accepted_at withdrawn_at",
        "secret employment": "key_hash",
    },
    "Login": {
        "staff until_done": "expire_date user began_at seen_at address browser",
        "secret until_done": "session_key session_data",
    },
    "AuditEntry": {
        "staff for_ever": "id at actor_id actor_name deed subject program_id address details previous_hash hash",
    },
    "User": {
        "staff employment": "id email name is_active is_staff is_superuser date_joined last_login enter_sends sound "
        "desktop_notice qualifications languages can_take groups user_permissions",
        "secret employment": "password",
    },
    # What went, in counts, and what the law keeps: they outlive what they tell of.
    "Erasure": {"coded record": "id program visitor why checked counts stays by begun_at finished_at"},
    "Forgotten": {"coded record": "id session kind at"},
    "Night": {"coded record": "id program on counts done_at"},
    "Hold": {
        "coded record": "id program visitor session client_id until by at ended_at ended_by",
        "words key": "reason end_reason",
    },
    "ContractEnd": {"coded record": "id program on by at counts finished_at"},
    "Disclosure": {
        "coded record": "id program visitor client_id checked parts looked left_out state done total digest by at "
        "ready_at ends_at",
        "words key": "checked_words content",
    },
    "DoomedHalf": {"secret until_done": "id share erasure"},
    # Figures outlive the words they were counted from: as long as the program.
    "ReportRun": {
        "none program": "id program number first last day language eras replaces reason stage asked_at done tries "
        "claimed_until made_at definitions inputs fingerprint public outputs released_at published_at",
        "coded program": "content figures",  # small cells among them
        "staff program": "asked_by released_by published_by",
    },
    "Comparator": {
        "none program": "id program name first last minutes days count per places at",
        "staff program": "by",
    },
    "ResultsPlan": {"staff program": "id program user every holidays made_at owed_on"},
    "ResultsMail": {"staff program": "id plan first last due_at sent_at"},
    "ReportSheet": {"none program": "id program name content names at", "staff program": "by"},
    "KeptDay": {
        "none program": "id program begins ends layout counted_at",
        "coded program": "figures",  # small cells among them
    },
    "Change": {"none until_done": "id program", "coded until_done": "at"},
    "RunFile": {"none program": "id run kind public sha256", "coded program": "content"},
}
