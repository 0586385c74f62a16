"""Rows: the team of a program, and the audit."""

from typing import Any

PROFILE = {"form": {"name": "Ren", "languages": ["ja"]}}
BODIES: dict[str, Any] = {
    "POST office:invite": {"form": {"people": "新しい人 <new@example.jp>", "roles": ["counselor"]}},
    "POST office:volunteers": {"form": {"chosen": ["1"], "role": "counselor", "verdict": "approve"}},
    "POST office:join-link": {"form": {}},
    "POST office:join-link-revocation": {"form": {}},
    "POST office:roles": {"form": {"roles": ["counselor", "supervisor"]}},
    "POST office:profile": PROFILE,
    "POST office:invitation": {"form": {"again": ""}},
    "POST office:second-factor": {"form": {}},
    "POST office:activity": {"form": {"active": "0"}},
    "POST office:removal": {"form": {}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:home                           active   | 302 302 302 | 302  302  302  302  302  302  302  302  404
GET    office:team                           active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:invite                         active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:invite                         active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
# What volunteers wrote of themselves is shown to who has just confirmed that it is they
GET    office:volunteers                     active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:volunteers                     active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:join-link                      active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:join-link-revocation           active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:person                         active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:roles                          active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:profile                        active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:invitation                     active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:second-factor                  active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:activity                       active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:removal                        active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:audit                          active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:audit-csv                      active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
"""
