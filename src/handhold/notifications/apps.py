"""The Django app of the notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Label `notifications`: the outbox."""

    name = "handhold.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
