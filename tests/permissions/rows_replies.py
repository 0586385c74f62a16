"""Rows: canned replies, the program's and Haru's own."""

from typing import Any

from counseling.actions.replies import fingerprint
from counseling.models import CannedReply

WORDS = {"shortcut": "neu", "title": "新しい", "body": "文"}
OURS, OWN = (
    WORDS | {"shown": fingerprint(CannedReply(shortcut=word, title=word, body=word))} for word in ("ours", "own")
)

BODIES: dict[str, Any] = {
    "POST api:canned-reply-uses": "{}",
    "POST office:reply-new": {"form": WORDS},
    "POST office:reply": {"form": OURS},
    "POST office:reply-removal": {"form": {}},
    "POST office:replies-import": {"form": {}},
    "POST own-reply-new": {"form": WORDS},
    "POST own-reply": {"form": OWN},
    "POST own-reply-removal": {"form": {}},
    "POST own-replies-import": {"form": {}},
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
POST   api:canned-reply-uses                 active   | 403 403 403 | 204  204  404  204  404  404  404  403  404
GET    office:replies                        active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
GET    office:replies-csv                    active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
GET    office:reply-new                      active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:reply-new                      active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
GET    office:replies-import                 active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:replies-import                 active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
GET    office:reply                          active   | 302 302 302 | 404  404  404  200  404  200  404  302  404
POST   office:reply                          active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
POST   office:reply-removal                  active   | 302 302 302 | 404  404  404  302  404  302  404  302  404
GET    replies                               active   | 302 302 302 | 200  200  200  200  200  404  404  302  404
GET    own-replies-csv                       active   | 302 302 302 | 302  302  404  302  404  404  404  302  404
GET    own-reply-new                         active   | 302 302 302 | 200  200  404  200  404  404  404  302  404
POST   own-reply-new                         active   | 302 302 302 | 302  302  404  302  404  404  404  302  404
GET    own-replies-import                    active   | 302 302 302 | 200  200  404  200  404  404  404  302  404
POST   own-replies-import                    active   | 302 302 302 | 200  200  404  200  404  404  404  302  404
GET    own-reply                             active   | 302 302 302 | 200  404  404  404  404  404  404  302  404
POST   own-reply                             active   | 302 302 302 | 302  404  404  404  404  404  404  302  404
POST   own-reply-removal                     active   | 302 302 302 | 302  404  404  404  404  404  404  302  404
"""
