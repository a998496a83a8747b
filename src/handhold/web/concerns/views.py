"""Reporting a safeguarding concern, and following it. No sight, consent or transfer stands before the first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from handhold.access.families import sight_of
from handhold.access.transfers import NotHere
from handhold.actions.concerns import access_concern_to_read, acknowledge_concern, decide_concern, report_concern
from handhold.actions.refusals import ReasonNeeded, StepRefused
from handhold.queries.concerns import Subject, concern_page, find_last_own, find_subject, numbers_of
from handhold.queries.gaps import find_gaps_of
from handhold.web.concerns.forms import ConcernForm, DecisionForm, ReceivedForm
from handhold.web.forms.fields import Choice
from handhold.web.requests import practitioner_of, submission_of


@require_http_methods(["GET", "POST"])
def new_concern(request: HttpRequest) -> HttpResponse:
    """Numbers first, then three questions of which none must be answered. `?child=` or `?family=` say where one was."""
    by, now = practitioner_of(request), timezone.now()
    sight = sight_of(by, now)
    asked = request.POST if request.method == "POST" else request.GET
    subject = find_subject(sight, child_ref=asked.get("child", ""), family_ref=asked.get("family", ""))
    form = ConcernForm(request.POST if request.method == "POST" else None, initial=_known(subject))
    if form.is_valid():
        sent = report_concern(
            who=form.cleaned_data["who"],
            what=form.cleaned_data["what"],
            where_now=form.cleaned_data["where_now"],
            child_ref=form.cleaned_data["child"],
            family_ref=form.cleaned_data["family"],
            by=by,
            now=now,
            submission=submission_of(request, form, reverse("concern-sent")),
        )
        return redirect("concern", sent.ref)
    page = {"form": form, "numbers": numbers_of(sight.protocol), "subject": subject}
    return render(request, "concerns/new.html", page, status=422 if form.is_bound else 200)


def _known(subject: Subject) -> dict[str, str]:
    return {"child": subject.child_ref, "family": subject.family_ref, "who": subject.words}


@require_safe
def concern_sent(request: HttpRequest) -> HttpResponse:
    """The concern that this person sent last: where a second click on `Send` leads."""
    ref = find_last_own(practitioner_of(request))
    if ref is None:
        raise NotHere
    return redirect("concern", ref)


@require_safe
def concern(request: HttpRequest, ref: str) -> HttpResponse:
    """Whether it was received, by whom, what was decided; for those who receive concerns, how to answer it."""
    return _show(request, ref, ReceivedForm(), None)


@require_http_methods(["POST"])
def received(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody who receives concerns says that they have this one."""
    form, here = ReceivedForm(request.POST), reverse("concern", args=[ref])
    if not form.is_valid():
        return _show(request, ref, form, None, status=422)
    submission = submission_of(request, form, here)
    acknowledge_concern(ref, by=practitioner_of(request), now=timezone.now(), submission=submission)
    messages.success(request, "You have received this concern. Who sent it is told so.")
    return redirect(here)


@require_http_methods(["POST"])
def decision(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody who receives concerns decides this one; the transfers that it stopped hear of it."""
    by, now = practitioner_of(request), timezone.now()
    form, here = DecisionForm(request.POST), reverse("concern", args=[ref])
    _offer(form, request, ref)
    if not form.is_valid():
        return _show(request, ref, ReceivedForm(), form, status=422)
    submission = submission_of(request, form, here)
    answer = form.cleaned_data
    try:
        decide_concern(ref, answer["outcome"], answer["reason"], by=by, now=now, submission=submission)
    except (StepRefused, ReasonNeeded) as refused:
        for missing in find_gaps_of(refused):
            form.add_error(None, f"A transfer of the family cannot hear of this decision now: {missing.what}")
        return _show(request, ref, ReceivedForm(), form, status=409)
    messages.success(request, "The concern is decided.")
    return redirect(here)


def _offer(form: DecisionForm, request: HttpRequest, ref: str) -> None:
    """Puts on offer what can be decided about this concern. Raises NotHere for who may not see it."""
    by, now = practitioner_of(request), timezone.now()
    opened, handles = access_concern_to_read(ref, by=by, now=now)
    page = concern_page(opened, by=by, handles=handles, now=now)
    form.fields["outcome"].offer([Choice(value, words) for value, words in page.choices])  # type: ignore[attr-defined]


def _show(
    request: HttpRequest, ref: str, receiving: ReceivedForm, deciding: DecisionForm | None, *, status: int = 200
) -> HttpResponse:
    by, now = practitioner_of(request), timezone.now()
    opened, handles = access_concern_to_read(ref, by=by, now=now)
    page = concern_page(opened, by=by, handles=handles, now=now)
    if deciding is None:
        deciding = DecisionForm()
        deciding.fields["outcome"].offer([Choice(value, words) for value, words in page.choices])  # type: ignore[attr-defined]
    context = {"concern": page, "receiving": receiving, "form": deciding}
    return render(request, "concerns/concern.html", context, status=status)
