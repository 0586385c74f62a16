"""Rows: practice. This program has visitors: its pages do not exist here (else: pages/test_practice_page.py)."""

from typing import Any

FORMS = ("practice", "practice-reading", "practice-end", "practice-erasure", "setup-practice")
BODIES: dict[str, Any] = {f"POST office:{name}": {"form": {}} for name in FORMS}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:practice                       active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
POST   office:practice                       active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
GET    office:practice-talk                  active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
POST   office:practice-reading               active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
POST   office:practice-end                   active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
POST   office:practice-erasure               active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
# Who configures it is refused with words: it has had visitors
POST   office:setup-practice                 active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
"""
