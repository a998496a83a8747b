"""How an account is fetched at each request: with everything that each page asks about it, in one statement."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from handhold.queries.signed_in import find_account
from handhold.records.models import Account


class AccountsWithPractitioners(ModelBackend):
    """Django's own way of signing in; only the account of a session is fetched together with what every page asks."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session, or None for one that was closed."""
        return find_account(user_id, timezone.now())
