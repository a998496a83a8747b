"""What is said of a concern after it was sent: one short page for each, none of which anybody has to open."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from handhold.access.concerns import OpenedConcern, access_concern_to_handle, access_concern_to_read
from handhold.access.families import sight_of
from handhold.actions import concerns_afterwards as actions
from handhold.actions.once import Submission
from handhold.queries.child_index import index_matching, known_rows
from handhold.queries.concern_pages import ConcernPage, concern_page, find_colleagues
from handhold.queries.concerns import find_whom_it_can_be_about
from handhold.records.models import Practitioner
from handhold.web.concerns.forms import (
    AboutForm,
    DisagreementForm,
    DiscussionForm,
    HandOnForm,
    LinkForm,
    ReleaseForm,
)
from handhold.web.forms.fields import Choice
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.paging import sheet_of_records
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of

Act = Callable[[Practitioner, datetime, Submission], object]


@require_http_methods(["GET", "POST"])
def discussion(request: HttpRequest, ref: str) -> HttpResponse:
    """Whether the family had been spoken with, by who sent it or who handles it (Y55)."""
    page, _ = _opened(request, ref)
    today = timezone.localdate()
    form = DiscussionForm(request.POST if request.method == "POST" else None, today=today)

    def act(by: Practitioner, now: datetime, submission: Submission) -> object:
        said = actions.Discussion(form.cleaned_data["outcome"], form.cleaned_data["view"], form.day)
        return actions.say_whether_discussed(ref, said, by=by, now=now, submission=submission)

    return _answered(request, page, form, act, "concerns/discussion.html", "It stands with the concern.")


@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, ref: str) -> HttpResponse:
    """That it is about somebody who works with the child: from then on it passes them by (Y52)."""
    page, opened = _opened(request, ref)
    form = AboutForm(request.POST if request.method == "POST" else None)
    form.fields["about"].offer(_people(opened))  # type: ignore[attr-defined]

    def act(by: Practitioner, now: datetime, submission: Submission) -> object:
        said = form.cleaned_data
        return actions.say_whom_it_is_about(
            ref, refs=said["about"], named=said["about_named"], by=by, now=now, submission=submission
        )

    done = "From now on they do not see this concern, and have no part in it."
    return _answered(request, page, form, act, "concerns/about.html", done)


def _people(opened: OpenedConcern) -> list[Choice]:
    """Those around the child for who handles it; for who sent it, whom they could have ticked then."""
    child = opened.concern.child_id
    sight = sight_of(opened.by, opened.now)
    children = (child,) if child and opened.handles else ()
    return [Choice(ref, words) for ref, words in find_whom_it_can_be_about(sight, children)]


@require_http_methods(["GET", "POST"])
def hand_on(request: HttpRequest, ref: str) -> HttpResponse:
    """A colleague answers for it from now on."""
    page, opened = _opened(request, ref, to_handle=True)
    form = HandOnForm(request.POST if request.method == "POST" else None)
    form.fields["to"].offer([Choice(one, words) for one, words in find_colleagues(opened)])  # type: ignore[attr-defined]

    def act(by: Practitioner, now: datetime, submission: Submission) -> object:
        said = form.cleaned_data
        return actions.hand_on_concern(ref, said["to"], said["why"], by=by, now=now, submission=submission)

    return _answered(
        request,
        page,
        form,
        act,
        "concerns/hand_on.html",
        "It is handed on. They are told.",
        leads_to=reverse("my-work"),
    )


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, ref: str) -> HttpResponse:
    """Which child on record it is about, found by name or birth date; or nobody, until a referral is recorded."""
    page, opened = _opened(request, ref, to_handle=True)
    if opened.concern.child_id and request.method == "GET":
        return redirect("concern", ref)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        here = reverse("concern", args=[ref])
        by, child = practitioner_of(request), form.cleaned_data["child"]
        submission = submission_of(request, form, here)
        actions.link_concern(ref, child, by=by, now=timezone.now(), submission=submission)
        messages.success(request, "The concern names this child. Nothing of the family closes before it is decided.")
        return redirect(here)
    sight, words = sight_of(opened.by, opened.now), request.GET.get("q", "").strip()
    sheet = sheet_of_records(request, index_matching(sight, words), lambda found: known_rows(found, sight))
    context = {"concern": page, "form": form, "sheet": sheet, "words": words}
    return render(request, "concerns/link.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def disagreement(request: HttpRequest, ref: str) -> HttpResponse:
    """Who sent it does not agree with what was decided."""
    page, _ = _opened(request, ref)
    if not page.is_sender or not page.decided:
        raise Http404
    form = DisagreementForm(request.POST if request.method == "POST" else None)

    def act(by: Practitioner, now: datetime, submission: Submission) -> object:
        return actions.disagree_with_decision(ref, form.cleaned_data["why"], by=by, now=now, submission=submission)

    return _answered(request, page, form, act, "concerns/disagreement.html", "Who answers for it is told.")


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """The family's record may say this much of it from now on (Y55)."""
    check_not_sent_before(request)
    page, _ = _opened(request, ref, to_handle=True)
    if not page.decided or page.released:
        raise Http404
    form = ReleaseForm(request.POST if request.method == "POST" else None)

    def act(by: Practitioner, now: datetime, submission: Submission) -> object:
        return actions.release_concern(ref, form.cleaned_data["words"], by=by, now=now, submission=submission)

    return _answered(request, page, form, act, "concerns/release.html", "The family's record says this from now on.")


def _opened(request: HttpRequest, ref: str, *, to_handle: bool = False) -> tuple[ConcernPage, OpenedConcern]:
    by, now = practitioner_of(request), timezone.now()
    if to_handle:
        access_concern_to_handle(ref, by=by, now=now)
    opened = access_concern_to_read(ref, by=by, now=now)
    return concern_page(opened), opened


def _answered(
    request: HttpRequest, page: ConcernPage, form: GovukForm, act: Act, template: str, done: str, *, leads_to: str = ""
) -> HttpResponse:
    """The page of a form; once it is filled in, what it asks for is done and the concern shown."""
    here = leads_to or reverse("concern", args=[page.ref])
    if not form.is_valid():
        return render(request, template, {"concern": page, "form": form}, status=422 if form.is_bound else 200)
    act(practitioner_of(request), timezone.now(), submission_of(request, form, here))
    messages.success(request, done)
    return redirect(here)
