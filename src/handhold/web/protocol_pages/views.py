"""Which approved procedure is running: its status, its pathways, its clauses with the steps that carry them out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from handhold.access.transfers import NotHere
from handhold.casefiles.protocols import current_protocol
from handhold.protocol.pathways import Protocol
from handhold.queries.procedure import procedure_page
from handhold.web.clauses import words_of_clauses
from handhold.web.components import Tab
from handhold.web.requests import practitioner_of


@require_safe
def protocol(request: HttpRequest) -> HttpResponse:
    """Source, status, pathways in short, the numbers."""
    page = procedure_page(_protocol_of(request))
    return render(request, "protocol_pages/protocol.html", {"page": page, "tabs": _tabs("protocol")})


@require_safe
def clauses(request: HttpRequest) -> HttpResponse:
    """Every statement of the sources with the steps that carry it out, and each doubt with the reading built."""
    page = procedure_page(_protocol_of(request))
    return render(request, "protocol_pages/clauses.html", {"page": page, "tabs": _tabs("protocol-clauses")})


@require_safe
def pathway(request: HttpRequest, name: str) -> HttpResponse:
    """One pathway, step by step, with the words of the source."""
    running = _protocol_of(request)
    found = next((one for one in procedure_page(running).pathways if one.id == name), None)
    if found is None:
        raise NotHere
    words = {step.id: words_of_clauses(running, step.clauses) for stage in found.stages for step in stage.steps}
    return render(request, "protocol_pages/pathway.html", {"pathway": found, "clauses": words})


def _protocol_of(request: HttpRequest) -> Protocol:
    return current_protocol(practitioner_of(request).agency.authority)


def _tabs(here: str) -> list[Tab]:
    pages = [("Procedure", "protocol"), ("Clauses and readings", "protocol-clauses")]
    return [Tab(words, reverse(page), is_here=page == here) for words, page in pages]
