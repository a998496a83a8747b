"""The pages of the procedure, beside each other."""

from django.urls import reverse

from handhold.web.components import Tab

PAGES = (
    ("Procedure", "protocol"),
    ("Clauses and readings", "protocol-clauses"),
    ("Doubts", "protocol-doubts"),
    ("Numbers and choices", "numbers"),
)
CHANGES = ("What has changed", "protocol-changes")


def tabs_for(here: str, *, has_changes: bool) -> list[Tab]:
    """The tabs; what has changed is offered where there are two versions, or numbers of the council's own."""
    pages = (*PAGES, CHANGES) if has_changes else PAGES
    return [Tab(words, reverse(page), is_here=page == here) for words, page in pages]
