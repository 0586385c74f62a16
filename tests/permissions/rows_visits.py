"""Rows: visits, words outside a talk, return codes. Haru has asked for a visit to Sora; nobody goes yet."""

from typing import Any

ASKED = {"why": "外に出られない", "consent": "来てほしい", "consented_at": "2026-01-01T10:00", "address": "横浜市"}
BODIES: dict[str, Any] = {
    "POST office:visit": {"form": {"do": "withdraw", "seen": "1", "words": "電話で足りた"}},
    "POST office:visit+approve": {"form": {"do": "approve", "seen": "1", "words": "なし"}},
    "POST office:visit-new": {"form": ASKED},
    "POST office:visit-address": {"form": {}},
    "POST office:follow-up-letter": {"form": {"words": "その後、いかがですか"}},
    "POST office:return-code": {"form": {}},
    "POST talk:returning": {"form": {"code": "123-456-7890"}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:visits                         active   | 302 302 302 | 200  200  404  200  404  404  404  302  404
GET    office:visit                          active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:visit                          active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
# Whether somebody goes is a supervisor's to say
POST   office:visit+approve                  active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
# One is under way: no second one is asked for
GET    office:visit-new                      active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:visit-new                      active   | 302 302 302 | 400  404  404  400  404  404  404  302  404
POST   office:visit-address                  active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
# Sora has no return code: on the web nothing would be read
POST   office:follow-up-letter               active   | 302 302 302 | 400  404  404  400  404  404  404  302  404
POST   office:return-code                    active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
GET    talk:returning                        active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
# Nobody has this code
POST   talk:returning                        active   | 400 400 400 | 400  400  400  400  400  400  400  400  400
"""
