"""The queues that somebody looks after, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.meetings import access_queue_to_read, seat_of
from handhold.protocol.loading import papers_of
from handhold.queries.partner_papers import count_waiting
from handhold.queries.queues import find_queue_page, find_queues
from handhold.web.addresses import proposal_address, step_address, transfer_address
from handhold.web.clauses import words_of_clauses
from handhold.web.requests import practitioner_of


@require_safe
def queues(request: HttpRequest) -> HttpResponse:
    """The queues of this person, with how much waits in each."""
    found = find_queues(seat_of(practitioner_of(request), timezone.now()))
    return render(request, "queues/queues.html", {"queues": found})


@require_safe
def queue(request: HttpRequest, code: str) -> HttpResponse:
    """What waits in one queue, what was taken, and whose leads this person stands behind."""
    found, rule, seat = access_queue_to_read(code, by=practitioner_of(request), now=timezone.now())
    rules = papers_of(seat.protocol)
    page = find_queue_page(found, rule, seat)
    return render(
        request,
        "queues/queue.html",
        {
            "page": page,
            "papers": count_waiting(found.authority_id) if rules and rules.queue == code else None,
            "clauses": words_of_clauses(seat.protocol, page.clauses),
            "transfer_address": transfer_address,
            "step_address": step_address,
            "proposal_address": proposal_address,
        },
    )
