"""A manager's list of the people whose work they answer for, with the ways to move it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.families import sight_of
from handhold.queries.people_of_team import find_people
from handhold.web.requests import practitioner_of


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The person themself, and those for whom they stand in by office."""
    sight = sight_of(practitioner_of(request), timezone.now())
    found = find_people(sight)
    context = {"own": [one for one in found if one.is_self], "others": [one for one in found if not one.is_self]}
    return render(request, "people/people.html", context)
