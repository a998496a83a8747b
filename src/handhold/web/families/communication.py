"""How to speak with somebody of a family and reach them: typed here, shown where somebody visits or writes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from handhold.access.alerts import access_person_to_describe
from handhold.actions.communication import CommunicationWords, write_communication
from handhold.queries.before_the_door import find_door
from handhold.queries.naming import person_name
from handhold.records.models import FamilyMember
from handhold.web.families.forms import AS_BOOL, CommunicationForm, typed_before
from handhold.web.requests import practitioner_of, submission_of


@require_http_methods(["GET", "POST"])
def communication(request: HttpRequest, ref: str, person: str) -> HttpResponse:
    """One person of a family."""
    by, now = practitioner_of(request), timezone.now()
    member, _ = access_person_to_describe(ref, person, by=by, now=now)
    is_child = member.role == FamilyMember.Role.CHILD
    speaking = find_door(member.family, (), by, now).speaking_with(member.person)
    form = CommunicationForm(request.POST or None, initial=typed_before(speaking, member.person.first_language))
    if is_child:
        form.ask_for_child()
    address = reverse("child", args=[person]) if is_child else reverse("family", args=[ref])
    name = person_name(member.person)
    if form.is_valid():
        submission = submission_of(request, form, address)
        write_communication(ref, person, _words(form), by=by, now=now, submission=submission)
        messages.success(request, f"How to speak with {name} is written down.")
        return redirect(address)
    context = {"form": form, "name": name, "back": address, "speaking": speaking}
    return render(request, "families/communication.html", context, status=422 if form.is_bound else 200)


def _words(form: CommunicationForm) -> CommunicationWords:
    answers = form.cleaned_data
    return CommunicationWords(
        first_language=answers["language"],
        interpreter_needed=AS_BOOL.get(answers["interpreter"]),
        formats=tuple(answers["formats"]),
        needs=answers["needs"],
        safe_to_contact=AS_BOOL.get(answers.get("safe", "")),
        how_to_contact=answers.get("contact", ""),
    )
