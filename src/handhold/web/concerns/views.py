"""Reporting a safeguarding concern, and following it. No sight, consent or transfer stands before the first.

What is said of it afterwards is in `afterwards`.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from handhold.access.concerns import access_concern_to_handle, access_concern_to_read
from handhold.access.families import sight_of
from handhold.access.transfers import NotHere
from handhold.actions.concerns import acknowledge_concern, decide_concern, report_concern
from handhold.actions.refusals import ReasonNeeded, StepRefused
from handhold.queries.concern_pages import ConcernPage, concern_page
from handhold.queries.concerns import (
    Subject,
    find_last_own,
    find_subject,
    find_whom_it_can_be_about,
    numbers_of,
    procedures_of,
)
from handhold.queries.gaps import find_gaps_of
from handhold.web.concerns.forms import ConcernForm, DecisionForm, ReceivedForm
from handhold.web.forms.fields import Choice
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.requests import practitioner_of, submission_of


@require_http_methods(["GET", "POST"])
def new_concern(request: HttpRequest) -> HttpResponse:
    """Numbers first, then three questions of which none must be answered; `?child=`, `?family=`, `?transfer=` say
    where one was."""
    by, now = practitioner_of(request), timezone.now()
    sight = sight_of(by, now)
    asked = request.POST if request.method == "POST" else request.GET
    subject = find_subject(
        sight,
        child_ref=asked.get("child", ""),
        family_ref=asked.get("family", ""),
        run_ref=asked.get("transfer", ""),
    )
    form = ConcernForm(request.POST if request.method == "POST" else None, initial=_known(subject))
    if form.is_valid():
        answers = form.cleaned_data
        sent = report_concern(
            who=answers["who"],
            what=answers["what"],
            where_now=answers["where_now"],
            child_ref=answers["child"],
            family_ref=answers["family"],
            run_ref=answers["transfer"],
            about_refs=answers["about"],
            about_named=answers["about_named"],
            by=by,
            now=now,
            submission=submission_of(request, form, reverse("concern-sent")),
        )
        return redirect("concern", sent.ref)
    offer_people(form, find_whom_it_can_be_about(sight, subject.children))
    page = {
        "form": form,
        "numbers": numbers_of(sight.protocol),
        "procedures": procedures_of(sight.protocol),
        "subject": subject,
    }
    return render(request, "concerns/new.html", page, status=422 if form.is_bound else 200)


def offer_people(form: GovukForm, people: list[tuple[str, str]]) -> None:
    """Puts those on offer whom a concern can be about, for a tick."""
    form.fields["about"].offer([Choice(ref, words) for ref, words in people])  # type: ignore[attr-defined]


def _known(subject: Subject) -> dict[str, str]:
    return {
        "child": subject.child_ref,
        "family": subject.family_ref,
        "transfer": subject.run_ref,
        "who": subject.words,
    }


@require_safe
def concern_sent(request: HttpRequest) -> HttpResponse:
    """The concern that this person sent last: where a second click on `Send` leads."""
    ref = find_last_own(practitioner_of(request))
    if ref is None:
        raise NotHere
    return redirect("concern", ref)


@require_safe
def concern(request: HttpRequest, ref: str) -> HttpResponse:
    """Whether it was received, by whom, what was decided; for those who handle concerns, how to answer it."""
    page = page_of(request, ref)
    return _show(request, page, ReceivedForm(), _decision_form(page))


@require_http_methods(["POST"])
def received(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody who receives concerns says that they have this one."""
    form, here = ReceivedForm(request.POST), reverse("concern", args=[ref])
    if not form.is_valid():
        page = page_of(request, ref)
        return _show(request, page, form, _decision_form(page), status=422)
    submission = submission_of(request, form, here)
    acknowledge_concern(ref, by=practitioner_of(request), now=timezone.now(), submission=submission)
    messages.success(request, "You have received this concern. Who sent it is told so.")
    return redirect(here)


@require_http_methods(["POST"])
def decision(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody who receives concerns decides this one; the transfers that it stopped hear of it."""
    by, now = practitioner_of(request), timezone.now()
    access_concern_to_handle(ref, by=by, now=now)
    page, here = page_of(request, ref), reverse("concern", args=[ref])
    form = _decision_form(page, request)
    if not form.is_valid():
        return _show(request, page, ReceivedForm(), form, status=422)
    submission = submission_of(request, form, here)
    said = form.cleaned_data
    try:
        decide_concern(
            ref, said["outcome"], said["reason"], answer=said["answer"], by=by, now=now, submission=submission
        )
    except (StepRefused, ReasonNeeded) as refused:
        for missing in find_gaps_of(refused):
            form.add_error(None, f"A transfer of the family cannot hear of this decision now: {missing.what}")
        return _show(request, page, ReceivedForm(), form, status=409)
    messages.success(request, "The concern is decided. Who reported it is told what was decided, and not why.")
    return redirect(here)


def page_of(request: HttpRequest, ref: str) -> ConcernPage:
    """The concern as whoever is looking sees it. Raises NotHere."""
    return concern_page(access_concern_to_read(ref, by=practitioner_of(request), now=timezone.now()))


def _decision_form(page: ConcernPage, request: HttpRequest | None = None) -> DecisionForm:
    """What can be decided about this concern, on offer."""
    form = DecisionForm(request.POST if request else None)
    form.fields["outcome"].offer([Choice(value, words) for value, words in page.choices])  # type: ignore[attr-defined]
    return form


def _show(
    request: HttpRequest, page: ConcernPage, receiving: ReceivedForm, deciding: DecisionForm, *, status: int = 200
) -> HttpResponse:
    context = {"concern": page, "receiving": receiving, "form": deciding}
    return render(request, "concerns/concern.html", context, status=status)
