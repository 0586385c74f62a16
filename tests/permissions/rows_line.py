"""Rows: the program's LINE account. Nobody answers for LINE here: what is asked of it fails and is told so."""

from typing import Any

BODIES: dict[str, Any] = {
    "POST office:line-secrets": {"form": {"secret": "s" * 32, "access_token": "t" * 172}},
    "POST office:line-check": {"form": {}},
    "POST office:line-address": {"form": {}},
    "POST office:line-menu": {"form": {}},
    "POST office:line-menu+remove": {"form": {"remove": "1"}},
    "POST office:line-sending": {"form": {}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:line                           active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:line-secrets                   active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:line-secrets                   active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:line-check                     active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:line-address                   active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:line-menu                      active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:line-menu+remove               active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:line-picture                   active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:line-sending                   active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
"""
