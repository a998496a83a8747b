"""A transfer: beginning one, its page, its messages, its story, its documents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from handhold.access.families import access_family_to_read
from handhold.access.papers import audience_of, inspects, is_council_side
from handhold.access.transfers import NotHere, Opened, access_transfer_to_read
from handhold.actions.papers import give_out_transfer_document
from handhold.actions.transfers import CannotBegin, start_transfer, write_message
from handhold.queries.left_out import find_left_out
from handhold.queries.naming import listed
from handhold.queries.picture import find_picture
from handhold.queries.starting import StartPage, find_start_page, pathways_from_here, pathways_that_begin
from handhold.queries.story import find_story
from handhold.queries.transfers import find_transfer_page
from handhold.web.addresses import new_transfer_address
from handhold.web.clauses import words_of_clauses
from handhold.web.files import as_pdf
from handhold.web.forms.fields import Choice
from handhold.web.identity import bar_of
from handhold.web.navigation import REPORT_A_CONCERN, find_address
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of
from handhold.web.transfers.forms import MessageForm, StartForm, StartOtherwiseForm
from handhold.web.transfers.panel import panel_rows
from handhold.web.transfers.shown import step_address, tasks_of

BEGUN = "The transfer has begun. Nothing changes for {} until it is closed."
BEGUN_OTHERWISE = "It has begun. Whoever is responsible for {} stays so until a step below says otherwise."


@require_safe
def transfer(request: HttpRequest, ref: str) -> HttpResponse:
    """One transfer, whole."""
    opened = access_transfer_to_read(ref, by=practitioner_of(request), now=timezone.now())
    return _transfer_page(request, opened, MessageForm())


@require_POST
def message(request: HttpRequest, ref: str) -> HttpResponse:
    """A message to the other end, then back to the transfer."""
    by, now = practitioner_of(request), timezone.now()
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _transfer_page(request, access_transfer_to_read(ref, by=by, now=now), form, status=422)
    address = f"{reverse('transfer', args=[ref])}#messages"
    access_transfer_to_read(ref, by=by, now=now)
    write_message(ref, form.cleaned_data["text"], by=by, now=now, submission=submission_of(request, form, address))
    messages.success(request, "Your message is on the transfer.")
    return redirect(address)


@require_safe
def story(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that happened."""
    opened = access_transfer_to_read(ref, by=practitioner_of(request), now=timezone.now())
    return render(request, "transfers/story.html", {"page": find_story(opened)})


@require_safe
def picture(request: HttpRequest, ref: str) -> HttpResponse:
    """The pathway drawn, with how each step stands now."""
    opened = access_transfer_to_read(ref, by=practitioner_of(request), now=timezone.now())
    return render(request, "transfers/picture.html", {"page": find_picture(opened)})


@require_GET
def document(request: HttpRequest, ref: str, document_ref: str) -> HttpResponse:
    """A paper as it was made. That somebody took it is noted."""
    by = practitioner_of(request)
    return as_pdf(give_out_transfer_document(ref, document_ref, by=by, now=timezone.now()))


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, ref: str) -> HttpResponse:
    """Choose the children and the assessment; then the transfer begins."""
    by, now = practitioner_of(request), timezone.now()
    family, sight = access_family_to_read(ref, by=by, now=now)
    begin = pathways_that_begin(sight)
    chosen = request.GET.get("pathway", "")
    if not chosen:
        choices = {"family": family.name, "ref": ref, "pathways": pathways_from_here(family, sight)}
        return render(request, "transfers/choose_pathway.html", choices)
    if chosen not in begin:
        raise NotHere
    check_not_sent_before(request)
    page = find_start_page(family, sight, begin[chosen], worker=request.GET.get("worker", ""))
    form = _start_form(request, page)
    if form.is_valid():
        try:
            run = start_transfer(
                ref,
                chosen,
                form.cleaned_data["children"],
                assessment_ref=form.cleaned_data["assessment"] or None,
                by=by,
                now=now,
                submission=submission_of(request, form, request.get_full_path()),
            )
        except CannotBegin as reason:
            form.add_error(None, str(reason))
        else:
            begun_for = listed([one.name for one in page.children if one.ref in form.cleaned_data["children"]])
            messages.success(request, (BEGUN if page.goes_down else BEGUN_OTHERWISE).format(begun_for))
            return redirect("transfer", run.ref)
    clauses = words_of_clauses(sight.protocol, [*page.clauses, *(one for room in page.rooms for one in room.clauses)])
    context = {"page": page, "form": form, "clauses": clauses, "new_transfer_address": new_transfer_address}
    return render(request, "transfers/start.html", context, status=422 if form.is_bound else 200)


def _start_form(request: HttpRequest, page: StartPage) -> StartForm:
    """The form with the children and assessments on record.

    Chosen are all children who can begin; where some are in no other transfer, those alone.
    """
    able = [child for child in page.children if not child.on_the_way]
    first = [child for child in able if not child.is_moved] or able
    initial = {"children": [child.ref for child in first], "assessment": next((a.ref for a in page.assessments), "")}
    form = (StartForm if page.goes_down else StartOtherwiseForm)(
        request.POST if request.method == "POST" else None, initial=initial
    )
    form.fields["children"].offer(  # type: ignore[attr-defined]
        Choice(child.ref, f"{child.name} ({child.age})", hint=f"Responsible now: {child.responsible}") for child in able
    )
    form.fields["assessment"].offer(  # type: ignore[attr-defined]
        Choice(
            one.ref,
            f"Assessment begun on {one.started}",
            hint="Authorised" if one.is_authorised else "Not authorised yet",
        )
        for one in page.assessments
    )
    form.fields["assessment"].required = bool(page.assessments)
    return form


def _papers(opened: Opened) -> list[tuple[str, str]]:
    """The papers that are made from the record whenever they are asked for."""
    ref, found = opened.case.run.ref, []
    if audience_of(opened):
        found.append(("The same on one page: the pack", reverse("pack-pdf", args=[ref])))
    if is_council_side(opened) and opened.sees("pack") and opened.case.observed.facts.receiver == "accepted":
        found.append(("The letter to the family: who helps you now", reverse("family-letter-pdf", args=[ref])))
    return found


def _transfer_page(request: HttpRequest, opened: Opened, form: MessageForm, status: int = 200) -> HttpResponse:
    page = find_transfer_page(opened)
    protocol = opened.case.protocol
    context = {
        "page": page,
        "bar": bar_of(opened, None),
        "form": form,
        "gaps_now": panel_rows(page.ref, page.before_the_end.now, protocol),
        "gaps_waiting": panel_rows(page.ref, page.before_the_end.waiting, protocol),
        "stages": [(stage, tasks_of(page.ref, stage.to_do), tasks_of(page.ref, stage.done)) for stage in page.stages],
        "papers": _papers(opened),
        "may_inspect": inspects(opened),
        "may_move": opened.sees("version") and page.ended_at is None,
        "report_address": f"{find_address(REPORT_A_CONCERN)}?family={page.family_ref}",
        "left_out": find_left_out(opened),
        "new_transfer_address": new_transfer_address,
        "changes": [(line, step_address(page.ref, line.step, line.child_ref)) for line in page.if_something_changes],
    }
    return render(request, "transfers/transfer.html", context, status=status)
