"""The Django app of the records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Label `records`; every model lives in `handhold.records.models`."""

    name = "handhold.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
