"""Rows: when a program is open."""

from typing import Any

from counseling.actions import opening

HOURS = {"mon": "9:00-12:00", "intake_close": "0", "do": "save"}
BODIES: dict[str, Any] = {
    "POST office:opening": lambda stage: {"form": HOURS | {"shown": opening.fingerprint(stage.program)}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:opening                         active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:opening                         active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
"""
