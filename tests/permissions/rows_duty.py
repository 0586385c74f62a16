"""Rows: duty, hand-over notes, staffing."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from counseling.actions import programs

STAFFING = {
    "least_on_duty": "2",
    "least_supervisors": "1",
    "capacity": "3",
    "surge_lines": "1",
    "routing": "pull",
    "offer_for": "30",
    "rest_after_heavy": "0",
    "heavy_after": "90",
    "care_pause": "10",
    "rescue_after": "",
    "call_after": "60",
}
BODIES: dict[str, Any] = {
    "PUT api:login": "{}",
    "PUT api:duty": "{}",
    "PUT api:break": json.dumps({"reason": "meal"}),
    "PUT api:surge": lambda _stage: json.dumps({"until": (timezone.now() + timedelta(hours=1)).isoformat()}),
    "POST api:handover-notes": json.dumps({"client_id": str(UUID(int=78)), "text": "次の方へ"}),
    "PUT api:handover-tick": "{}",
    "POST office:staffing": lambda stage: {"form": STAFFING | {"shown": programs.fingerprint(stage.program)}},
    "POST office:staffing-surge": {"form": {"hours": "1"}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
PUT    api:login                             active   | 403 403 403 | 200  200  200  200  200  200  200  403  200
PUT    api:duty                              active   | 403 403 403 | 200  200  404  200  404  404  404  403  404
DELETE api:duty                              active   | 403 403 403 | 409  200  404  200  404  404  404  403  404
PUT    api:break                             active   | 403 403 403 | 200  200  404  200  404  404  404  403  404
DELETE api:break                             active   | 403 403 403 | 200  200  404  200  404  404  404  403  404
PUT    api:surge                             active   | 403 403 403 | 404  404  404  200  404  200  404  403  404
DELETE api:surge                             active   | 403 403 403 | 404  404  404  200  404  200  404  403  404
GET    api:handover-notes                    active   | 403 403 403 | 200  200  404  200  404  404  404  403  404
POST   api:handover-notes                    active   | 403 403 403 | 201  201  404  201  404  404  404  403  404
PUT    api:handover-tick                     active   | 403 403 403 | 204  204  404  204  404  404  404  403  404
# Hours worked; the export asks first who it is
GET    office:hours                           active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
GET    office:hours-csv                       active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
# Reception and its people: planners see it and open more lines, administrators set the rules
GET    office:staffing                        active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:staffing                        active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:staffing-surge                  active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
"""
