"""What people are called on pages and in letters, and how old they are. No SQL."""

from collections.abc import Iterable
from datetime import date

from handhold.casefiles.situations import years_old
from handhold.records.models import Person, Practitioner, StepRecord


def practitioner_name(practitioner: Practitioner) -> str:
    """`Samira Malik`"""
    return f"{practitioner.given_name} {practitioner.family_name}".strip()


def writer_name(record: StepRecord) -> str:
    """Who recorded it; where time brought it about, that, and who answered for it then."""
    name = practitioner_name(record.recorded_by)
    return f"itself, as time passed ({name} answered for it)" if record.by_time else name


def person_name(person: Person) -> str:
    """`Ada Okafor`, by the name that they use; `Unborn baby Okafor` before a name is given."""
    return f"{first_name(person)} {person.family_name}".strip()


def first_name(person: Person) -> str:
    """What a person is called: `Ada`, `Unborn baby`."""
    return person.known_as or person.given_name or ("Unborn baby" if is_unborn(person) else "")


def is_unborn(person: Person) -> bool:
    """Whether a birth is expected, or was and did not come about."""
    return person.birth_date is None and person.expected_birth_date is not None


def age_words(person: Person, today: date) -> str:
    """`11`, `7 months`, `not born yet`; empty for somebody who has died, or an adult whose age nobody knows."""
    if person.died_date is not None:
        return ""
    if person.birth_date is None:
        return "not born yet" if is_unborn(person) else ""
    months = months_between(person.birth_date, today)
    return str(months // 12) if months >= 24 else f"{months} month{'' if months == 1 else 's'}"


def age_in_years(person: Person, today: date) -> int | None:
    """Whole years; None for a child not born yet, and for an adult whose birth date nobody knows."""
    return None if person.birth_date is None else years_old(person.birth_date, today)


def months_between(first: date, last: date) -> int:
    """Whole months from one date to a later one."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def with_ages(children: Iterable[Person], today: date) -> str:
    """`Ada (11), Obi (7)`"""
    words = [(first_name(child), age_words(child, today)) for child in children]
    return ", ".join(f"{name} ({age})" if age else name for name, age in words)


def listed(words: Iterable[str], last: str = "and") -> str:
    """`Ada`, `Ada and Obi`, `Ada, Obi and Chidi`"""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {last} {found[-1]}"
