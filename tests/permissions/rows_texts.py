"""Rows: what a program says and asks: texts, languages, forms, terms, contacts and their versions."""

from typing import Any

BODIES: dict[str, Any] = {
    "POST office:text": {"form": {"based_on": "1", "ja": "またね。"}},
    "POST office:languages": {"form": {"languages": ["ja"], "first": "ja", "shown": "ja|ja-easy"}},
    "POST office:form": {"form": {"act": "down:age"}},
    "POST office:danger_words": {"form": {"based_on": "0", "suicide_3": "海へ行く"}},
    "POST office:steps": {"form": {"based_on": "0", "text": "110番に電話する", "who": "SV"}},
    "POST office:terms": {"form": {"based_on": "0", "ja": "無料です。"}},
    "POST office:contact-new": {"form": {"based_on": "0", "number": "117", "name_ja": "時報"}},
    "POST office:contact": {"form": {"based_on": "0", "number": "117", "name_ja": "時報"}},
    "POST office:contact-move": {"form": {"based_on": "0", "to": "down"}},
    "POST office:contact-removal": {"form": {"based_on": "0"}},
    "POST office:contacts-check": {"form": {"based_on": "0"}},
    "POST office:contacts-house": {"form": {"based_on": "0", "digits": "110"}},
    "POST office:edition-use": {"form": {"based_on": "1"}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    office:texts                          active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:text                           active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:text                           active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:languages                      active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:languages                      active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:forms                          active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:form                           active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:form                           active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:danger_words                   active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:danger_words                   active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:steps                          active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:steps                          active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:terms                          active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:terms                          active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:contacts                       active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
GET    office:contact-new                    active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:contact-new                    active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:contact                        active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:contact                        active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:contact-move                   active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:contact-removal                active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:contacts-check                 active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
POST   office:contacts-house                 active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
GET    office:editions                       active   | 302 302 302 | 404  404  404  404  404  200  404  302  404
POST   office:edition-use                    active   | 302 302 302 | 404  404  404  404  404  302  404  302  404
"""
