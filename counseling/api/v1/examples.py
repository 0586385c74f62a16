"""What answers look like, for people who write the other side."""

PROGRAMS = {
    "programs": [
        {
            "slug": "women",
            "name": "女性のための相談",
            "kind": "women",
            "starts_on": "2026-04-01",
            "ends_on": "2027-03-31",
            "reception": {
                "receiving": True,
                "reason": None,
                "closes_at": "2026-11-23T22:00:00+09:00",
                "intake_until": "2026-11-23T21:30:00+09:00",
                "next_opening": "2026-11-24T12:00:00+09:00",
            },
        }
    ]
}
HOURS = {
    "time_zone": "Asia/Tokyo",
    "rules": {
        "weekly": {
            "mon": ["12:00-22:00"],
            "tue": ["12:00-22:00"],
            "wed": ["12:00-22:00"],
            "thu": ["12:00-22:00"],
            "fri": ["20:00-26:00"],
            "sat": [],
            "sun": [],
        },
        "holiday": ["14:00-19:00"],
        "exceptions": {"2026-12-24": []},
        "year_end_closed": True,
        "intake_close": 30,
    },
    "days": [
        {
            "date": "2026-11-23",
            "rule": "holiday",
            "holiday": "勤労感謝の日",
            "openings": [
                {
                    "opens_at": "2026-11-23T14:00:00+09:00",
                    "closes_at": "2026-11-23T19:00:00+09:00",
                    "intake_until": "2026-11-23T18:30:00+09:00",
                }
            ],
        }
    ],
}
SESSIONS = {
    "sessions": [
        {
            "number": 412,
            "version": 31,
            "state": "closed",
            "channel": "line",
            "refusal": "",
            "received_at": "2026-11-23T14:02:10.418000+09:00",
            "queued_at": "2026-11-23T14:02:41.020000+09:00",
            "claimed_at": "2026-11-23T14:03:05.771000+09:00",
            "first_response_at": "2026-11-23T14:03:58.102000+09:00",
            "ended_at": "2026-11-23T14:51:20.004000+09:00",
            "closed_at": "2026-11-23T15:01:12.660000+09:00",
            "end_reason": "concluded",
            "risk": 2,
            "classification": "valid",
            "thankful_end": True,
            "trial": False,
            "messages": {"visitor": 41, "counselor": 29, "automatic": 3},
        }
    ],
    "after": 412,
    "more": False,
}

OPENED = {
    "type": "reception.opened",
    "timestamp": "2026-11-23T03:00:02.114000+00:00",
    "data": {
        "program": "women",
        "closes_at": "2026-11-23T22:00:00+09:00",
        "intake_until": "2026-11-23T21:30:00+09:00",
    },
}
CLOSED = {
    "type": "reception.closed",
    "timestamp": "2026-11-23T12:30:01.380000+00:00",
    "data": {"program": "women", "reason": "after_intake_close", "next_opening": "2026-11-24T12:00:00+09:00"},
}
RAISED = {
    "type": "risk.raised",
    "timestamp": "2026-11-23T05:12:44.902000+00:00",
    "data": {"program": "women", "session": 412, "level": 3, "before": 1, "by": "machine"},
}
