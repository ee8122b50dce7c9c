"""Settings, read from the environment; a missing one fails loudly in production.

Nothing needs to be set for trying the product out: state then lives under ``var/``.
The table in README.md names every variable.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environ.fileaware_mapping import FileAwareMapping


class _Environment(FileAwareMapping):  # type: ignore[misc]  # the library brings no types
    """A value may stand in a file, named by SECRET_KEY_FILE and the like."""

    def __getitem__(self, key: str) -> str:
        # Editors end a file with a line break, which is no part of a password.
        return str(super().__getitem__(key)).strip()


env = environ.Env()
env.ENVIRON = _Environment()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
PRODUCTION = env.bool("PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)


def _local_secret() -> str:
    """Make one secret per checkout, kept under ``var/``; production must bring its own."""
    if PRODUCTION:
        raise ImproperlyConfigured("Set SECRET_KEY: production does not invent one.")
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


def _database() -> dict[str, Any]:
    if PRODUCTION and not env.str("DATABASE_URL", default=""):
        raise ImproperlyConfigured("Set DATABASE_URL: production needs PostgreSQL.")
    config: dict[str, Any] = env.db_url(
        "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'winback.sqlite3'}"
    )
    if config["ENGINE"].endswith("sqlite3"):
        # Write transactions queue instead of failing with "database is locked".
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            ),
        }
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


SECRET_KEY = env.str("SECRET_KEY", default="") or _local_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost"])
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS: the host names users type, comma-separated.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Mails link back to the product; without a request there is no host to read.
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}")

INSTALLED_APPS = [
    "winback.common",
    "accounts",
    "winback.documents",
    "winback.clients",
    "winback.contracts",
    "winback.cases",
    "winback.norms",
    "winback.dialogue",
    "winback.kpis",
    "audits",
    "winback.causes",
    "winback.plans",
    "winback.reminders",
    "winback.dashboards",
    "winback.bulk",
    "winback.reports",
    "winback.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_guid",
    "django_htmx",
    "template_partials",
    "csp",
    "axes",
    "simple_history",
]

MIDDLEWARE = [
    "winback.common.probes.ProbeMiddleware",
    "django_guid.middleware.guid_middleware",
    "winback.common.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "winback.common.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "winback.common.middleware.SignInRequiredMiddleware",
    "winback.common.middleware.UserLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "winback.urls"
WSGI_APPLICATION = "winback.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "winback.common.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "winback.common.navigation.navigation",
            ],
        },
    }
]
FORM_RENDERER = "winback.common.rendering.FormRenderer"

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "first_name", "last_name")},
    },
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

# Throttled per account and address together: a stranger elsewhere cannot lock a colleague out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_USERNAME_FORM_FIELD = "email"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.views.access.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
PROXY_COUNT = env.int("PROXY_COUNT", default=0)
AXES_CLIENT_IP_CALLABLE = "winback.common.addresses.client_address"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "winback.common.styles.BuiltFilesFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = VAR_DIR / "media"
# Uploads: bytes as sent, bytes an Office file may unpack to, pixels of a picture.
DOCUMENT_MAX_BYTES = env.int("DOCUMENT_MAX_BYTES", default=20_000_000)
DOCUMENT_MAX_UNPACKED_BYTES = 200_000_000
DOCUMENT_MAX_PIXELS = 50_000_000

EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Winback <winback@localhost>")

REDIS_URL = env.str("REDIS_URL", default="")
CELERY_BROKER_URL = env.str("BROKER_URL", default="") or REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A lost message is looked for every 10 s instead of every 100 s.
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # The doorbell never makes a user wait for a broker that is down or hangs: one try, two seconds.
    # (Workers connect by other ways and go on trying.)
    "max_retries": 0,
    "socket_connect_timeout": 2,
    "socket_timeout": 2,
}
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # workers write their log as the web does
CELERY_TASK_ROUTES = {"reports.*": {"queue": "reports"}}
CELERY_TASK_DEFAULT_QUEUE = "winback"

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The calendar of the provider: digests go out on its working days.
PROVIDER_BUNDESLAND = env.str("PROVIDER_BUNDESLAND", default="HE")
PROVIDER_NAME = env.str("PROVIDER_NAME", default="Winback FM Services")
# Points of a factor that holds fully; they add up to 100, complaints take points away.
QUALIFICATION_WEIGHTS: dict[str, int] = env.json(
    "QUALIFICATION_WEIGHTS",
    default={
        "controllable": 25,
        "changeable": 15,
        "strategic": 15,
        "recent": 15,
        "recovery": 10,
        "complaints": -10,
        "decider": 10,
        "window": 10,
    },
)
# How many days a person is left in peace between two mails that need a consent.
ADVERTISING_PAUSE_DAYS = env.int("ADVERTISING_PAUSE_DAYS", default=30)

# Every line of a request carries its number; the page that reports an error shows it too.
DJANGO_GUID = {"GUID_HEADER_NAME": "X-Request-ID", "EXPOSE_HEADER": False}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "django_guid.log_filters.CorrelationId"}},
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {name} [{correlation_id}] {message}",
            "style": "{",
        },
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{correlation_id}{message}",
            "style": "{",
            "rename_fields": {
                "asctime": "at",
                "levelname": "level",
                "name": "logger",
                "correlation_id": "request_id",
            },
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env.str("LOG_FORMAT", default="json" if PRODUCTION else "line"),
            "filters": ["request"],
        }
    },
    "loggers": {
        # Making the web fonts tells every glyph, printing a report every step.
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
        # Tells each request that it has a number.
        "django_guid": {"level": "WARNING"},
        # Tells refusals a second time, with their address.
        "django.request": {"level": "ERROR"},
        # Robots that try host names; the refusal itself is logged like every answer.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
