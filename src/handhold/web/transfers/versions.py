"""Which version of the procedure decides a transfer: what would change in another, and the decision to move it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from handhold.access.procedures import access_run_to_move
from handhold.actions.moving import CannotMove, move_run
from handhold.casefiles.moving import live_version_of
from handhold.queries.moving import preview_move
from handhold.web.forms.fields import LongTextField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of


class MoveForm(GovukForm):
    """Why a transfer is moved."""

    reason = LongTextField(
        "Why is it moved?",
        missing="Write why it is moved",
        hint="It stands on the transfer, with your name.",
        called="The reason",
        max_length=1000,
        rows=3,
    )


@require_http_methods(["GET", "POST"])
def version(request: HttpRequest, ref: str) -> HttpResponse:
    """What would change under the version in use; then it is moved, by who oversees all transfers."""
    by, now = practitioner_of(request), timezone.now()
    run = access_run_to_move(ref, by=by, now=now)
    check_not_sent_before(request)
    live = live_version_of(run.authority)
    form = MoveForm(request.POST if request.method == "POST" else None)
    address = reverse("transfer", args=[ref])
    if form.is_valid():
        try:
            reason, submission = form.cleaned_data["reason"], submission_of(request, form, address)
            move_run(ref, live, reason, by=by, now=now, submission=submission)
        except CannotMove as obstacles:
            for obstacle in obstacles.reasons:
                form.add_error(None, obstacle)
        else:
            messages.success(request, "The transfer is decided by the version in use from here on.")
            return redirect(address)
    context = {"page": preview_move(run, live, now), "form": form}
    return render(request, "transfers/version.html", context, status=422 if form.is_bound else 200)
