"""Two records that are one child: found, put beside each other, joined, taken apart; and the page of a joined one."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from handhold.access.families import Sighted
from handhold.access.joining import (
    access_joined_child_to_read,
    access_joining_to_read,
    access_record_to_join,
    find_record,
    joinings_of,
)
from handhold.access.transfers import NotHere
from handhold.actions.joining import join_records, part_records
from handhold.actions.refusals import NotAllowed
from handhold.queries.child_index import index_matching, known_rows
from handhold.queries.joining import find_likely, find_two_records, joined_page, joining_page
from handhold.queries.naming import person_name
from handhold.records.models import Person
from handhold.web.children import views
from handhold.web.forms.fields import LongTextField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.paging import sheet_of_records
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of


class JoinForm(GovukForm):
    """How somebody knows that it is one child; and which record was shown as the one to keep."""

    kept = forms.CharField(widget=forms.HiddenInput, max_length=8)
    reason = LongTextField(
        "How do you know that they are one child?",
        missing="Write how you know that they are one child",
        hint="For example, both were born on one day, at one address, and their school knows one of them.",
    )


class PartForm(GovukForm):
    """How somebody knows that it is not one child."""

    reason = LongTextField(
        "How do you know that they are not one child?", missing="Write how you know that they are not one child"
    )


@require_safe
def child(request: HttpRequest, ref: str) -> HttpResponse:
    """A child's page; for a record that was joined, the page that says so."""
    joinings = joinings_of(ref)
    own = next((one for one in joinings if one.other.ref == ref), None)
    if own is None:
        return views.child(request, ref, joinings)
    joined = access_joined_child_to_read(own, by=practitioner_of(request), now=timezone.now())
    return render(request, "children/joined.html", {"record": joined_page(joined)})


@require_http_methods(["GET", "POST"])
def same_child(request: HttpRequest, ref: str) -> HttpResponse:
    """`?other=` puts another record beside this one, to be joined; without it, the other one is looked for (`?q=`)."""
    by, now = practitioner_of(request), timezone.now()
    check_not_sent_before(request)
    first, sight = access_record_to_join(ref, by=by, now=now)
    if "other" in request.GET:
        return _compare(request, first, sight)
    words = request.GET.get("q", "").strip()
    if words and find_record(words.upper(), sight):
        return redirect(_address(ref, words.upper()))
    found = index_matching(sight, words).exclude(pk=first.pk)
    sheet = sheet_of_records(request, found, lambda rows: known_rows(rows, sight))
    context = {"ref": ref, "name": person_name(first), "likely": find_likely(first, sight), "sheet": sheet}
    return render(request, "children/same_child.html", {**context, "words": words})


def _compare(request: HttpRequest, first: Person, sight: Sighted) -> HttpResponse:
    second = find_record(request.GET["other"], sight)
    if second is None:
        raise NotHere
    two = find_two_records(first, second, sight, keep=request.GET.get("keep", ""))
    form = JoinForm(request.POST if request.method == "POST" else None, initial={"kept": two.kept.ref})
    if form.is_valid():
        other = first if form.cleaned_data["kept"] == second.ref else second
        try:
            return _join(request, form, other)
        except NotAllowed as refused:
            form.add_error(None, refused.what)
    context = {"two": two, "form": form, "ref": first.ref, "here": _address(first.ref, second.ref)}
    return render(request, "children/compare.html", context, status=422 if form.is_bound else 200)


def _address(ref: str, other: str) -> str:
    return f"{reverse('same-child', args=[ref])}?{urlencode({'other': other})}"


def _join(request: HttpRequest, form: JoinForm, other: Person) -> HttpResponse:
    typed = form.cleaned_data
    done = join_records(
        typed["kept"],
        other.ref,
        typed["reason"],
        by=practitioner_of(request),
        now=timezone.now(),
        submission=submission_of(request, form, reverse("search")),
    )
    messages.success(request, "They are shown as one child now. Whoever is responsible is told.")
    return redirect("joining", done.ref)


@require_http_methods(["GET", "POST"])
def joining(request: HttpRequest, ref: str) -> HttpResponse:
    """What was joined, by whom and why; and the form that takes it apart."""
    by, now = practitioner_of(request), timezone.now()
    check_not_sent_before(request)
    page = joining_page(access_joining_to_read(ref, by=by, now=now))
    form = PartForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and page.undone_at is None:
        submission = submission_of(request, form, reverse("joining", args=[ref]))
        part_records(ref, form.cleaned_data["reason"], by=by, now=now, submission=submission)
        messages.success(request, "They are two children again, each as before.")
        return redirect("joining", ref)
    context = {"page": page, "form": form}
    return render(request, "children/joining.html", context, status=422 if form.is_bound else 200)
