"""Django's settings. Everything that differs between places comes from the environment:

DATA                  folder of what is kept (embedded database, key, demo mail); default `var` in the project
DATABASE_URL          somebody else's PostgreSQL 18 instead of the embedded one; DATABASE_OWNER_URL for migrations
HANDHOLD_PROTOCOLS    folder of the councils' protocols; default `protocols` in the project
HANDHOLD_SITE         the address that links in e-mails begin with, as people type it
HANDHOLD_HOSTS        names under which pages are served, by commas
HANDHOLD_PLAIN_HTTP   1 when there is no TLS in front, as in the demo
HANDHOLD_DEMO         1 when the people are invented and the pages may say so
EMAIL_HOST ...        the council's mail relay; without one, mail is written to DATA/mail
IMAP_HOST ...         the mailbox to which partners send papers; docs/guide/mail.md lists its settings
PAPER_MOST_MEGABYTES  how large a paper from outside may be, with all its files; default 25
SECRET_KEY            signing key; without one, a key is kept in DATA
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from config.database import database_settings
from config.secret import secret_key

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("DATA") or ROOT / "var").resolve()
HANDHOLD_PROTOCOLS = Path(os.environ.get("HANDHOLD_PROTOCOLS") or ROOT / "protocols").resolve()
HANDHOLD_DEMO = os.environ.get("HANDHOLD_DEMO") == "1"
HANDHOLD_SITE = os.environ.get("HANDHOLD_SITE", "http://localhost:8000")
PLAIN_HTTP = os.environ.get("HANDHOLD_PLAIN_HTTP") == "1"

DEBUG = False
SECRET_KEY = secret_key(os.environ, DATA)
ALLOWED_HOSTS = os.environ.get("HANDHOLD_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "handhold.records",
    "handhold.audit",
    "handhold.notifications",
    "handhold.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page is closed unless its view says `login_not_required`.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "handhold.web.answers.AnswersOfActions",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [Path(__file__).resolve().parent.parent / "handhold/web/templates"],
        "OPTIONS": {
            "environment": "handhold.web.jinja_environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "handhold.web.shell.shell",
            ],
        },
    },
]

# The database
DATABASES = {"default": {**database_settings(os.environ, DATA), "ATOMIC_REQUESTS": True}}
# What `handhold migrate` connects with, and whether the server is ours to start
DATABASE_OWNER = database_settings(os.environ, DATA, "owner")
DATABASE_IS_EMBEDDED = not os.environ.get("DATABASE_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts of failed sign-ins: in the database, so that all processes count together
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Who signs in
AUTH_USER_MODEL = "records.Account"
AUTHENTICATION_BACKENDS = ["handhold.web.sign_in.accounts.AccountsWithPractitioners"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email",)},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_NAME = "handhold-session" if PLAIN_HTTP else "__Host-handhold-session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_NAME = "handhold-csrf" if PLAIN_HTTP else "__Host-handhold-csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What a browser may do with the pages
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 60 * 60
SECURE_PROXY_SSL_HEADER = None if PLAIN_HTTP else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# Language and time: stored in UTC, shown in the council's time
LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"

# Static files
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "handhold@localhost")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"

# Papers from outside: how large, and the mailbox that they come to
PAPER_MOST_BYTES = int(os.environ.get("PAPER_MOST_MEGABYTES", "25")) * 1_000_000
IMAP = {
    "host": os.environ.get("IMAP_HOST", ""),
    "port": os.environ.get("IMAP_PORT", ""),
    "security": os.environ.get("IMAP_SECURITY", "tls"),
    "user": os.environ.get("IMAP_USER", ""),
    "password": os.environ.get("IMAP_PASSWORD", ""),
    "token_file": os.environ.get("IMAP_TOKEN_FILE", ""),
    "folder": os.environ.get("IMAP_FOLDER", "INBOX"),
    "kept_folder": os.environ.get("IMAP_KEPT_FOLDER", "Handhold"),
    "certificates": os.environ.get("IMAP_CERTIFICATES", ""),
    "authority": os.environ.get("IMAP_AUTHORITY", ""),
}

# Logs name no person: errors with their place in the code, never a request's body or a query's values
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "logging.Formatter" if HANDHOLD_DEMO else "config.log_format.NamesNobody",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.db.backends": {"level": "ERROR"},
    },
}
