"""Rows: rosters, patterns, requests, calendars."""

from typing import Any

BODIES: dict[str, Any] = {}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    api:roster                              active   | 403 403 403 | 404  404  404  200  404  200  404  403  404
"""
