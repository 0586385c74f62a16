"""Rows: surveys. A link is its own right, whoever holds it; how it is sent is administrators' to say."""

from typing import Any

BODIES: dict[str, Any] = {
    "POST office:survey_plan": {
        "form": {
            "based_on": "0", "when": "at_end", "hours": "24", "on": "", "line": "taps", "web": "on",
            "kept": "with_talk", "days_open": "14", "interval": "30",
        }
    },
    "POST office:survey-seen": {"form": {}},
    "POST talk:survey": {"form": {}},
    "POST talk:answering": {"form": {"answer": "send"}},
}  # fmt: skip

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:survey_plan                    active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:survey_plan                    active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:surveys                        active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
# There is no alarm: who steers is told no more than others
POST   office:survey-seen                    active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
GET    talk:survey                           active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
POST   talk:survey                           active   | 200 303 303 | 200  200  200  200  200  200  200  200  200
# A link that leads nowhere: the same for everybody
GET    talk:answering                        active   | 410 410 410 | 410  410  410  410  410  410  410  410  410
POST   talk:answering                        active   | 410 410 410 | 410  410  410  410  410  410  410  410  410
"""
