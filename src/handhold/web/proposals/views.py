"""A request to lead, as whoever was asked sees it: what is asked, what is needed, the answer, what follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from handhold.access.transfers import Opened, access_proposal_to_read
from handhold.actions.proposals import answer_proposal
from handhold.actions.refusals import ReasonNeeded, StepRefused
from handhold.queries.gaps import find_gaps_of
from handhold.queries.proposals import Proposal, find_need, find_proposal
from handhold.web.clauses import words_of_clauses
from handhold.web.proposals.forms import AnswerForm
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of

DECLINED = "Thank you for answering. The social worker has been told and will ask somebody else."


@require_safe
def proposal(request: HttpRequest, ref: str) -> HttpResponse:
    """Page 1: what is asked, and who stands behind. No story yet."""
    opened, found = _open(request, ref)
    if found.accepted:
        return redirect("proposal-done", ref)
    clauses = words_of_clauses(opened.case.protocol, found.clauses)
    return render(request, "proposals/proposal.html", {"proposal": found, "clauses": clauses})


@require_safe
def need(request: HttpRequest, ref: str) -> HttpResponse:
    """Page 2: need, other agencies, proposed plan, and what is missing."""
    opened, found = _open(request, ref)
    return render(request, "proposals/need.html", {"proposal": found, "pack": find_need(opened)})


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Page 3: accept, ask or decline."""
    if request.method == "POST":
        check_not_sent_before(request)
    opened, found = _open(request, ref)
    if found.accepted and request.method != "POST":
        return redirect("proposal-done", ref)
    today = opened.case.calendar.local_date(opened.case.now)
    form = AnswerForm(request.POST if request.method == "POST" else None, proposal=found, today=today)
    if form.is_valid():
        answered = _carry_out(request, ref, form)
        if answered is not None:
            return answered
    return render(
        request, "proposals/answer.html", {"proposal": found, "form": form}, status=422 if form.is_bound else 200
    )


@require_safe
def done(request: HttpRequest, ref: str) -> HttpResponse:
    """What happens next, after a yes or a question."""
    _, found = _open(request, ref)
    if found.last_answer is None and not found.accepted:
        return redirect("proposal", ref)
    return render(request, "proposals/done.html", {"proposal": found})


def _open(request: HttpRequest, ref: str) -> tuple[Opened, Proposal]:
    opened = access_proposal_to_read(ref, by=practitioner_of(request), now=timezone.now())
    return opened, find_proposal(opened)


def _carry_out(request: HttpRequest, ref: str, form: AnswerForm) -> HttpResponse | None:
    """Where an answer leads; None where it was refused, with the reasons on the form."""
    code = form.cleaned_data["answer"]
    declines = form.sorts[code] == "declines"
    answer_url = reverse("my-work") if declines else reverse("proposal-done", args=[ref])
    try:
        answer_proposal(
            ref,
            code,
            from_date=form.cleaned_data.get("from_date"),
            words=form.words,
            by=practitioner_of(request),
            now=timezone.now(),
            submission=submission_of(request, form, answer_url),
        )
    except (StepRefused, ReasonNeeded) as refused:
        for missing in find_gaps_of(refused):
            form.add_error(None, f"{missing.what} Who can help: {missing.who}.")
        return None
    if declines:
        messages.success(request, DECLINED)
    return redirect(answer_url)
