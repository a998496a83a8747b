"""A row of a list of work as it stands on a page: words, and the address of the page that does it."""

from dataclasses import dataclass

from handhold.queries.waiting import Waiting
from handhold.web.addresses import (
    exception_decision_address,
    proposal_address,
    step_address,
    transfer_address,
)
from handhold.working_days import DueWords


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row as it stands on the page: `address` leads to the page that does it."""

    due: DueWords
    what: str
    address: str
    family: str
    children: str
    pathway: str
    limit: str
    whose: str
    gone_to: str
    while_away: str
    more: str


def task_row(waiting: Waiting) -> TaskRow:
    """What waits, ready for the page."""
    return TaskRow(
        due=waiting.due,
        what=waiting.what,
        address=address_of(waiting),
        family=waiting.family,
        children=waiting.children,
        pathway=waiting.pathway,
        limit=waiting.limit,
        whose=waiting.whose,
        gone_to=waiting.gone_to,
        while_away=waiting.while_away,
        more=f"and {waiting.more} more" if waiting.more else "",
    )


def address_of(waiting: Waiting) -> str:
    """The page that does it; of what others do, the transfer."""
    if waiting.is_proposal:
        return proposal_address(waiting.run_ref)
    if not (waiting.is_own and waiting.step):
        return transfer_address(waiting.run_ref)
    find_address = exception_decision_address if waiting.is_exception else step_address
    return find_address(waiting.run_ref, waiting.step, waiting.child_ref)
