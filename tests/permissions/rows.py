"""Who may do what over HTTP: the one table. A door that is not in it fails the test."""

import json
from typing import Any
from uuid import UUID

WORDS = {"client_id": str(UUID(int=77)), "text": "はい"}

BODIES: dict[str, Any] = {
    "PUT api:preferences": json.dumps({"sound": False}),
    "PUT api:duty": json.dumps({"takes": True}),
    "POST api:claims": "{}",
    "PUT api:assignment": "{}",
    "PUT api:assignment+hand-over": lambda stage: json.dumps({"to": stage.people["ren"].pk, "summary": "要約"}),
    "PUT api:assignment+to-outside": lambda stage: json.dumps({"to": stage.people["far"].pk, "summary": "要約"}),
    "DELETE api:assignment": json.dumps({"summary": "要約"}),
    "PUT api:hold": "{}",
    "PUT api:risk": json.dumps({"level": 3, "why": "気がかり"}),
    "PUT api:ending": json.dumps({"reason": "concluded", "farewell": True}),
    "PUT api:closure": json.dumps({"classification": "valid", "thankful_end": True}),
    "POST api:messages": json.dumps(WORDS),
    "POST api:notes": json.dumps(WORDS),
    "PUT api:draft": json.dumps({"text": "書きかけ"}),
    "PUT api:read": json.dumps({"seq": 1}),
    "PUT api:decision": json.dumps({"decision": "resend"}),
    "POST talk:start": {"form": {"consent": "on", "terms_version": "1", "line": "もしもし"}},
    "POST talk:messages": json.dumps(WORDS),
    "POST talk:end": {"form": {}},
    "POST talk:leave": {"form": {}},
    "POST choose_theme": {"form": {"theme": "dark"}},
    "POST set_language": {"form": {"language": "en"}},
    "POST account_login": {"form": {"login": "haru@example.jp", "password": "guessed"}},
    "POST account_logout": {"form": {}},
    "POST account_reset_password": {"form": {"email": "haru@example.jp"}},
}

# "any": as the house stands, 200 or 503, and the same for everybody.
TABLE = """
# method and address                   Sora's   | visitors    | staff
#                                      sitting  | anon sor str | haru ren  far  mio  fami aoi  kei  nao  root
# The front, sign-in and second factors
GET    home                                  active   | 200 200 200 | 302  302  302  302  302  302  302  200  302
GET    health                                active   | any any any | any  any  any  any  any  any  any  any  any
GET    admin:index                           active   | 302 302 302 | 302  302  302  302  302  302  302  302  200
POST   admin:index                           active   | 302 302 302 | 302  302  302  302  302  302  302  302  200
GET    account_login                         active   | 200 200 200 | 302  302  302  302  302  302  302  200  302
POST   account_login                         active   | 200 200 200 | 302  302  302  302  302  302  302  200  302
GET    account_logout                        active   | 302 302 302 | 200  200  200  200  200  200  200  302  200
POST   account_logout                        active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    account_signup                        active   | 200 200 200 | 302  302  302  302  302  302  302  200  302
POST   account_signup                        active   | 200 200 200 | 302  302  302  302  302  302  302  200  302
GET    account_inactive                      active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    account_reauthenticate                active   | 302 302 302 | 200  200  200  200  200  200  200  302  200
POST   account_reauthenticate                active   | 302 302 302 | 200  200  200  200  200  200  200  302  200
GET    account_change_password               active   | 302 302 302 | 200  200  200  200  200  200  200  302  200
POST   account_change_password               active   | 302 302 302 | 200  200  200  200  200  200  200  302  200
GET    account_set_password                  active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   account_set_password                  active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    account_reset_password                active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
POST   account_reset_password                active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    account_reset_password_done           active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    account_reset_password_from_key       active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
POST   account_reset_password_from_key       active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    account_reset_password_from_key_done  active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    mfa_index                             active   | 302 302 302 | 200  200  200  200  200  200  200  302  200
GET    mfa_authenticate                      active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   mfa_authenticate                      active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    mfa_reauthenticate                    active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   mfa_reauthenticate                    active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    mfa_activate_totp                     active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   mfa_activate_totp                     active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    mfa_deactivate_totp                   active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
POST   mfa_deactivate_totp                   active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
GET    mfa_view_recovery_codes               active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
GET    mfa_generate_recovery_codes           active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   mfa_generate_recovery_codes           active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    mfa_download_recovery_codes           active   | 302 302 302 | 404  404  404  404  404  404  404  302  404
POST   sign_in_as                            active   | 404 404 404 | 404  404  404  404  404  404  404  404  404
POST   choose_theme                          active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    set_language                          active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   set_language                          active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
# Staff
GET    api:me                                active   | 403 403 403 | 200  200  200  200  200  200  200  403  200
PUT    api:preferences                       active   | 403 403 403 | 200  200  200  200  200  200  200  403  200
PUT    api:duty                              active   | 403 403 403 | 204  204  204  204  204  204  204  403  204
GET    api:board                             active   | 403 403 403 | 200  200  404  200  404  200  404  403  404
GET    api:canned-replies                    active   | 403 403 403 | 200  200  404  200  404  404  404  403  404
POST   api:claims                            waiting  | 403 403 403 | 201  201  404  201  404  404  404  403  404
GET    api:session                           active   | 403 403 403 | 200  404  404  200  404  404  404  403  404
GET    api:session                           waiting  | 403 403 403 | 404  404  404  200  404  404  404  403  404
PUT    api:assignment                        waiting  | 403 403 403 | 200  200  404  200  404  404  404  403  404
PUT    api:assignment                        active   | 403 403 403 | 200  409  404  409  404  404  404  403  404
PUT    api:assignment+hand-over              active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
PUT    api:assignment+to-outside             active   | 403 403 403 | 404  404  404  404  404  404  404  403  404
DELETE api:assignment                        active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
DELETE api:offer                             offered  | 403 403 403 | 204  409  404  409  404  404  404  403  404
PUT    api:hold                              active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
DELETE api:hold                              held     | 403 403 403 | 204  404  404  204  404  404  404  403  404
PUT    api:risk                              active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
PUT    api:ending                            active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
DELETE api:ending                            wrap_up  | 403 403 403 | 204  404  404  404  404  404  404  403  404
PUT    api:closure                           wrap_up  | 403 403 403 | 204  404  404  204  404  404  404  403  404
POST   api:messages                          active   | 403 403 403 | 201  404  404  404  404  404  404  403  404
POST   api:notes                             active   | 403 403 403 | 201  404  404  201  404  404  404  403  404
PUT    api:draft                             active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
PUT    api:read                              active   | 403 403 403 | 204  204  204  204  204  204  204  403  204
PUT    api:decision                          active   | 403 403 403 | 204  404  404  204  404  404  404  403  404
GET    api:attachment                        active   | 403 403 403 | 200  404  404  200  404  404  404  403  404
GET    api:visitor-sessions                  active   | 403 403 403 | 200  200  200  200  200  200  200  403  200
DELETE api:pause                             active   | 403 403 403 | 404  404  404  204  404  204  404  403  404
GET    api:schema                            active   | 403 403 403 | 200  200  200  200  200  200  200  403  200
GET    console                               active   | 302 302 302 | 200  200  200  200  200  200  200  302  200
# Visitors, and LINE's platform
GET    talk:away                             active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    talk:icon                             active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    talk:page                             active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
POST   talk:start                            active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    talk:turned_away                      active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
GET    talk:state                            active   | 404 200 200 | 404  404  404  404  404  404  404  404  404
POST   talk:messages                         active   | 409 201 201 | 409  409  409  409  409  409  409  409  409
POST   talk:end                              active   | 303 303 303 | 303  303  303  303  303  303  303  303  303
GET    talk:leave                            active   | 200 200 200 | 200  200  200  200  200  200  200  200  200
POST   talk:leave                            active   | 303 303 303 | 303  303  303  303  303  303  303  303  303
POST   line-webhook                          active   | 401 401 401 | 401  401  401  401  401  401  401  401  401
"""

# What changes something without a CSRF token: LINE signs its requests; and who flees must always be able to.
NO_TOKEN_NEEDED = frozenset({"line-webhook", "talk:leave"})
