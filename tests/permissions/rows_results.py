"""Rows: results. The officer comes to the public ones, and to nothing else of the back office."""

from typing import Any

BODIES: dict[str, Any] = {}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:today                            active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
GET    office:results                          active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
GET    office:public_results                   active   | 302 302 302 | 404  404  404  200  404  200  200  302  404
# A file asks first who it is
GET    office:results-file                     active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
GET    office:public-results-file              active   | 302 302 302 | 404  404  404  302  404  302  302  302  404
"""
