"""Taking a referral in: look whether the family is known, then write the referral down; the decision comes after it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from handhold.access.intake import Intake, access_intake
from handhold.actions.referrals import receive_referral
from handhold.actions.refusals import HappenedLater, StepRefused
from handhold.actions.searches import note_likely_shown
from handhold.actions.transfers import CannotBegin
from handhold.queries.referrals import children_known, find_referral_page, known_children
from handhold.queries.who_it_may_be import find_who_it_may_be
from handhold.web.clauses import words_of_clauses
from handhold.web.paging import sheet_of_records
from handhold.web.referrals.forms import NewFamilyForm, Perhapses, ReferralForm
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of
from handhold.web.steps.step_form import LATER


@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """Is the family known? `?q=` asks by a child's name or birth date."""
    intake, words = _intake(request), request.GET.get("q", "").strip()
    sight = intake.sight
    sheet = sheet_of_records(request, children_known(intake, words), lambda found: known_children(found, sight))
    return render(request, "referrals/look_up.html", {"sheet": sheet, "words": words})


@require_http_methods(["GET", "POST"])
def of_known_family(request: HttpRequest, ref: str) -> HttpResponse:
    """A referral of children of a family on record."""
    check_not_sent_before(request)
    intake = _intake(request)
    page = find_referral_page(intake, ref)
    form = ReferralForm(request.POST or None, page=page, today=timezone.localdate(intake.sight.now))
    return _answer(request, intake, form)


@require_http_methods(["GET", "POST"])
def of_new_family(request: HttpRequest) -> HttpResponse:
    """A referral of a family that is not on record, which is put there in the same act."""
    check_not_sent_before(request)
    intake = _intake(request)
    known = {"family_name": request.GET.get("q", "").strip().rpartition(" ")[2]}
    today = timezone.localdate(intake.sight.now)
    form = NewFamilyForm(request.POST or None, page=find_referral_page(intake), today=today, initial=known)
    if "add" in request.POST:
        form.is_valid()
        form.errors.clear()
        return _show(request, intake, form)
    if form.is_valid():
        perhaps = _who_it_may_be(form, intake)
        form = NewFamilyForm(request.POST, page=form.page, today=today, perhaps=perhaps)
        if perhaps and (form.is_asked_first or not form.is_valid()):
            return _ask_who_it_is(request, intake, form)
    return _answer(request, intake, form)


def _who_it_may_be(form: NewFamilyForm, intake: Intake) -> dict[str, Perhapses]:
    """Of whom it has to be asked whether they are on record; of nobody where their reader does not see the index."""
    if not intake.sight.sees_index:
        return {}
    described = form.described
    found = find_who_it_may_be(described, intake.sight)
    return {
        key: (f"{described[key].given_name or 'the unborn baby'} {described[key].family_name}", some)
        for key, some in found.items()
    }


def _ask_who_it_is(request: HttpRequest, intake: Intake, form: NewFamilyForm) -> HttpResponse:
    """The page that asks, with all that was typed sent along. Whom it shows is noted first."""
    shown = [one.likely.ref for _, some in form.perhaps.values() for one in some]
    note_likely_shown(shown, by=intake.sight.by, now=intake.sight.now)
    left_out = {"csrfmiddlewaretoken", "once", "add", *form.answered, *(f"{name}-asked" for name in form.answered)}
    typed = [(name, value) for name, some in request.POST.lists() if name not in left_out for value in some]
    first = form.is_asked_first
    if first:
        form.is_valid()
        form.errors.clear()
    page = {"form": form, "typed": typed}
    return render(request, "referrals/who_is_it.html", page, status=200 if first else 422)


def _intake(request: HttpRequest) -> Intake:
    return access_intake(by=practitioner_of(request), now=timezone.now())


def _answer(request: HttpRequest, intake: Intake, form: ReferralForm) -> HttpResponse:
    """The form as it stands; or, where it is whole, the referral is taken in and the next page is its transfer."""
    if not form.is_valid():
        return _show(request, intake, form, 422 if form.is_bound else 200)
    family = form.family if isinstance(form, NewFamilyForm) else form.page.family_ref
    now = intake.sight.now
    try:
        run = receive_referral(
            family,
            form.cleaned_data.get("children", ()),
            form.answers,
            received_at=form.received_at(now),
            by=intake.sight.by,
            now=now,
            submission=submission_of(request, form, reverse("my-work")),
        )
    except HappenedLater:
        form.add_error("received_time", LATER)
    except (CannotBegin, StepRefused) as reason:
        form.add_error(None, str(reason))
    else:
        messages.success(request, "The referral is written down, and you are responsible for it. Screen it now.")
        return redirect("transfer", run.ref)
    return _show(request, intake, form, 422)


def _show(request: HttpRequest, intake: Intake, form: ReferralForm, status: int = 200) -> HttpResponse:
    template = "referrals/new_family.html" if isinstance(form, NewFamilyForm) else "referrals/known_family.html"
    clauses = words_of_clauses(intake.sight.protocol, form.page.clauses)
    return render(
        request,
        template,
        {"page": form.page, "form": form, "clauses": clauses, "sees_index": intake.sight.sees_index},
        status=status,
    )
