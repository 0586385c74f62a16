"""Signing in and out, passwords, second factors; the look and the language. No sign-up: staff are invited."""

from allauth.account import views as allauth_views
from allauth.mfa.base.views import index as second_factors
from allauth.mfa.recovery_codes.views import view_recovery_codes
from allauth.mfa.webauthn.views import login_webauthn
from django.urls import include, path, re_path
from django.views.i18n import set_language

from accounts import factor_views, login_views, people_views, views
from accounts.mails import mails

# allauth's, but for those that change something: these are accounts.factor_views. Codes are shown once, so there is no
# address to download them from; nobody is trusted to skip the second step.
SECOND_FACTORS = [
    path("", second_factors, name="mfa_index"),
    path("authenticate/", factor_views.Authenticate.as_view(), name="mfa_authenticate"),
    path("reauthenticate/", factor_views.Reauthenticate.as_view(), name="mfa_reauthenticate"),
    path("totp/activate/", factor_views.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("totp/deactivate/", factor_views.DeactivateApp.as_view(), name="mfa_deactivate_totp"),
    path("recovery-codes/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/generate/", factor_views.MakeRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("webauthn/login/", login_webauthn, name="mfa_login_webauthn"),
    path("webauthn/add/", factor_views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("webauthn/reauthenticate/", factor_views.ConfirmWithPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("webauthn/keys/<int:pk>/edit/", factor_views.NamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("webauthn/keys/<int:pk>/remove/", factor_views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    # Closed (StaffAdapter), and says so; allauth's mails want the address to exist.
    path("signup/", allauth_views.signup, name="account_signup"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth_views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include(SECOND_FACTORS)),
    path("as/<int:user_id>/", views.sign_in_as, name="sign_in_as"),
    path("invitation/<str:key>/", people_views.invitation, name="invitation"),
    path("profile/", people_views.profile, name="profile"),
    path("logins/", login_views.own, name="logins"),
    path("mails/", mails, name="mails"),
    path("theme/", views.choose_theme, name="choose_theme"),
    path("language/", set_language, name="set_language"),
]
