"""Rows: the emergency sheet, for a supervisor who opened it for a reason, and for nobody else."""

from typing import Any
from uuid import UUID

CONTACT = {
    "client_id": str(UUID(int=78)), "agency": "警察署", "told": "居場所", "ground": "life",
    "contacted_at": "2026-01-01T12:00",
}  # fmt: skip

BODIES: dict[str, Any] = {
    "POST office:sheet-door": {"form": {"reason": "danger"}},
    "POST office:sheet-door+no-reason": {"form": {}},
    "POST office:sheet-pdf": {"form": {}},
    "POST office:sheet-step": {"form": {"done": "1"}},
    "POST office:sheet-clue": {"form": {"client_id": str(UUID(int=79)), "kind": "name", "words": "ソラ"}},
    "POST office:sheet-clue-removal": {"form": {}},
    "POST office:sheet-contact": {"form": CONTACT},
    "POST office:sheet-contact+no-ground": {"form": {**CONTACT, "ground": ""}},
    "POST office:sheet-correction": {"form": CONTACT},
    "POST office:sheet-filing": lambda stage: {
        "form": {"client_id": str(UUID(int=80)), "contact_id": str(stage.sheet["contact_id"])}
    },
    "POST office:sheet-filed-pdf": {"form": {}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:sheet-door                     active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
POST   office:sheet-door                     active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:sheet-door+no-reason           active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
GET    office:sheet                          active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
GET    office:sheet                          endangered|302 302 302 | 404  404  404  200  404  404  404  302  404
POST   office:sheet-pdf                      active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
POST   office:sheet-step                     active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:sheet-clue                     active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:sheet-clue-removal             active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:sheet-contact                  active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:sheet-contact+no-ground        active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
GET    office:sheet-correction               active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
POST   office:sheet-correction               active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
POST   office:sheet-filing                   active   | 302 302 302 | 404  404  404  302  404  404  404  302  404
GET    office:sheet-filed                    active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
POST   office:sheet-filed-pdf                active   | 302 302 302 | 404  404  404  200  404  404  404  302  404
"""
