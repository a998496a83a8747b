"""Which approved procedure is running: its status, its pathways, its clauses with the steps that carry them out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.families import sight_of
from handhold.access.transfers import NotHere
from handhold.casefiles.protocols import current_protocol, find_earlier
from handhold.protocol.differences import find_differences
from handhold.protocol.doubts import find_doubts
from handhold.protocol.pathways import Protocol
from handhold.queries.procedure import procedure_page
from handhold.queries.promises_kept import find_promises_page
from handhold.web.clauses import words_of_clauses
from handhold.web.components import Tab
from handhold.web.protocol_pages.tabs import tabs_for
from handhold.web.requests import practitioner_of


@require_safe
def protocol(request: HttpRequest) -> HttpResponse:
    """Source, status, pathways in short, the numbers."""
    sight = sight_of(practitioner_of(request), timezone.now())
    context = {"page": procedure_page(sight.protocol), "sees_promises": sight.sees_all}
    return render(request, "protocol_pages/protocol.html", context | {"tabs": _tabs(request, "protocol")})


@require_safe
def clauses(request: HttpRequest) -> HttpResponse:
    """Every statement of the sources with the steps that carry it out, and each doubt with the reading built."""
    page = procedure_page(_protocol_of(request))
    return render(request, "protocol_pages/clauses.html", {"page": page, "tabs": _tabs(request, "protocol-clauses")})


@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    """Each doubt of the source, how it is read, and the numbers that belong to it."""
    running = _protocol_of(request)
    context = {"source": running.file.source.title, "doubts": find_doubts(running)}
    return render(request, "protocol_pages/doubts.html", context | {"tabs": _tabs(request, "protocol-doubts")})


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Whether the house's promises held on the records when they were last looked at."""
    sight = sight_of(practitioner_of(request), timezone.now())
    page = find_promises_page(sight)
    words = words_of_clauses(sight.protocol, sorted({one.promise for one in page.broken}))
    context = {"page": page, "clauses": words, "tabs": _tabs(request, "promises")}
    return render(request, "protocol_pages/promises.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed from the version before this one, or from the procedure's own numbers, in sentences."""
    running, earlier = _protocol_of(request), _earlier_of(request)
    if earlier is None:
        raise NotHere
    found = find_differences(earlier, running)
    context = {"sections": found.sections, "from_version": earlier.version, "to_version": running.version}
    return render(request, "protocol_pages/changes.html", context | {"tabs": _tabs(request, "protocol-changes")})


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


def _earlier_of(request: HttpRequest) -> Protocol | None:
    return find_earlier(practitioner_of(request).agency.authority)


def _tabs(request: HttpRequest, here: str) -> list[Tab]:
    return tabs_for(here, has_changes=_earlier_of(request) is not None)
