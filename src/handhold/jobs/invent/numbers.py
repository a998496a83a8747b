"""Numbers that belong to nobody: telephone numbers kept for drama, NHS numbers kept for tests, pupil numbers."""

from collections.abc import Iterator
from random import Random

from handhold.records.checks_of_numbers import UPN_CHECK_LETTERS, is_nhs_number, is_upn


def landline(chance: Random) -> str:
    """A number of the range that Ofcom keeps for drama, outside any area."""
    return f"01632 960{chance.randrange(1000):03d}"


def mobile(chance: Random) -> str:
    """A mobile number of the range that Ofcom keeps for drama."""
    return f"07700 900{chance.randrange(1000):03d}"


def nhs_numbers(first: int = 0) -> Iterator[str]:
    """NHS numbers of the range that is kept for tests (999...), with their check digits, one after another."""
    for serial in range(first, 1_000_000):
        start = f"999{serial:06d}"
        yield from (start + digit for digit in "0123456789" if is_nhs_number(start + digit))


def pupil_numbers(local_authority: str) -> Iterator[str]:
    """Unique pupil numbers of one local authority with their check letters, one after another."""
    for serial in range(10_000_000):
        rest = f"{local_authority}{4000 + serial // 100_000:04d}{serial // 1000 % 100:02d}{serial % 1000:03d}"
        yield from (letter + rest for letter in UPN_CHECK_LETTERS if is_upn(letter + rest))
