"""Rows: duty, hand-over notes, staffing."""

from typing import Any

BODIES: dict[str, Any] = {}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
"""
