"""How an account is fetched at each request: with its practitioner, agency, team and council, in one statement."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from handhold.records.models import Account


class AccountsWithPractitioners(ModelBackend):
    """Django's own way of signing in; only the account of a session is fetched together with what every page asks."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session, or None for one that was closed."""
        accounts = Account.objects.select_related("practitioner__agency__authority", "practitioner__team")
        return accounts.filter(pk=user_id, is_active=True).first()
