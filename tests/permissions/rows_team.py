"""Rows: the team of a program, and the audit."""

from typing import Any

BODIES: dict[str, Any] = {}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:home                           active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
"""
