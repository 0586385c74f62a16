"""Rows: the front, sign-in, second factors, invitations, logins."""

from typing import Any

BODIES: dict[str, Any] = {
    "POST logins": {"form": {"others": ""}},
    "POST choose_theme": {"form": {"theme": "dark"}},
    "POST set_language": {"form": {"language": "en"}},
    "POST account_login": {"form": {"login": "haru@example.jp", "password": "guessed"}},
    "POST account_logout": {"form": {}},
    "POST profile": {"form": {"name": "Haru"}},
    "POST invitation": {"form": {"name": "Nobody", "password": "a pass phrase", "again": "a pass phrase"}},
    "POST join": {"form": {"name": "Nobody", "email": "nobody@example.jp"}},
    "POST account_reset_password": {"form": {"email": "haru@example.jp"}},
}

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
GET    mfa_login_webauthn                    active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   mfa_login_webauthn                    active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    mfa_add_webauthn                      active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   mfa_add_webauthn                      active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    mfa_reauthenticate_webauthn           active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   mfa_reauthenticate_webauthn           active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    mfa_edit_webauthn                     active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   mfa_edit_webauthn                     active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    mfa_remove_webauthn                   active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   mfa_remove_webauthn                   active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   sign_in_as                            active   | 404 404 404 | 404  404  404  404  404  404  404  404  404
POST   choose_theme                          active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    set_language                          active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
POST   set_language                          active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    invitation                            active   | 404 404 404 | 404  404  404  404  404  404  404  404  404
POST   invitation                            active   | 404 404 404 | 404  404  404  404  404  404  404  404  404
# A link for volunteers that nobody made
GET    join                                  active   | 404 404 404 | 404  404  404  404  404  404  404  404  404
POST   join                                  active   | 404 404 404 | 404  404  404  404  404  404  404  404  404
GET    profile                               active   | 302 302 302 | 200  200  200  200  200  200  200  302  200
POST   profile                               active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    logins                                active   | 302 302 302 | 200  200  200  200  200  200  200  302  200
POST   logins                                active   | 302 302 302 | 302  302  302  302  302  302  302  302  302
GET    mails                                 active   | 404 404 404 | 404  404  404  404  404  404  404  404  404
"""
