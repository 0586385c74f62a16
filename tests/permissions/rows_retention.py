"""Rows: what is kept of Sora and what goes, for administrators."""

from typing import Any
from uuid import UUID

BODIES: dict[str, Any] = {
    "POST office:retention-erase": {"form": {"why": "decision", "checked": "none", "name": "K7Q2"}},
    "POST office:hold-new": {"form": {"client_id": str(UUID(int=91)), "reason": "訴訟"}},
    "POST office:contract": {"form": {"on": "2999-01-01", "name": "x"}},
    "POST office:disclosure-new": {"form": {"checked": "paper", "words": "x", "parts": ["said"]}},
    "POST office:hold-end": {"form": {"reason": "済"}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:retention                     active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:retention-person              active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:retention-erase               active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:retention-erase               active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:erasure-certificate           active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:hold-new                      active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:hold-new                      active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:hold-end                      active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:hold-end                      active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:contract                      active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:contract                      active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:contract-withdraw             active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:contract-results              active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:contract-certificate          active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:disclosures                   active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
GET    office:disclosure-new                active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:disclosure-new                active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
GET    office:disclosure                    active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
GET    office:disclosure-talk               active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
POST   office:disclosure-talk               active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
POST   office:disclosure-make               active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:disclosure-file               active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
"""
