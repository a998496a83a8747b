"""References: the short random names by which records are known outside the database. They carry no meaning."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField  # Django's fields take no types while they run

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REF_LENGTH = 8


def make_ref() -> str:
    """Return a new random reference: eight letters of Crockford's base 32, so no I, L, O or U to misread."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(REF_LENGTH))


class RefField(Text):
    """A unique reference, made by itself. Used in addresses, logs, audit and messages in place of names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": REF_LENGTH, "unique": True, "default": make_ref, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Leave out of migrations what the field itself settles."""
        name, path, args, kwargs = super().deconstruct()
        for settled in ("max_length", "unique", "default", "editable"):
            kwargs.pop(settled, None)
        return name, path, args, kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002
        """Spelt out in full because Django adds a second index for LIKE to a unique `varchar`, which nothing reads."""
        return f"character varying({REF_LENGTH})"
