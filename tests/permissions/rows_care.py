"""Rows: care. Supervisors see the shift; a review sheet is the two people's who write it, and nobody else's."""

import json
from typing import Any

ANSWERS = {"based_on": "1", "went_well": "待てた", "was_hard": "", "to_try": "", "next_step": ""}
BODIES: dict[str, Any] = {
    "PUT api:aftercare": json.dumps({"hard": True}),
    "PUT api:aftercare-pause": "{}",
    "POST office:debrief": {"form": {"outcome": "talked"}},
    "POST office:review-begin": lambda stage: {"form": {"part": f"{stage.session.pk}-{stage.people['haru'].pk}"}},
    "POST care-act": {"form": {"do": "hard"}},
    "POST review": {"form": ANSWERS | {"do": "draft"}},
    "POST review+show": {"form": ANSWERS | {"do": "show"}},
    "POST review+confirm": {"form": {"do": "confirm", "counselor": "1", "supervisor": "1"}},
    "POST review-supervision": {"form": {}},
    "POST review-supervision+free": {"form": {}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
# What a talk was like is its counselor's alone to say and to read
GET    api:aftercare                         wrap_up  | 403 403 403 | 200  404  404  404  404  404  404  403  404
GET    api:aftercare                         active   | 403 403 403 | 409  404  404  404  404  404  404  403  404
PUT    api:aftercare                         wrap_up  | 403 403 403 | 200  404  404  404  404  404  404  403  404
PUT    api:aftercare-pause                   wrap_up  | 403 403 403 | 200  404  404  404  404  404  404  403  404
DELETE api:aftercare-pause                   wrap_up  | 403 403 403 | 204  404  404  404  404  404  404  403  404
GET    care                                  active   | 302 302 302 | 200  200  200  200  200  404  404  302  404
POST   care-act                              wrap_up  | 302 302 302 | 302  404  404  404  404  404  404  302  404
# Whose shift was heavy, and the talk about it: supervisors of the program, no administrator, no officer
GET    api:care                              active   | 403 403 403 | 404  404  404  200  404  404  404  403  404
GET    office:care                           active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
POST   office:debrief                        wrap_up  | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:review-begin                   wrap_up  | 302 302 302 | 404  404  404  302  404  404  404  302  404
# The sheet of Haru and Mio; where Mio is gone another supervisor takes her place, who reads nothing before
GET    review                                active   | 302 302 302 | 200  404  404  200  404  404  404  302  404
POST   review                                active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
POST   review+show                           active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
POST   review+confirm                        active   | 302 302 302 | 302  404  404  302  404  404  404  302  404
POST   review-supervision                    active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
GET    review+free                           orphaned | 302 302 302 | 200  404  404  404  404  404  404  302  404
POST   review-supervision+free               orphaned | 302 302 302 | 404  404  404  302  404  404  404  302  404
"""
