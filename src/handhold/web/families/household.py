"""Who belongs to a family: what the council's people write down, and what a partner tells them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from handhold.access.families import Sighted
from handhold.access.households import (
    access_family_to_tell_of,
    access_household_to_read,
    access_person_of_household,
)
from handhold.access.intake import intake_of
from handhold.access.transfers import NotHere
from handhold.actions.households import join_household, leave_household, move_in_again, tell_of_change
from handhold.actions.once import Submission
from handhold.actions.opened_pages import note_look
from handhold.actions.persons import Birth, Details, correct_person, record_birth
from handhold.actions.refusals import NotAllowed
from handhold.actions.searches import note_likely_shown
from handhold.queries.household import find_household_page
from handhold.queries.naming import is_unborn, person_name
from handhold.queries.who_it_may_be import find_who_may_join
from handhold.records.models import Family, FamilyMember
from handhold.web.families.household_forms import (
    ELSEWHERE,
    BirthForm,
    CorrectionForm,
    LeavingForm,
    MemberForm,
    MovingInForm,
    TellingForm,
    corrected_from,
)
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of


@require_safe
def household(request: HttpRequest, ref: str) -> HttpResponse:
    """Everybody who belongs or belonged to the family, with what can be written down of each."""
    family, sight = _open(request, ref)
    note_look("household", family, by=sight.by, now=sight.now)
    page = find_household_page(family, sight)
    takes_in = intake_of(sight) is not None
    return render(request, "families/household.html", {"page": page, "takes_in": takes_in})


@require_http_methods(["GET", "POST"])
def birth(request: HttpRequest, ref: str, person: str) -> HttpResponse:
    """A baby who was expected is born."""
    check_not_sent_before(request)
    family, sight, member = _open_member(request, ref, person)
    baby = member.person
    if not is_unborn(baby):
        raise NotHere
    initial = {"family_name": baby.family_name, "given_name": baby.given_name, "sex": baby.sex}
    form = BirthForm(_sent(request), today=timezone.localdate(sight.now), initial=initial)

    def act(submission: Submission) -> str:
        said = form.cleaned_data
        born = Birth(said["given_name"], said["family_name"], said["birth_date"], said["sex"])
        record_birth(ref, person, born, by=sight.by, now=sight.now, submission=submission)
        return f"The birth of {said['given_name']} is written down. Everything that is open goes on as it was."

    words = "Letters made from now on speak of the child by name and age. Whoever answers for the children is told."
    return _answer(request, family, form, act, title=f"Record a birth: {person_name(baby)}", words=words)


@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, ref: str, person: str) -> HttpResponse:
    """What is on record of somebody was wrong."""
    check_not_sent_before(request)
    family, sight, member = _open_member(request, ref, person)
    form = CorrectionForm(_sent(request), today=timezone.localdate(sight.now), initial=corrected_from(member.person))
    form.ask_of(member.person, is_child=member.role == FamilyMember.Role.CHILD)

    def act(submission: Submission) -> str:
        said = form.cleaned_data
        due = said["expected"] if "expected" in form.fields else member.person.expected_birth_date
        details = Details(
            said["given_name"], said["family_name"], said["known_as"], said["birth_date"], due, said["sex"]
        )
        correct_person(ref, person, details, said["why"], by=sight.by, now=sight.now, submission=submission)
        return "It is corrected. What stood before is kept below."

    words = "What stood before is kept, with your name and why. Letters that went out stay as they were made."
    return _answer(
        request, family, form, act, title=f"Correct what is on record: {person_name(member.person)}", words=words
    )


@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, ref: str, person: str) -> HttpResponse:
    """Somebody does not live here any more, or belongs to the family no more."""
    check_not_sent_before(request)
    family, sight, member = _open_member(request, ref, person)
    today = timezone.localdate(sight.now)
    form = LeavingForm(_sent(request), today=today, initial={"day": today})
    name = person_name(member.person)

    def act(submission: Submission) -> str:
        said = form.cleaned_data
        leave_household(
            ref,
            person,
            said["day"],
            said["why"],
            stays_in_family=said["stays"] == ELSEWHERE,
            by=sight.by,
            now=sight.now,
            submission=submission,
        )
        return f"It is written down that {name} does not live here. Whoever answers for them answers still."

    words = "Nothing that is open about them ends by this, and nobody else becomes responsible."
    return _answer(request, family, form, act, title=f"Does not live here any more: {name}", words=words)


@require_http_methods(["GET", "POST"])
def moving_in(request: HttpRequest, ref: str, person: str) -> HttpResponse:
    """Somebody of the family who lived elsewhere lives here again."""
    check_not_sent_before(request)
    family, sight, member = _open_member(request, ref, person, now_only=False)
    today = timezone.localdate(sight.now)
    form = MovingInForm(_sent(request), today=today, initial={"day": today})
    name = person_name(member.person)

    def act(submission: Submission) -> str:
        move_in_again(ref, person, form.cleaned_data["day"], by=sight.by, now=sight.now, submission=submission)
        return f"It is written down that {name} lives here."

    return _answer(request, family, form, act, title=f"Lives here again: {name}", words="")


@require_http_methods(["GET", "POST"])
def new_member(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody joins the household: a child, or with `?as=adult` an adult. Who on record it may be is asked first."""
    check_not_sent_before(request)
    family, sight = _open(request, ref)
    is_child, today = request.GET.get("as") != "adult", timezone.localdate(sight.now)
    page = find_household_page(family, sight)
    asked: dict[str, Any] = {"is_child": is_child, "members": (*page.here, *page.elsewhere), "today": today}
    form = MemberForm(_sent(request), initial={"family_name": family.name, "day": today}, **asked)
    if form.is_valid():
        form = _with_who_it_may_be(request, form, sight, asked)

    def act(submission: Submission) -> str:
        who = join_household(ref, form.joins, by=sight.by, now=sight.now, submission=submission)
        return f"It is written down that {person_name(who)} belongs to the household. Nothing is opened by this."

    title = "A child joins the household" if is_child else "An adult joins the household"
    words = "Nothing is opened for them by this, and no transfer on its way takes them along."
    return _answer(request, family, form, act, title=title, words=words)


def _with_who_it_may_be(request: HttpRequest, form: MemberForm, sight: Sighted, asked: dict[str, Any]) -> MemberForm:
    """The form once more, with the question whether it is one of those on record, where there are some."""
    perhaps = find_who_may_join(form.described, sight)
    if not perhaps:
        return form
    note_likely_shown([one.likely.ref for one in perhaps], by=sight.by, now=sight.now)
    said = form.cleaned_data
    who = f"{said['given_name'] or 'the unborn baby'} {said['family_name']}"
    again = MemberForm(request.POST, perhaps=perhaps, who=who, **asked)
    again.is_valid()
    if again.is_asked_first:
        again.errors.clear()
    return again


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, ref: str) -> HttpResponse:
    """A partner says who was born, moved in or left; the council's person writes it down."""
    check_not_sent_before(request)
    by, now = practitioner_of(request), timezone.now()
    family, _, run = access_family_to_tell_of(ref, by=by, now=now)
    form = TellingForm(_sent(request))
    if form.is_valid():
        address = reverse("transfer", args=[run.ref]) + "#messages"
        tell_of_change(ref, form.cleaned_data["text"], by=by, now=now, submission=submission_of(request, form, address))
        messages.success(request, "The council’s people who work with the family have your message.")
        return redirect(address)
    words = (
        "The council writes it down. If you fear that a child is being harmed, report a safeguarding concern instead."
    )
    return _show(
        request, family, form, title="Tell the council who was born, moved in or left", words=words, back="family"
    )


Act = Callable[[Submission], str]


def _answer(request: HttpRequest, family: Family, form: GovukForm, act: Act, *, title: str, words: str) -> HttpResponse:
    """The form as it stands; or, where it is whole and can be so, what it asks is done and the household shown."""
    first = isinstance(form, MemberForm) and form.is_bound and form.is_asked_first
    if not first and form.is_valid():
        address = reverse("household", args=[family.ref])
        try:
            done = act(submission_of(request, form, address))
        except NotAllowed as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.what)
        else:
            messages.success(request, done)
            return redirect(address)
    return _show(request, family, form, title=title, words=words, is_wrong=form.is_bound and not first)


def _show(
    request: HttpRequest,
    family: Family,
    form: GovukForm,
    *,
    title: str,
    words: str,
    back: str = "household",
    is_wrong: bool | None = None,
) -> HttpResponse:
    context = {"form": form, "family_name": f"{family.name} family", "title": title, "words": words}
    context["back"] = reverse(back, args=[family.ref])
    context["is_asked_first"] = isinstance(form, MemberForm) and form.is_bound and form.is_asked_first
    wrong = form.is_bound if is_wrong is None else is_wrong
    return render(request, "families/household_form.html", context, status=422 if wrong else 200)


def _open(request: HttpRequest, ref: str) -> tuple[Family, Sighted]:
    return access_household_to_read(ref, by=practitioner_of(request), now=timezone.now())


def _open_member(
    request: HttpRequest, ref: str, person: str, *, now_only: bool = True
) -> tuple[Family, Sighted, FamilyMember]:
    family, sight = _open(request, ref)
    return family, sight, access_person_of_household(family, person, sight.now, now_only=now_only)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
