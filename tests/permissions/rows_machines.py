"""Rows: 外部連携, and what machines read: no login opens that. What keys open: test_permission_keys.py."""

from typing import Any

BODIES: dict[str, Any] = {
    "POST office:token-new": {"form": {"name": "集計", "scopes": ["hours:read"], "life": "90"}},
    "POST office:token-revocation": {"form": {}},
    "POST office:subscription-new": {"form": {"url": "https://example.jp/", "events": ["risk.raised"]}},
    "POST office:subscription-ping": {"form": {}},
    "POST office:subscription-state": {"form": {"told": "0"}},
    "POST office:subscription-removal": {"form": {}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    v1:programs                           active   | 401 401 401 | 401  401  401  401  401  401  401  401  401
GET    v1:hours                              active   | 401 401 401 | 401  401  401  401  401  401  401  401  401
GET    v1:sessions                           active   | 401 401 401 | 401  401  401  401  401  401  401  401  401
GET    v1:figures                            active   | 401 401 401 | 401  401  401  401  401  401  401  401  401
# Keys: who makes or revokes one is asked first who it is
GET    office:connections                    active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:api-reference                  active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:openapi                        active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:token-new                      active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:token-new                      active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:token-revocation               active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:token-revocation               active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
# Places that are told of events
GET    office:subscription-new               active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:subscription-new               active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:subscription                   active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:subscription-ping              active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:subscription-state             active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:subscription-removal           active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:subscription-removal           active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
"""
