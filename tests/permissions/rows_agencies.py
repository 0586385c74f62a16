"""Rows: agencies. Who watches the board reads them; supervisors, coordinators and administrators keep them."""

from typing import Any

AGENCY = {"form": {"kind": "police", "name": "○○警察署", "prefecture": "神奈川県"}}
BODIES: dict[str, Any] = {
    "POST office:agency-add": AGENCY,
    "POST office:agency": AGENCY,
    "POST office:agency-check": {"form": {}},
    "POST office:agency-use": {"form": {"use": "0"}},
    "POST office:agencies-import": {"form": {}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    api:agencies                          active   | 403 403 403 | 200  200  404  200  404  200  404  403  404
GET    office:agencies                       active   | 302 302 302 | 200  200  404  200  404  200  404  302  404
GET    office:agency                         active   | 302 302 302 | 200  200  404  200  404  200  404  302  404
POST   office:agency                         active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
GET    office:agency-add                     active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:agency-add                     active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
POST   office:agency-check                   active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
POST   office:agency-use                     active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
GET    office:agencies-import                active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:agencies-import                active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
# The export asks first who it is
GET    office:agencies-csv                   active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
"""
