"""The lists that the frame of every page leads to, and who is offered which. A page itself decides who may open it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from handhold.queries.signed_in import SignedIn


@dataclass(frozen=True, slots=True)
class Place:
    """A list in the navigation: its words, the name of its page, and to whom it is offered."""

    words: str
    page: str
    is_for: Callable[[SignedIn], bool] = lambda _person: True


PLACES = (
    Place("My work", "my-work"),
    Place("Families", "families"),
    Place("Meetings", "meetings", lambda person: person.has_meetings),
    Place("Queues", "queues", lambda person: person.has_queues),
)
REPORT_A_CONCERN = "new-concern"
PROCEDURE = "protocol"


def find_address(page: str) -> str:
    """The address of a page without parameters; empty where this installation has no such page."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def navigation_for(person: SignedIn, here: str) -> list[dict[str, object]]:
    """The navigation as GOV.UK's component takes it; `here` is the path of the page that is shown."""
    offered = [(place.words, find_address(place.page)) for place in PLACES if place.is_for(person)]
    return [
        {"text": words, "href": address, "current": here == address, "active": here.startswith(f"{address}/")}
        for words, address in offered
        if address
    ]
