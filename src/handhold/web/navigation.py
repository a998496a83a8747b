"""The lists that the frame of every page leads to, and who is offered which. A page itself decides who may open it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

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
SEARCH = "search"
ABOUT = {"children": "child", "families": "family", "transfers": "transfer"}
"""The addresses that begin so go on with the reference of this, and lead with it to the page of a concern."""


def find_address(page: str) -> str:
    """The address of a page without parameters; empty where this installation has no such page."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def report_address_from(path: str) -> str:
    """Where a concern is reported from a page: it knows whom the page is about, by the page's own address (Y52)."""
    report, parts = find_address(REPORT_A_CONCERN), path.strip("/").split("/")
    word = ABOUT.get(parts[0], "") if len(parts) > 1 else ""
    return f"{report}?{urlencode({word: parts[1]})}" if report and word else report


def navigation_for(person: SignedIn, here: str) -> list[dict[str, object]]:
    """The navigation as GOV.UK's component takes it; `here` is the path of the page that is shown."""
    offered = [(place.words, find_address(place.page)) for place in PLACES if place.is_for(person)]
    return [
        {"text": words, "href": address, "current": here == address, "active": here.startswith(f"{address}/")}
        for words, address in offered
        if address
    ]
