"""Papers as they came in: the lists, one paper with its files, matching it, setting it aside, registering it."""

from __future__ import annotations

from typing import get_args
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from handhold.access.families import Sighted
from handhold.access.partner_papers import (
    OpenedPaper,
    access_paper_to_read,
    access_papers_to_handle,
    families_to_file_with,
)
from handhold.access.transfers import NotHere
from handhold.actions.partner_papers import (
    PaperNotFiled,
    file_paper,
    give_out_attachment,
    register_paper,
    set_aside_paper,
)
from handhold.casefiles.protocols import calendar_of
from handhold.queries.families import family_rows
from handhold.queries.partner_papers import (
    SHOWN,
    Shown,
    automatic_lines,
    automatic_mails,
    child_choices,
    families_for_paper,
    paper_lines,
    paper_page,
    papers_to_handle,
)
from handhold.records.models import Family
from handhold.web.clauses import words_of_clauses
from handhold.web.components import Tab
from handhold.web.files import as_download
from handhold.web.paging import sheet_of_records
from handhold.web.papers.forms import FilePaperForm, RegisterForm, SetAsideForm, first_day, offer_children, offer_kinds
from handhold.web.requests import practitioner_of, submission_of

NOT_FILED = "Match the paper with a family before you register it."


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """One of the lists of papers; `?show=` says which."""
    sight, rules = access_papers_to_handle(by=practitioner_of(request), now=timezone.now())
    asked = request.GET.get("show", "")
    shown: Shown = next((one for one in get_args(Shown) if one == asked), "to-match")
    sheet = sheet_of_records(request, papers_to_handle(sight, shown), lambda found: paper_lines(found, sight))
    page = {"sheet": sheet, "shown": SHOWN[shown], "tabs": _tabs(shown)}
    page["title"] = sight.protocol.file.queues[rules.queue].called
    return render(request, "papers/papers.html", page)


@require_safe
def automatic(request: HttpRequest) -> HttpResponse:
    """What machines answered to messages of ours."""
    sight, _ = access_papers_to_handle(by=practitioner_of(request), now=timezone.now())
    sheet = sheet_of_records(request, automatic_mails(sight), automatic_lines)
    return render(request, "papers/automatic.html", {"sheet": sheet, "tabs": _tabs("automatic")})


@require_safe
def paper(request: HttpRequest, ref: str) -> HttpResponse:
    """One paper: what it says, its files, where it is filed; for who receives papers, what to do with it."""
    opened = access_paper_to_read(ref, by=practitioner_of(request), now=timezone.now())
    return _show(request, opened, _register_form(opened))


@require_GET
def paper_file(request: HttpRequest, ref: str, position: int) -> HttpResponse:
    """A file as it came, to be kept and never shown here. That somebody took it is noted."""
    return as_download(give_out_attachment(ref, position, by=practitioner_of(request), now=timezone.now()))


@require_http_methods(["GET", "POST"])
def match(request: HttpRequest, ref: str) -> HttpResponse:
    """Finding the family of a paper: by name; then which of its children it is about."""
    by, now = practitioner_of(request), timezone.now()
    opened = access_paper_to_read(ref, by=by, now=now)
    if not opened.receives:
        raise NotHere
    family = _family_asked(request, opened.sight)
    if family is None:
        return _find_family(request, opened)
    children = child_choices(family, opened.sight)
    form = FilePaperForm(
        request.POST if request.method == "POST" else None, initial={"children": [one.ref for one in children]}
    )
    offer_children(form, children)
    if form.is_valid():
        submission = submission_of(request, form, reverse("paper", args=[ref]))
        file_paper(ref, family.ref, form.cleaned_data["children"], by=by, now=now, submission=submission)
        messages.success(request, f"The paper is filed with the {family.name} family.")
        return redirect("paper", ref)
    page = {"paper": paper_page(opened), "form": form, "family": family_rows([family], opened.sight)[0]}
    return render(request, "papers/match_children.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def set_aside(request: HttpRequest, ref: str) -> HttpResponse:
    """Setting a paper aside that belongs to no family here."""
    by, now = practitioner_of(request), timezone.now()
    opened = access_paper_to_read(ref, by=by, now=now)
    if not opened.receives:
        raise NotHere
    form = SetAsideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        submission = submission_of(request, form, reverse("papers"))
        set_aside_paper(ref, form.cleaned_data["reason"], by=by, now=now, submission=submission)
        messages.success(request, "The paper is set aside. It is kept, and can still be matched.")
        return redirect("papers")
    page = {"paper": paper_page(opened), "form": form}
    return render(request, "papers/set_aside.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["POST"])
def register(request: HttpRequest, ref: str) -> HttpResponse:
    """Registering a paper that is filed with a family."""
    by, now = practitioner_of(request), timezone.now()
    opened = access_paper_to_read(ref, by=by, now=now)
    if not opened.receives:
        raise NotHere
    form = _register_form(opened, request)
    if not form.is_valid():
        return _show(request, opened, form, status=422)
    answer, submission = form.cleaned_data, submission_of(request, form, reverse("paper", args=[ref]))
    try:
        register_paper(ref, answer["kind"], paper_date=answer["paper_date"], by=by, now=now, submission=submission)
    except PaperNotFiled:
        form.add_error(None, NOT_FILED)
        return _show(request, opened, form, status=409)
    messages.success(request, "The paper is registered. Who sent it is told so.")
    return redirect("paper", ref)


def _show(request: HttpRequest, opened: OpenedPaper, form: RegisterForm, *, status: int = 200) -> HttpResponse:
    page = paper_page(opened)
    clauses = words_of_clauses(opened.sight.protocol, page.clauses)
    return render(request, "papers/paper.html", {"paper": page, "form": form, "clauses": clauses}, status=status)


def _register_form(opened: OpenedPaper, request: HttpRequest | None = None) -> RegisterForm:
    """With what the sender said of it."""
    calendar = calendar_of(opened.sight.protocol)
    found, today = opened.paper, calendar.local_date(opened.sight.now)
    day = first_day(found.paper_date, calendar.local_date(found.received_at))
    initial = {"kind": found.kind, "paper_date": day}
    form = RegisterForm(request.POST if request else None, today=today, initial=initial)
    offer_kinds(form, opened.rules)
    return form


def _family_asked(request: HttpRequest, sight: Sighted) -> Family | None:
    """The family that `?family=` names; None where none is named. Raises NotHere for one out of reach."""
    ref = request.GET.get("family", "")
    if not ref:
        return None
    family = families_to_file_with(sight).filter(ref=ref).first()
    if family is None:
        raise NotHere
    return family


def _find_family(request: HttpRequest, opened: OpenedPaper) -> HttpResponse:
    """The search, and what it found, each leading to its children."""
    words, sight = request.GET.get("q", "").strip(), opened.sight
    sheet = sheet_of_records(request, families_for_paper(sight, words), lambda found: family_rows(found, sight))
    page = {"paper": paper_page(opened), "sheet": sheet, "words": words, "address_of": _choose_address}
    return render(request, "papers/match.html", page)


def _choose_address(ref: str, family_ref: str) -> str:
    return f"{reverse('match-paper', args=[ref])}?{urlencode({'family': family_ref})}"


def _tabs(here: str) -> list[Tab]:
    lists = [
        Tab(words, f"{reverse('papers')}?{urlencode({'show': shown})}", is_here=shown == here)
        for shown, words in SHOWN.items()
    ]
    machines = Tab("Automatic answers", reverse("automatic-mails"), is_here=here == "automatic")
    return [*lists, machines]
