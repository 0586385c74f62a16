"""Rows: the wall, and what supervisors do from it."""

import json
from typing import Any

from counseling.models import Duty
from tests.permissions.stage import Stage


def _call_ren(stage: Stage) -> str:
    """Ren has gone home; the row is undone afterwards."""
    Duty.objects.filter(user=stage.people["ren"]).delete()
    return json.dumps({"people": [stage.people["ren"].pk]})


BODIES: dict[str, Any] = {
    "POST api:reassignments": lambda stage: json.dumps(
        {"sessions": [stage.session.pk], "to": stage.people["ren"].pk, "summary": "要約"}
    ),
    "POST api:reassignments+queue": lambda stage: json.dumps(
        {"sessions": [stage.session.pk], "to": None, "summary": "要約"}
    ),
    "POST api:reassignments+to-outside": lambda stage: json.dumps(
        {"sessions": [stage.session.pk], "to": stage.people["far"].pk, "summary": "要約"}
    ),
    "PUT api:diversion": "{}",
    "PUT api:reception-pause": "{}",
    "POST api:call-ins": _call_ren,
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    wall                                  active   | 302 302 302 | 404  404  404  200  200  404  404  302  404
POST   api:reassignments                     active   | 403 403 403 | 404  404  404  200  404  404  404  403  404
POST   api:reassignments+queue               active   | 403 403 403 | 404  404  404  200  404  404  404  403  404
POST   api:reassignments+to-outside          active   | 403 403 403 | 404  404  404  404  404  404  404  403  404
PUT    api:diversion                         active   | 403 403 403 | 404  404  404  204  404  404  404  403  404
DELETE api:diversion                         active   | 403 403 403 | 404  404  404  204  404  404  404  403  404
PUT    api:reception-pause                   active   | 403 403 403 | 404  404  404  204  404  204  404  403  404
DELETE api:reception-pause                   active   | 403 403 403 | 404  404  404  409  404  409  404  403  404
GET    api:call-ins                          active   | 403 403 403 | 404  404  404  200  404  404  404  403  404
POST   api:call-ins                          active   | 403 403 403 | 404  404  404  200  404  404  404  403  404
"""
