"""Django's settings, derived from `env.ENV`; policy never stands here (it is dated rows in the database)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from .env import ENV, own_secret

SRC = Path(__file__).resolve().parent.parent
HOME = ENV.home.resolve()

SECRET_KEY = ENV.secret_key.get_secret_value() or own_secret(ENV, "secret_key")
DEBUG = ENV.debug
ALLOWED_HOSTS = [host.strip() for host in ENV.allowed_hosts.split(",") if host.strip()]
PUBLIC_URL = ENV.public_url.rstrip("/")
PROXIES = ENV.proxies  # so many proxies of ours stand in front and name the client in X-Forwarded-For
# Packages of others are served from a second host name, so that their scripts meet no cookie and no page of ours.
CONTENT_HOST = ENV.content_host
ALLOWED_HOSTS += [CONTENT_HOST.partition(":")[0]]
CSRF_TRUSTED_ORIGINS = [ENV.public_url] if ENV.public_url.startswith("https://") else []

ROOMS = [
    "policies", "teachers", "moves", "rosters", "registers", "circumstances", "courses", "projects", "plans", "tenders", "quotas",
    "enrolment", "suiting", "admissions", "nominations", "rush", "departures", "cards", "statements", "learning", "exchange", "workshops",
    "assessment", "kits", "anomalies", "recognition", "credits", "reviews", "determination", "closing", "certificates", "eligibility",
    "papers", "finance", "supervision",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.idp.oidc",
    *(
        f"xingtan.foundation.{name}"
        for name in (
            "scope",
            "people",
            "audit",
            "ledger",
            "events",
            "jobs",
            "files",
            "inbox",
            "answers",
            "notices",
            "surveys",
            "disclosures",
            "entrance",
        )
    ),
    *(f"xingtan.domains.{name}" for name in ROOMS),
    "xingtan.web",
    "xingtan.config",
]
MIDDLEWARE = [
    "xingtan.web.middleware.RequestIdMiddleware",
    "xingtan.web.entrance.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xingtan.web.content.middleware.ContentHostMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "xingtan.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xingtan.web.middleware.ActorMiddleware",
    "xingtan.web.middleware.RefusalMiddleware",
    "xingtan.web.entrance.guard.EntranceMiddleware",
    "xingtan.web.disclosing.DisclosureMiddleware",
]
# A laptop of a study group serves nothing but the pages of its kit, whose folder is the one above its home.
KIT = HOME.parent if ENV.kit else None
ROOT_URLCONF = "xingtan.config.kit_urls" if ENV.kit else "xingtan.config.urls"
WSGI_APPLICATION = "xingtan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SRC / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "xingtan.web.context.page",
            ],
            "builtins": ["xingtan.web.parts.tags", "template_partials.templatetags.partials"],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])],
                )
            ],
        },
    }
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
    ),
}


def _sqlite(name: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(ENV.path(name)) if not name.startswith("/") else name,
        "OPTIONS": dict(SQLITE_OPTIONS),
        "CONN_MAX_AGE": None,
        "ATOMIC_REQUESTS": False,
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or dict(p.split("=", 1) for p in parts.query.split("&") if "=" in p).get("host", ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 12, "timeout": 20}},
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
    }


# Learning events have a file of their own on SQLite, so that a beat never waits for an import.
if ENV.is_sqlite:
    _main = ENV.database_url.removeprefix("sqlite:///") or "xingtan.sqlite3"
    DATABASES = {"default": _sqlite(_main), "beats": _sqlite(_main.replace(".sqlite3", "") + "-beats.sqlite3")}
else:
    DATABASES = {"default": _postgresql(ENV.database_url)}
RECORDED_MODELS = {"learning.beat", "learning.beatarchive", "learning.unitprogress", "learning.unitday", "learning.teacherclock"}
RECORDED_MODELS |= {f"statements.{model}" for model in ("statement", "mention", "voiding", "activity", "attachment", "document")}
DATABASE_ROUTERS = ["xingtan.foundation.db.BeatsRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["xingtan.foundation.people.sign_in.NumberOrPhoneBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "public:sign_in"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "xingtan"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.public_url.startswith("https://")
CSRF_COOKIE_HTTPONLY = True
# Second factors and the identity provider run on django-allauth, behind our own pages (foundation/entrance, web/entrance).
ACCOUNT_USER_MODEL_USERNAME_FIELD, ACCOUNT_USER_MODEL_EMAIL_FIELD = "login", None
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS, ACCOUNT_EMAIL_VERIFICATION = {"username"}, ["username*", "password1*"], "none"
MFA_ADAPTER = "xingtan.foundation.entrance.mfa.MfaAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
IDP_OIDC_ADAPTER = "xingtan.foundation.entrance.tokens.TokenAdapter"
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 30 * 24 * 3600
SECOND_FACTOR = ENV.second_factor  # None: asked of administrators unless the data folder is a demonstration's
REGION_SIGN_IN = {
    "issuer": ENV.identity_issuer, "client_id": ENV.identity_client_id, "secret": ENV.identity_client_secret.get_secret_value(),
    "claim": ENV.identity_claim, "match": ENV.identity_match, "label": ENV.identity_label, "scope": ENV.identity_scope,
} if ENV.identity_issuer else None  # fmt: skip
CSRF_FAILURE_VIEW = "xingtan.web.errors.stale_form"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [SRC / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATICFILES_DIRS = [SRC / "web" / "static"]
STATIC_ROOT = ENV.path("static", "-").parent
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = ["xingtan.foundation.files.uploads.LimitedUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# Where providers' platforms put their nightly files, a folder each; nothing happens while it does not exist.
EXCHANGE_INBOX = ENV.inbox or str(HOME / "inbox")
ICP_LINE = ENV.icp_line
ANOMALY_LIMITS = ENV.anomaly_limits
UPLOAD_LIMIT = ENV.upload_limit_mb * 1024 * 1024
BEATS_KEPT_DAYS = ENV.beats_kept_days  # older ones leave the table as one signed file a day
DOCUMENT_LIMIT = ENV.document_limit_kb * 1024

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENV.public_url.startswith("https://") else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the content host may be a name below ours, and the operator's to decide
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "media-src": ["'self'", "blob:"],
        "worker-src": ["'self'", "blob:"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "xingtan.foundation.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}
SILENCED_SYSTEM_CHECKS = [
    "models.W036",  # constraints that one database does not know are doubled by a trigger
]
