"""Django's settings. What an installation may change comes from the environment: docs/reference/settings.md."""

from pathlib import Path
from typing import Any

import dj_database_url

from muster.config import environment

PACKAGE = Path(__file__).resolve().parents[1]

MUSTER_HOME = environment.home()
MUSTER_HOME.mkdir(parents=True, exist_ok=True)

DEBUG = environment.flag("MUSTER_DEBUG")
SECRET_KEY = environment.secret_key(MUSTER_HOME)
ALLOWED_HOSTS = environment.words("MUSTER_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = environment.flag("MUSTER_HTTPS")

INSTALLED_APPS = [
    "muster.config",
    "muster.people",
    "muster.journal",
    "muster.cases",
    "muster.notices",
    "muster.duties",
    "muster.console",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "muster.config.security.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "muster.config.urls"
WSGI_APPLICATION = "muster.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- database ---


def _database() -> dict[str, Any]:
    url = environment.text("DATABASE_URL", f"sqlite:///{MUSTER_HOME / 'muster.sqlite3'}")
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, dj_database_url.ParseError) as error:
        # The URL itself may hold a password: its scheme is enough to see what is wrong.
        raise environment.SettingError(
            f"DATABASE_URL ({url.partition(':')[0]}:…) cannot be read: {error}. "
            "Allowed are sqlite:///PATH and postgresql://NAME:PASSWORD@HOST:PORT/DATABASE"
        ) from error
    if found["ENGINE"] == "django.db.backends.sqlite3":
        # One writer at a time, which waits its turn: a transaction takes the write lock when it begins, since two that
        # began as readers and turn to writing at once fail without any wait. WAL lets readers go on meanwhile, and
        # synchronous=FULL has a committed event on the disk when the command returns.
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
        }
        found["TEST"] = {"NAME": str(MUSTER_HOME / "test.sqlite3")}
    elif found["ENGINE"] == "django.db.backends.postgresql":
        found["CONN_MAX_AGE"] = 600
        found["CONN_HEALTH_CHECKS"] = True
        # The few statements that every command executes are kept prepared by PostgreSQL, which saves a quarter of their
        # time. A pooler that hands out another connection for every transaction would not find them again.
        options = dict(found.get("OPTIONS", {}))
        is_pooled = str(options.pop("pooled", "0")) == "1"
        found["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": None if is_pooled else 5, **options}
    else:
        raise environment.SettingError(
            f"DATABASE_URL names {url.partition(':')[0]!r}; Muster keeps its journal in sqlite or postgresql"
        )
    return found


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people ---

AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# A week: nobody should have to sign in again in the middle of an incident that lasts for days.
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- words and time ---

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "muster_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = environment.text("MUSTER_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

# --- static files ---

STATIC_URL = "static/"
# Served by the web process itself, straight from the installed package: no collecting step, nothing to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 300

# --- security ---

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
# The proxy that ends TLS must set this header itself and drop what a client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"] if HTTPS else []
# `muster doctor` and the checks in muster.config.checks say these in our own words, with the setting that mends them.
SILENCED_SYSTEM_CHECKS = [
    "security.W004",
    "security.W005",
    "security.W008",
    "security.W012",
    "security.W016",
    "security.W018",
    "security.W021",
]

# --- mail ---

_mail = environment.mail()
# The domain in every Message-ID; empty where mail is not set up, and the mail channel is then not there.
MUSTER_MAIL = _mail.domain if _mail else ""
if _mail:
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.name, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starttls, _mail.tls
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = _mail.sender
# Seconds. A server that hangs must not hold up the notices behind it.
EMAIL_TIMEOUT = 20

# --- what went wrong ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "muster": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
