"""Settings of the tests: those of the application, over a server of their own, with nothing that only costs time."""

import os
import tempfile
from pathlib import Path

# The first process of a test run names the folder; its xdist workers inherit the name, and so share one server.
if "HANDHOLD_TEST_DATA" not in os.environ:
    os.environ["HANDHOLD_TEST_DATA"] = tempfile.mkdtemp(prefix="handhold-tests-")
    os.environ["HANDHOLD_TEST_DATA_MAKER"] = str(os.getpid())
os.environ["DATA"] = os.environ["HANDHOLD_TEST_DATA"]
os.environ["HANDHOLD_PLAIN_HTTP"] = "1"
os.environ["SECRET_KEY"] = "a key for tests only"

from config.database import database_settings
from config.settings import *  # noqa: F403
from config.settings import DATA, STORAGES

# Tests make and empty tables, so they speak as the owner; the fixture `as_web_role` speaks as the pages do.
# A connection lasts, as it does in the pool of a real server: a new one knows no table yet, and learns them all anew.
DATABASES = {"default": {**database_settings(os.environ, DATA, "owner"), "ATOMIC_REQUESTS": True, "CONN_MAX_AGE": 600}}

# Hashed names and live servers do not go together.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = Path(DATA) / "static"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
