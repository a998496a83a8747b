"""The pages of one family, beside each other."""

from django.urls import reverse

from handhold.access.families import Sighted
from handhold.web.components import Tab

PAGES = (
    ("Family", "family"),
    ("Assessments, consent, documents", "family-papers"),
    ("Chronology", "family-chronology"),
    ("Alerts", "alerts"),
)
FOR_THE_COUNCIL = ("Who has looked", "looked")


def tabs_of(ref: str, here: str, sight: Sighted) -> list[Tab]:
    """The tabs of the family with this reference, for whoever sees it."""
    pages = (*PAGES, FOR_THE_COUNCIL) if sight.is_of_council else PAGES
    return [Tab(words, reverse(page, args=[ref]), is_here=page == here) for words, page in pages]
