"""Rows: sessions as staff work with them."""

import json
from typing import Any
from uuid import UUID

WORDS = {"client_id": str(UUID(int=77)), "text": "はい"}

BODIES: dict[str, Any] = {
    "PUT api:preferences": json.dumps({"sound": False}),
    "POST api:claims": "{}",
    "PUT api:assignment": "{}",
    "PUT api:assignment+hand-over": lambda stage: json.dumps({"to": stage.people["ren"].pk, "summary": "要約"}),
    "PUT api:assignment+to-outside": lambda stage: json.dumps({"to": stage.people["far"].pk, "summary": "要約"}),
    "DELETE api:assignment": json.dumps({"summary": "要約"}),
    "PUT api:hold": "{}",
    "PUT api:risk": json.dumps(
        {"client_id": str(UUID(int=78)), "form": 0, "answers": {}, "level": 3, "word": "気がかり"}
    ),
    "PUT api:ending": json.dumps({"reason": "concluded", "farewell": True}),
    "PUT api:closure": json.dumps({"classification": "valid", "thankful_end": True}),
    "POST api:messages": json.dumps(WORDS),
    "POST api:notes": json.dumps(WORDS),
    "POST api:whispers": json.dumps(WORDS),
    "POST api:interventions": json.dumps(WORDS),
    "PUT api:reading": json.dumps({"reason": "watch"}),
    "PUT api:takeover": json.dumps({"because": "risk"}),
    "PUT api:protection": json.dumps({"why": "様子が心配なため"}),
    "DELETE api:takeover": json.dumps({"summary": "要約"}),
    "PUT api:call": json.dumps({"kind": "urgent"}),
    "PUT api:call-answer": "{}",
    "POST api:proposals": json.dumps(WORDS),
    "PUT api:proposal": "{}",
    "POST api:proposal": json.dumps(WORDS),
    "PUT api:draft": json.dumps({"text": "書きかけ"}),
    "PUT api:read": json.dumps({"seq": 1}),
    "PUT api:decision": json.dumps({"decision": "resend"}),
}

TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
GET    api:me                                active   | 403 403 403 | 200  200  200  200  200  200  200  403  200
PUT    api:preferences                       active   | 403 403 403 | 200  200  200  200  200  200  200  403  200
GET    api:board                             active   | 403 403 403 | 200  200  404  200  404  200  404  403  404
GET    api:canned-replies                    active   | 403 403 403 | 200  200  404  200  404  404  404  403  404
POST   api:claims                            waiting  | 403 403 403 | 201  201  404  201  404  404  404  403  404
GET    api:session                           active   | 403 403 403 | 200  404  404  200  404  404  404  403  404
GET    api:session                           waiting  | 403 403 403 | 404  404  404  200  404  404  404  403  404
# Somebody else's talk is read for a reason, or not at all
GET    api:session                           no_reason| 403 403 403 | 200  404  404  404  404  404  404  403  404
PUT    api:draft                             no_reason| 403 403 403 | 204  404  404  404  404  404  404  403  404
GET    api:risk                              no_reason| 403 403 403 | 200  404  404  404  404  404  404  403  404
GET    api:attachment                        no_reason| 403 403 403 | 200  404  404  404  404  404  404  403  404
PUT    api:reading                           no_reason| 403 403 403 | 404  404  404  200  404  404  404  403  404
PUT    api:takeover                          active   | 403 403 403 | 404  404  404  200  404  404  404  403  404
DELETE api:takeover                          active   | 403 403 403 | 409  404  404  404  404  404  404  403  404
DELETE api:takeover                          taken_over|403 403 403 | 404  404  404  204  404  404  404  403  404
PUT    api:protection                        active   | 403 403 403 | 404  404  404  409  404  404  404  403  404
PUT    api:protection                        endangered|403 403 403 | 404  404  404  200  404  404  404  403  404
GET    api:session                           endangered|403 403 403 | 404  404  404  200  404  404  404  403  404
POST   api:interventions                     active   | 403 403 403 | 404  404  404  201  404  404  404  403  404
PUT    api:assignment                        waiting  | 403 403 403 | 200  200  404  200  404  404  404  403  404
PUT    api:assignment                        active   | 403 403 403 | 200  409  404  409  404  404  404  403  404
PUT    api:assignment+hand-over              active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
PUT    api:assignment+to-outside             active   | 403 403 403 | 404  404  404  404  404  404  404  403  404
DELETE api:assignment                        active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
DELETE api:offer                             offered  | 403 403 403 | 204  409  404  409  404  404  404  403  404
PUT    api:hold                              active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
DELETE api:hold                              held     | 403 403 403 | 204  404  404  204  404  404  404  403  404
GET    api:risk                              active   | 403 403 403 | 200  404  404  200  404  404  404  403  404
GET    api:risk                              waiting  | 403 403 403 | 404  404  404  200  404  404  404  403  404
PUT    api:risk                              active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
PUT    api:ending                            active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
DELETE api:ending                            wrap_up  | 403 403 403 | 204  404  404  404  404  404  404  403  404
PUT    api:closure                           wrap_up  | 403 403 403 | 204  404  404  204  404  404  404  403  404
POST   api:messages                          active   | 403 403 403 | 201  404  404  404  404  404  404  403  404
POST   api:notes                             active   | 403 403 403 | 201  404  404  201  404  404  404  403  404
POST   api:whispers                          active   | 403 403 403 | 201  404  404  201  404  404  404  403  404
POST   api:whispers                          waiting  | 403 403 403 | 404  404  404  409  404  404  404  403  404
PUT    api:call                              active   | 403 403 403 | 204  404  404  404  404  404  404  403  404
PUT    api:call                              wrap_up  | 403 403 403 | 409  404  404  404  404  404  404  403  404
DELETE api:call                              active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
PUT    api:call-answer                       active   | 403 403 403 | 404  404  404  409  404  404  404  403  404
POST   api:proposals                         active   | 403 403 403 | 409  404  404  404  404  404  404  403  404
PUT    api:proposal                          active   | 403 403 403 | 404  404  404  200  404  404  404  403  404
PUT    api:proposal                          no_reason | 403 403 403 | 404  404  404  404  404  404  404  403  404
POST   api:proposal                          active   | 403 403 403 | 404  404  404  204  404  404  404  403  404
DELETE api:proposal                          active   | 403 403 403 | 204  404  404  404  404  404  404  403  404
PUT    api:draft                             active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
PUT    api:read                              active   | 403 403 403 | 204  204  204  204  204  204  204  403  204
PUT    api:decision                          active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
GET    api:attachment                        active   | 403 403 403 | 200  404  404  200  404  404  404  403  404
GET    api:visitor-sessions                  active   | 403 403 403 | 200  200  200  200  200  200  200  403  200
DELETE api:pause                             active   | 403 403 403 | 404  404  404  204  404  204  404  403  404
GET    api:schema                            active   | 403 403 403 | 200  200  200  200  200  200  200  403  200
GET    console                               active   | 302 302 302 | 200  200  200  200  200  200  200  302  200
"""
