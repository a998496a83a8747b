"""Check digits of the numbers by which a child is known elsewhere. The database repeats both checks."""

from django.core.exceptions import ValidationError

UPN_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def is_nhs_number(number: str) -> bool:
    """Say whether ten digits, without spaces, end in the right check digit (modulus 11)."""
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False)) % 11
    return (11 - remainder) % 11 == int(number[9])


def is_upn(number: str) -> bool:
    """Say whether a unique pupil number begins with the right check letter; a temporary one ends in a letter."""
    if len(number) != 13 or not (number[1:12].isascii() and number[1:12].isdigit()):
        return False
    last = (
        UPN_CHECK_LETTERS.find(number[12])
        if number[12].isalpha()
        else int(number[12])
        if number[12] in "0123456789"
        else -1
    )
    if last < 0:
        return False
    values = [int(digit) for digit in number[1:12]] + [last]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return UPN_CHECK_LETTERS[total % 23] == number[0]


def check_nhs_number(number: str) -> None:
    """Raise ValidationError unless the number is an NHS number."""
    if not is_nhs_number(number):
        raise ValidationError(
            "This is not an NHS number: the ten digits do not agree with each other. Check for a slip."
        )


def check_upn(number: str) -> None:
    """Raise ValidationError unless the number is a unique pupil number."""
    if not is_upn(number):
        raise ValidationError("This is not a unique pupil number: its first letter does not agree with the digits.")
