"""Rows: duty, hand-over notes, staffing."""

import json
from typing import Any
from uuid import UUID

BODIES: dict[str, Any] = {
    "POST api:handover-notes": json.dumps({"client_id": str(UUID(int=78)), "text": "次の方へ"}),
    "PUT api:handover-tick": "{}",
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    api:handover-notes                    active   | 403 403 403 | 200  200  404  200  404  404  404  403  404
POST   api:handover-notes                    active   | 403 403 403 | 201  201  404  201  404  404  404  403  404
PUT    api:handover-tick                     active   | 403 403 403 | 204  204  404  204  404  404  404  403  404
"""
