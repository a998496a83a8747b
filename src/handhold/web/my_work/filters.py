"""Saved filters: saved under a name from a list, renamed, removed."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handhold.access.families import sight_of
from handhold.access.transfers import NotHere
from handhold.actions.refusals import NotAllowed
from handhold.actions.saved_filters import find_own_filter, remove_filter, rename_filter, save_filter
from handhold.queries.desk import find_desk
from handhold.queries.narrowing import narrowing_of
from handhold.web.forms.fields import TextField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.my_work.lists import PAGES, TITLES, narrowing_box
from handhold.web.requests import practitioner_of


class NameForm(GovukForm):
    """What it is called."""

    name = TextField(
        "Name of this filter",
        missing="Write a name",
        hint="Only you see it. Name no child or family.",
        called="The name",
        max_length=60,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, name: str = "") -> None:
        super().__init__(data, initial={"name": name})


@require_http_methods(["GET", "POST"])
def save(request: HttpRequest, worklist: str) -> HttpResponse:
    """What the address asks for, under a name."""
    if worklist not in PAGES:
        raise NotHere
    sight, asked = sight_of(practitioner_of(request), timezone.now()), narrowing_of(request.GET.dict())
    form, query = NameForm(request.POST or None), urlencode(asked.asked)
    if request.method == "POST" and form.is_valid():
        save_filter(worklist, form.cleaned_data["name"], query[:500], by=sight.by, now=sight.now)
        messages.success(request, f"The filter “{form.cleaned_data['name']}” is saved. It stands above the list.")
        return redirect(f"{reverse(PAGES[worklist])}?{query}")
    box = narrowing_box(worklist, asked, find_desk(sight))
    page = {
        "form": form,
        "box": box,
        "title": "Save this filter",
        "list": TITLES[worklist],
        "back": f"{box.address}?{query}",
    }
    return render(request, "my_work/save_filter.html", page, status=422 if request.method == "POST" else 200)


@require_safe
def saved_filters(request: HttpRequest) -> HttpResponse:
    """All of one's own."""
    sight = sight_of(practitioner_of(request), timezone.now())
    rows = [
        (one, TITLES[one.worklist], f"{reverse(PAGES[one.worklist])}?{one.asked}")
        for one in find_desk(sight).saved
        if one.worklist in PAGES
    ]
    return render(request, "my_work/saved_filters.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, ref: str) -> HttpResponse:
    """Another name."""
    by = practitioner_of(request)
    saved = find_own_filter(ref, by)
    form = NameForm(request.POST or None, name=saved.name)
    if request.method == "POST" and form.is_valid():
        try:
            rename_filter(ref, form.cleaned_data["name"], by=by, now=timezone.now())
        except NotAllowed as refused:
            form.add_error(refused.field, refused.what)
        else:
            messages.success(request, f"The filter is called “{form.cleaned_data['name']}” now.")
            return redirect(reverse("saved-filters"))
    page = {
        "form": form,
        "title": "Rename this filter",
        "box": None,
        "list": TITLES.get(saved.worklist, ""),
        "back": reverse("saved-filters"),
    }
    return render(request, "my_work/save_filter.html", page, status=422 if request.method == "POST" else 200)


@require_POST
def remove(request: HttpRequest, ref: str) -> HttpResponse:
    """Gone; what it showed is where it was."""
    remove_filter(ref, by=practitioner_of(request), now=timezone.now())
    messages.success(request, "The filter is removed.")
    return redirect(reverse("saved-filters"))
