"""The numbers and choices of the procedure: read by everybody, changed by who oversees, live by a second person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handhold.access.families import Sighted, sight_of
from handhold.access.procedures import may_oversee
from handhold.access.transfers import NotHere
from handhold.actions.settings import NotReadyToGoLive, ValueRefused, approve_revision, propose_value
from handhold.casefiles.protocols import live_folder
from handhold.queries.numbers import Number, find_number, find_numbers
from handhold.web.clauses import words_of_clauses
from handhold.web.protocol_pages.forms import ApprovalForm, ChoiceForm, NumberForm
from handhold.web.protocol_pages.tabs import tabs_for
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of

STATES = {
    "waiting": "Being checked",
    "failed": "Cannot go live",
    "ready": "Waits for approval",
    "live": "Live",
    "past": "Was live",
}


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Each number and choice with its clauses, and every change of one."""
    return _show(request, ApprovalForm())


@require_http_methods(["GET", "POST"])
def number(request: HttpRequest, code: str) -> HttpResponse:
    """Propose another number, or the other choice."""
    sight, found = _open(request, code)
    check_not_sent_before(request)
    form = (ChoiceForm if found.is_choice else NumberForm)(request.POST if request.method == "POST" else None)
    here = reverse("numbers")
    if form.is_valid():
        try:
            propose_value(
                code,
                form.cleaned_data["value"],
                form.cleaned_data["reason"],
                by=practitioner_of(request),
                now=timezone.now(),
                submission=submission_of(request, form, here),
            )
        except ValueRefused as refused:
            form.add_error("value", str(refused))
        else:
            messages.success(request, "Your change is proposed. It is checked now; then a second person approves it.")
            return redirect(here)
    context = {"number": found, "form": form, "clauses": words_of_clauses(sight.protocol, found.clauses)}
    return render(request, "protocol_pages/number.html", context, status=422 if form.is_bound else 200)


@require_POST
def approval(request: HttpRequest, revision: int) -> HttpResponse:
    """A second person makes checked numbers live."""
    by, now = practitioner_of(request), timezone.now()
    form, here = ApprovalForm(request.POST), reverse("numbers")
    if not form.is_valid():
        return _show(request, form, status=422)
    folder = live_folder(by.agency.authority)
    try:
        approve_revision(folder, revision, by=by, now=now, submission=submission_of(request, form, here))
    except NotReadyToGoLive as problem:
        form.add_error(None, f"This change is not live. {problem}")
        return _show(request, form, status=409)
    messages.success(request, "The change is live. Transfers that begin from now on have it.")
    return redirect(here)


def _open(request: HttpRequest, code: str) -> tuple[Sighted, Number]:
    """The number, for who may change it. Raises NotHere."""
    sight = sight_of(practitioner_of(request), timezone.now())
    found = find_number(sight, code)
    if found is None or not may_oversee(sight):
        raise NotHere
    return sight, found


def _show(request: HttpRequest, form: ApprovalForm, status: int = 200) -> HttpResponse:
    page = find_numbers(sight_of(practitioner_of(request), timezone.now()))
    context = {"page": page, "form": form, "states": STATES, "tabs": tabs_for("numbers", has_changes=page.has_changes)}
    return render(request, "protocol_pages/numbers.html", context, status=status)
