"""Rows: follow-ups. Who takes sessions sees that there are; their words are for owner, maker, shift and supervisors."""

from typing import Any

from tests.counseling.arranged import day

STEP = {"do": "go_on", "seen": "1", "words": "つながらなかった", "day": day(1).isoformat()}
NEW = {"what": "眠れているかを聞く", "day": day(1).isoformat(), "owner": "shift"}
BODIES: dict[str, Any] = {
    "POST office:follow-up": {"form": STEP},
    "POST office:follow-up+confirm": {"form": STEP | {"do": "finish"}},
    "POST office:follow-up-new": {"form": NEW},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:follow-ups                     active   | 302 302 302 | 200  200  404  200  404  404  404  302  404
# Haru's own: Ren knows that there is one, from the list
GET    office:follow-up                      active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:follow-up                      active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
POST   office:follow-up+confirm              active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
GET    office:follow-up-new                  active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:follow-up-new                  active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
"""
