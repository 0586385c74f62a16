"""Rows: what Sora was connected to. Who has her talk and supervisors; coordinators have a test of their own."""

from typing import Any
from uuid import UUID

from tests.counseling.actions.referred import day

REFERRED = {
    "client_id": str(UUID(int=77)), "seen": "1", "level": "told", "kind": "women", "agency": "女性相談センター",
    "due_on": day(14).isoformat(),
}  # fmt: skip

BODIES: dict[str, Any] = {
    "POST office:referral-new": {"form": REFERRED},
    "POST office:referral-change": {"form": REFERRED},
    "POST office:referral-result": {"form": {"seen": "1", "result": "connected", "on": day().isoformat()}},
    "POST office:referral-withdrawal": {"form": {"seen": "1", "words": "やめます"}},
    "POST office:referral-letter": {"form": {"do": "preview", "request": "お願い"}},
    "POST office:referral-letter-pdf": {"form": {}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:referrals                      active   | 302 302 302 | 200  200  404  200  404  404  404  302  404
GET    office:referral-choose                active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
GET    office:referral-new                   active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:referral-new                   active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
GET    office:referral                       active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
GET    office:referral-change                active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:referral-change                active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
GET    office:referral-result                active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:referral-result                active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
GET    office:referral-withdrawal            active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:referral-withdrawal            active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
# A letter asks first who it is
GET    office:referral-letter                active   | 302 302 302 | 302  302  404  302  404  404  404  302  404
POST   office:referral-letter                active   | 302 302 302 | 302  302  404  302  404  404  404  302  404
GET    office:referral-letter-made           active   | 302 302 302 | 302  302  404  302  404  404  404  302  404
POST   office:referral-letter-pdf            active   | 302 302 302 | 302  302  404  302  404  404  404  302  404
"""
