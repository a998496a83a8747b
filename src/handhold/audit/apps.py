"""The Django app of the audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Label `audit`: events, and the chain that holds them in order."""

    name = "handhold.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
