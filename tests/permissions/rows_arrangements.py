"""Rows: what is arranged for Sora, by supervisors."""

from typing import Any
from uuid import UUID

from tests.counseling.arranged import day

DECIDES = {"seen": "0", "client_id": str(UUID(int=88)), "ends_on": day(9).isoformat(), "reason": "事情"}

BODIES: dict[str, Any] = {
    "POST office:approach": {"form": DECIDES | {"seen": "1", "words": "ゆっくり聴く"}},
    "POST office:limit": {"form": DECIDES | {"per_day": "1", "told": "一日一回"}},
    "POST office:block": {"form": DECIDES | {"code": "abuse"}},
    "POST office:limit-end": {"form": {"row": "1"}},
    "POST office:block-lift": {"form": {"row": "1"}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    api:approach                          active   | 403 403 403 | 200  404  404  200  404  404  404  403  404
GET    api:approach                          no_reason| 403 403 403 | 200  404  404  404  404  404  404  403  404
GET    api:approach                          waiting  | 403 403 403 | 404  404  404  200  404  404  404  403  404
GET    api:approach                          wrap_up  | 403 403 403 | 200  404  404  200  404  404  404  403  404
GET    api:approach                          taken_over|403 403 403 | 404  404  404  200  404  404  404  403  404
GET    office:arrangements                   active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
GET    office:arrangement                    active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
GET    office:approach                       active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
POST   office:approach                       active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
GET    office:limit                          active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
POST   office:limit                          active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:limit-end                      active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
GET    office:block                          active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
POST   office:block                          active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:block-lift                     active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
"""
