"""Rows: records. Who had the talk writes its record, supervisors see all of a program's; nobody else knows."""

from typing import Any

TYPED = {"do": "save", "classification": "valid", "form": "1", "revision": "1"}
BODIES: dict[str, Any] = {
    "POST office:record": {"form": TYPED},
    "POST office:record+file": {"form": TYPED | {"do": "file"}},
    "POST office:record+discard": {"form": TYPED | {"do": "discard"}},
    "POST office:record-draft": {"form": TYPED},
    "POST office:record-review": {"form": {"do": "check", "number": "1"}},
    "POST office:record-reading": {"form": {"reason": "training"}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:records                        active   | 302 302 302 | 200  200  404  200  404  404  404  302  404
GET    office:records                        wrap_up  | 302 302 302 | 200  200  404  200  404  404  404  302  404
GET    office:record                         active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
GET    office:record                         wrap_up  | 302 302 302 | 200  404  404  200  404  404  404  302  404
# Nobody had the talk yet
GET    office:record                         waiting  | 302 302 302 | 404  404  404  404  404  404  404  302  404
# A supervisor reads the record without a reason for the talk itself, and not the talk
GET    office:record                         no_reason| 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:record                         active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
POST   office:record+file                    wrap_up  | 302 302 302 | 302  404  404  302  404  404  404  302  404
POST   office:record+discard                 wrap_up  | 302 302 302 | 302  404  404  302  404  404  404  302  404
POST   office:record-draft                   active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   office:record-review                  wrap_up  | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:record-reading                 no_reason| 302 302 302 | 404  404  404  302  404  404  404  302  404
"""
