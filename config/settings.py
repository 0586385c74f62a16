"""Settings, one file, from the environment: see docs/generated/settings.md for what may be set."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from config import embedded, exposure
from config.secrets import secret

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = embedded.VAR


def flag(name: str, *, default: bool) -> bool:
    """An environment variable read as yes or no."""
    return os.environ.get(name, str(int(default))).lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """An environment variable read as a list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


# DEBUG is the developer's machine: one-click sign-in, secrets made on the spot, plain HTTP.
DEBUG = flag("DEBUG", default=True)
PORT = int(os.environ.get("PORT", "8000"))
SITE_URL = os.environ.get("SITE_URL", f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEBUG else "")
ALLOWED_ORIGINS = words("ALLOWED_ORIGINS", f"http://localhost:{PORT},http://127.0.0.1:{PORT}" if DEBUG else SITE_URL)
CSRF_TRUSTED_ORIGINS = ALLOWED_ORIGINS
# One proxy stands in front, says who asks and whether by TLS; without one nobody's word is taken for either.
BEHIND_PROXY = flag("BEHIND_PROXY", default=not DEBUG)
if DEBUG and (public := exposure.public_names(ALLOWED_HOSTS, [SITE_URL, *ALLOWED_ORIGINS])):
    raise ImproperlyConfigured(f"set DEBUG=0: with DEBUG anyone who reaches {', '.join(public)} signs in as anyone")

SECRET_KEY = secret("SECRET_KEY", var=VAR, may_make=DEBUG)
# Keys that wrap every visitor's data key: "id:base64" separated by commas, the first one wraps.
WORDS_KEYS = words("WORDS_KEYS") or [f"1:{secret('WORDS_KEY', var=VAR, may_make=DEBUG)}"]
IDENTITY_KEY = secret("IDENTITY_KEY", var=VAR, may_make=DEBUG)
KEYS_DIR, KEYS_DIR_IS_MADE = Path(os.environ.get("KEYS_DIR", str(VAR / "keys"))), DEBUG  # counseling.vault

INSTALLED_APPS = [
    "daphne",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "channels",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "accounts",
    "counseling",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.KeepLogin",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.no_store",
    "config.outage.Outage",
    "accounts.gate.SecondFactor",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "counseling.pages.office.places",
            ],
        },
    }
]

# The house: PostgreSQL. Under ASGI a request may run in any thread, so connections come from a pool.
# Who finds none in time is told so: a platform waits two seconds for its answer, a browser tries again.
DATABASE_POOL = {
    "min_size": 2,
    "max_size": int(os.environ.get("DATABASE_POOL", "20")),
    "timeout": float(os.environ.get("DATABASE_POOL_SECONDS", "1.8")),
    # Otherwise the pool waits longer and longer between two tries, and is away as long again as the database was.
    "reconnect_timeout": 2.0,
}
_database = conninfo_to_dict(embedded.database_url())
# The rest of the address (sslmode, sslrootcert, target_session_attrs …) goes to libpq as it is. A process that froze
# or a machine that vanished in the middle of a transaction must not keep its locks for hours.
DATABASE_OPTIONS = {
    # A line on which nobody answers (a machine that vanished) is given up in seconds; by itself it would take hours.
    "connect_timeout": "3",
    "tcp_user_timeout": "10000",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    **{name: value for name, value in _database.items() if name not in {"dbname", "user", "password", "host", "port"}},
    "options": f"{_database.get('options', '')} -c idle_in_transaction_session_timeout=60s".strip(),
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.get("dbname", "madoguchi"),
        "USER": _database.get("user", ""),
        "PASSWORD": _database.get("password", ""),
        "HOST": _database.get("host", ""),
        "PORT": _database.get("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**DATABASE_OPTIONS, "pool": DATABASE_POOL},
        "TEST": {"NAME": os.environ.get("TEST_DATABASE", "test_madoguchi")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The doorbell: Redis carries ids and versions, never words.
REDIS_URL = embedded.redis_url()
CHANNEL_PREFIX = "madoguchi"
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # JSON: events.ring_now publishes the same bytes without an event loop.
        "CONFIG": {"hosts": [REDIS_URL], "prefix": CHANNEL_PREFIX, "serializer_format": "json"},
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
        # A Redis that swallows everything must not hold a request.
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 120, "socket_timeout": 10, "retry_on_timeout": True}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.NotOneself"},
    {"NAME": "accounts.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapter.StaffAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Strict for an account, generous for an address: a call centre of fifty shares one at the start of a shift.
TRIES_PER_ADDRESS = 300  # passwords a minute (accounts.tries)
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "reauthenticate": "10/5m/user",
    "change_password": "5/5m/user",
    "reset_password": "60/m/ip,5/5m/key",
    "reset_password_from_key": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
MFA_ADAPTER = "accounts.mfa.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # people are invited: their addresses are vouched for
MFA_RATE_LIMITS = {"webauthn_login": None}  # nothing to guess there; nginx stops floods
MFA_FORMS = {
    "activate_totp": "accounts.factor_forms.ActivateApp",
    "add_webauthn": "accounts.factor_forms.AddPasskey",
    "edit_webauthn": "accounts.factor_forms.NamePasskey",
    "authenticate": "accounts.factor_forms.Authenticate",
    "reauthenticate": "accounts.factor_forms.Reauthenticate",
}
_kept_or_sent = "filebased" if DEBUG else "smtp"
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", f"django.core.mail.backends.{_kept_or_sent}.EmailBackend")
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST, EMAIL_PORT = os.environ.get("EMAIL_HOST", "localhost"), int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_USER", ""), os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10  # a person waits for the answer
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "madoguchi@localhost")

# What this house calls a login; accounts.logins says how long one holds.
SESSION_ENGINE = "accounts.logins"
SESSION_COOKIE_NAME = "login" if DEBUG else "__Host-login"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = "csrf" if DEBUG else "__Host-csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # nothing stays on a visitor's telephone for a year
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS = 0 if DEBUG else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
# With no-referrer Chromium sends forms with `Origin: null`, which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "font-src": [SELF],
        "img-src": [SELF, "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
    }
}
# A transcript page may hold a long talk; a form never holds more than this.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = "Asia/Tokyo"

STATIC_URL = "/static/"
STATICFILES_DIRS, STATICFILES_IGNORE = [BASE_DIR / "static"], ["src"]
# daphne hands out static files itself on a developer's machine; nginx does in production.
SERVE_STATIC = flag("SERVE_STATIC", default=DEBUG)
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", str(VAR / "static")))

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["counseling.api.parsers.StrictJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "counseling.api.errors.answer",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Madoguchi",
    "OAS_VERSION": "3.1.0",  # the first one that knows webhooks
    "POSTPROCESSING_HOOKS": [],  # codes stand where they are used
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# LINE's platform, or the simulator that plays it. The media host is the same server in the simulator.
SIMULATOR_PORT = int(os.environ.get("SIMULATOR_PORT", str(PORT + 1)))
LINE_HOST = os.environ.get("LINE_HOST", f"http://localhost:{SIMULATOR_PORT}" if DEBUG else "https://api.line.me")
LINE_DATA_HOST = os.environ.get("LINE_DATA_HOST", LINE_HOST if DEBUG else "https://api-data.line.me")
LINE_TIMEOUT_SECONDS = float(os.environ.get("LINE_TIMEOUT_SECONDS", "8"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {"daphne.http_protocol": {"level": "WARNING"}, "django.channels.server": {"level": "WARNING"}},
}
