"""What the frame of every page shows, handed to all templates as `shell` by a context processor."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils import timezone

from handhold.queries.signed_in import SignedIn, find_signed_in
from handhold.web.navigation import PROCEDURE, SEARCH, find_address, navigation_for, report_address_from


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame: nobody is signed in where `account` is empty; `person` is None for an account without practitioner."""

    account: str = ""
    person: SignedIn | None = None
    navigation: list[dict[str, object]] = field(default_factory=list)
    report_address: str = ""
    procedure_address: str = ""
    search_address: str = ""
    """Where the box in the header leads; empty on the page that has a box of its own."""


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Django's context processor."""
    return {"shell": _shell_for(request)}


def _shell_for(request: HttpRequest) -> Shell:
    if not request.user.is_authenticated:
        return Shell()
    person, search = find_signed_in(request.user, timezone.now()), find_address(SEARCH)
    return Shell(
        account=request.user.email,
        person=person,
        navigation=navigation_for(person, request.path) if person else [],
        report_address=report_address_from(request.path),
        procedure_address=find_address(PROCEDURE),
        search_address=search if person and request.path != search else "",
    )
