"""Sending a paper in, what somebody sent, what leads owe; and messages of ours that could not be delivered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from handhold.access.families import sight_of
from handhold.access.partner_papers import access_family_to_send, receives_papers, rules_of
from handhold.access.transfers import NotHere
from handhold.actions.partner_papers import submit_paper
from handhold.actions.undelivered import settle_undelivered
from handhold.casefiles.protocols import calendar_of
from handhold.queries.papers_due import find_owed, owed_lines
from handhold.queries.partner_papers import child_choices, paper_lines, papers_sent_by
from handhold.queries.undelivered import find_undelivered
from handhold.web.clauses import words_of_clauses
from handhold.web.paging import sheet_of, sheet_of_records
from handhold.web.papers.forms import SendPaperForm, ToldForm
from handhold.web.requests import practitioner_of, submission_of


@require_http_methods(["GET", "POST"])
def send_paper(request: HttpRequest, ref: str) -> HttpResponse:
    """One page to send a paper in; the next says that it arrived."""
    by, now = practitioner_of(request), timezone.now()
    family, sight, rules = access_family_to_send(ref, by=by, now=now)
    children = child_choices(family, sight)
    initial = {"children": [one.ref for one in children], "kind": request.GET.get("kind", "")}
    today = calendar_of(sight.protocol).local_date(now)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SendPaperForm(*sent, today=today, initial=initial).offer(rules, children)
    if form.is_valid():
        answer = form.cleaned_data
        paper = submit_paper(
            ref,
            answer["kind"],
            answer["children"],
            paper_date=answer["paper_date"],
            text=answer["text"],
            files=form.attachments,
            by=by,
            now=now,
            submission=submission_of(request, form, reverse("papers-sent")),
        )
        messages.success(request, f"Your paper has arrived. Its reference is {paper.ref}.")
        return redirect("paper", paper.ref)
    page = {"form": form, "family": f"{family.name} family", "ref": ref}
    page["queue"] = sight.protocol.file.queues[rules.queue].called
    page["clauses"] = words_of_clauses(sight.protocol, rules.clauses)
    return render(request, "papers/send.html", page, status=422 if form.is_bound else 200)


@require_safe
def papers_sent(request: HttpRequest) -> HttpResponse:
    """What this person sent in, and what became of it."""
    sight = sight_of(practitioner_of(request), timezone.now())
    sheet = sheet_of_records(request, papers_sent_by(sight), lambda found: paper_lines(found, sight))
    return render(request, "papers/sent.html", {"sheet": sheet})


@require_safe
def late_papers(request: HttpRequest) -> HttpResponse:
    """What leads owe and has not come in time, for who receives papers or chases leads."""
    sight = sight_of(practitioner_of(request), timezone.now())
    rules = rules_of(sight)
    if not (receives_papers(sight) or sight.roles.intersection(rules.chased_by)):
        raise NotHere
    owed = find_owed(sight.by.agency.authority, sight.protocol, sight.now)
    late = [one for one in owed_lines(owed, sight.protocol, sight.now) if one.is_late]
    clauses = words_of_clauses(sight.protocol, rules.clauses)
    return render(request, "papers/late.html", {"sheet": sheet_of(request, late), "clauses": clauses})


@require_http_methods(["GET", "POST"])
def undelivered(request: HttpRequest, ref: str) -> HttpResponse:
    """A message that did not arrive: whom to ring, and that it was done."""
    by, now = practitioner_of(request), timezone.now()
    form = ToldForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        settle_undelivered(ref, by=by, now=now, submission=submission_of(request, form, reverse("my-work")))
        messages.success(request, "You have told them. It is no longer in your list.")
        return redirect("my-work")
    message = find_undelivered(ref, sight_of(by, now))
    page = {"message": message, "form": form}
    return render(request, "papers/undelivered.html", page, status=422 if form.is_bound else 200)
