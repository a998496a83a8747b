"""Searching: a reference leads straight to its page; anything else to whom it fits, of those its reader may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.families import sight_of
from handhold.access.intake import intake_of
from handhold.actions.searches import note_search
from handhold.queries.asked_words import read_asked
from handhold.queries.members import today_of
from handhold.queries.references import find_place
from handhold.queries.searching import find_all, found_people
from handhold.web.paging import sheet_of_records
from handhold.web.requests import practitioner_of

NOTHING_BESIDE: dict[str, list[object]] = {"families": [], "agencies": []}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Whom `?q=` fits: names, a birth date, a number, a reference. What is shown is noted first."""
    by, now = practitioner_of(request), timezone.now()
    sight = sight_of(by, now)
    asked = read_asked(request.GET.get("q", ""), today_of(sight))
    if not asked.text:
        return render(request, "search/search.html", {"words": ""})
    place = find_place(asked, sight)
    if place is not None:
        note_search(asked.text, [place.ref], by=by, now=now)
        return redirect(place.page, place.ref)
    found = find_all(asked, sight)
    sheet = sheet_of_records(request, found.people, lambda people: found_people(people, sight))
    shown = [*(one.ref for one in sheet.rows), *(one.ref for one in found.families)]
    note_search(asked.text, shown, by=by, now=now)
    page: dict[str, object] = {"words": asked.text, "sheet": sheet, "is_cut": found.is_cut}
    page |= {"takes_in": intake_of(sight) is not None, "sees_index": sight.sees_index}
    page |= {"families": found.families, "agencies": found.agencies} if sheet.is_first else NOTHING_BESIDE
    return render(request, "search/search.html", page)
