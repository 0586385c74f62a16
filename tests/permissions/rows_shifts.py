"""Rows: rosters, patterns, requests, calendars."""

import json
from typing import Any

from tests.permissions.stage import Stage

PATTERN = json.dumps({"name": "朝", "role": "counselor", "starts": 540, "ends": 780, "lines": 2})


def _request(**form: str) -> Any:
    return lambda stage: {"form": form | {"request": str(stage.planned["request_id"])}}


def _shift(day: str) -> Any:
    def body(stage: Stage) -> str:
        times = {"starts_at": f"2026-12-{day}T19:00+09:00", "ends_at": f"2026-12-{day}T23:00+09:00"}
        return json.dumps({"user": stage.people["haru"].pk, "role": "counselor", "lines": 2, **times})

    return body


BODIES: dict[str, Any] = {
    "POST api:shifts": _shift("01"),
    "PUT api:shift": _shift("02"),
    "POST api:roster-copies": json.dumps({"from": "2026-11-23", "to": "2026-11-30"}),
    "PUT api:roster-publication": json.dumps({"from": "2026-11-23", "to": "2026-11-30"}),
    "POST api:patterns": PATTERN,
    "PUT api:pattern": PATTERN,
    "POST shift-calendar": {"form": {"wish": "make"}},
    "POST shift-ask": {"form": {"who": "anyone"}},
    "POST shift-answer": {"form": {"answer": "accept"}},
    "POST shift-answer+withdraw": {"form": {"answer": "withdraw"}},
    "POST office:requests": _request(decision="decline"),
    "POST office:roster-import": {"form": {}},
    "PUT api:required-lines": json.dumps({"required": {"mon": {"19": 3}}}),
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:roster                           active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
GET    api:roster                              active   | 403 403 403 | 404  404  404  200  404  200  404  403  404
POST   api:shifts                              active   | 403 403 403 | 404  404  404  201  404  201  404  403  404
PUT    api:shift                               active   | 403 403 403 | 404  404  404  200  404  200  404  403  404
DELETE api:shift                               active   | 403 403 403 | 404  404  404  200  404  200  404  403  404
POST   api:roster-copies                       active   | 403 403 403 | 404  404  404  201  404  201  404  403  404
PUT    api:roster-publication                  active   | 403 403 403 | 404  404  404  200  404  200  404  403  404
POST   api:patterns                            active   | 403 403 403 | 404  404  404  201  404  201  404  403  404
PUT    api:pattern                             active   | 403 403 403 | 404  404  404  200  404  200  404  403  404
DELETE api:pattern                             active   | 403 403 403 | 404  404  404  200  404  200  404  403  404
PUT    api:required-lines                      active   | 403 403 403 | 404  404  404  200  404  200  404  403  404
# One's own shifts (Haru's shift; Haru asked Ren about it)
GET    shifts                                  active   | 302 302 302 | 200  200  200  200  200  404  404  302  404
POST   shift-calendar                          active   | 302 302 302 | 200  200  200  200  200  404  404  302  404
GET    shift-ask                               active   | 302 302 302 | 200  404  404  404  404  404  404  302  404
POST   shift-ask                               active   | 302 302 302 | 200  404  404  404  404  404  404  302  404
POST   shift-answer                            active   | 302 302 302 | 404  302  404  404  404  404  404  302  404
POST   shift-answer+withdraw                   active   | 302 302 302 | 302  404  404  404  404  404  404  302  404
GET    shift-feed                              active   | 404 404 404 | 404  404  404  404  404  404  404  404  404
# The roster's pages
GET    office:requests                         active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:requests                         active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
# An export asks first who it is
GET    office:roster-csv                       active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
GET    office:roster-import                    active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:roster-import                    active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
"""
