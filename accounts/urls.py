"""Signing in and out, passwords, second factors; the look and the language. No sign-up: staff are invited."""

from allauth.account import views as allauth_views
from django.urls import include, path, re_path
from django.views.i18n import set_language

from accounts import views

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
    path("2fa/", include("allauth.mfa.urls")),
    path("as/<int:user_id>/", views.sign_in_as, name="sign_in_as"),
    path("theme/", views.choose_theme, name="choose_theme"),
    path("language/", set_language, name="set_language"),
]
