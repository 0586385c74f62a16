"""Rows: visitors' pages, and LINE's platform."""

import json
from typing import Any
from uuid import UUID

WORDS = {"client_id": str(UUID(int=77)), "text": "はい"}

BODIES: dict[str, Any] = {
    "POST talk:start": {"form": {"consent": "on", "terms_version": "0", "line": "もしもし"}},
    "POST talk:messages": json.dumps(WORDS),
    "POST talk:end": {"form": {}},
    "POST talk:leave": {"form": {}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    talk:away                             active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    talk:icon                             active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    talk:page                             active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
POST   talk:start                            active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    talk:turned_away                      active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    talk:entry                            active   | 410 410 410 | 410  410  410  410  410  410  410  410  410
POST   talk:entry                            active   | 410 410 410 | 410  410  410  410  410  410  410  410  410
GET    talk:terms                            active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    talk:state                            active   | 404 200 200 | 404  404  404  404  404  404  404  404  404
POST   talk:messages                         active   | 409 201 201 | 409  409  409  409  409  409  409  409  409
POST   talk:end                              active   | 303 303 303 | 303  303  303  303  303  303  303  303  303
GET    talk:leave                            active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
POST   talk:leave                            active   | 303 303 303 | 303  303  303  303  303  303  303  303  303
POST   line-webhook                          active   | 401 401 401 | 401  401  401  401  401  401  401  401  401
"""
