"""Rows: a visitor's history, talks entered afterwards, and merging. Who had a talk with Sora, and supervisors."""

from typing import Any
from uuid import UUID

from tests.counseling.arranged import day

TOLD = {
    "medium": "telephone", "day": day(-2).isoformat(), "begins": "14:00", "ends": "14:30", "level": "0",
    "client_id": str(UUID(int=66)),
}  # fmt: skip
BODIES: dict[str, Any] = {
    "POST office:enter": {"form": TOLD},
    "POST office:enter-stranger": {"form": TOLD},
    "POST office:merge": {"form": {"pseudonym": "ZZZZ", "reason": "said"}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:history                        active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
GET    office:history                        no_reason| 302 302 302 | 200  404  404  200  404  404  404  302  404
GET    office:history                        wrap_up  | 302 302 302 | 200  404  404  200  404  404  404  302  404
# It is nobody's now: that Haru talks with Sora on LINE, and that the two are merged, gives him nothing here
GET    office:history                        waiting  | 302 302 302 | 404  404  404  200  404  404  404  302  404
GET    office:history                        taken_over|302 302 302 | 404  404  404  200  404  404  404  302  404
GET    office:enter                          active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:enter                          active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
POST   office:enter                          waiting  | 302 302 302 | 404  404  404  302  404  404  404  302  404
GET    office:enter-stranger                 active   | 302 302 302 | 200  200  404  200  404  404  404  302  404
POST   office:enter-stranger                 active   | 302 302 302 | 302  302  404  302  404  404  404  302  404
GET    office:merge                          active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
POST   office:merge                          active   | 302 302 302 | 404  404  404  400  404  404  404  302  404
POST   office:unmerge                        active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
GET    office:timeline                       active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
GET    office:timeline                       waiting  | 302 302 302 | 404  404  404  200  404  404  404  302  404
GET    office:case                           active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
GET    office:case                           waiting  | 302 302 302 | 404  404  404  200  404  404  404  302  404
GET    office:timeline-pdf                   active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
GET    office:case-pdf                       active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
"""
