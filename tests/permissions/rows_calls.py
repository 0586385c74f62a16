"""Rows: calls. Who takes sessions makes them; only who has taken one sees its number (in the actions' tests)."""

from typing import Any

ANSWER = {"number": "090-5311-2478", "slot": "now", "voice": "surname", "answer": "agree"}
BODIES: dict[str, Any] = {
    "POST office:call-offer": {"form": {"do": "call_back"}},
    "POST office:call": {"form": {"do": "take"}},
    "POST office:call-number": {"form": {}},
    "POST office:telephone": {"form": {"based_on": "0"}},
    "POST talk:telephone": {"form": ANSWER},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:calls                          active   | 302 302 302 | 200  200  404  200  404  404  404  302  404
GET    office:call-offer                     active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:call-offer                     active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
GET    office:call                           active   | 302 302 302 | 200  200  404  200  404  404  404  302  404
POST   office:call                           active   | 302 302 302 | 302  302  404  302  404  404  404  302  404
# Who has not taken the call is sent back to it
POST   office:call-number                    active   | 302 302 302 | 302  302  404  302  404  404  404  302  404
GET    office:telephone                      active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:telephone                      active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    talk:telephone                        active   | 303 200 303 | 303  303  303  303  303  303  303  303  303
POST   talk:telephone                        active   | 303 303 303 | 303  303  303  303  303  303  303  303  303
"""
