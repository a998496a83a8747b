"""Who has looked at a family or a child: for the council's people who see the family."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.families import access_child_to_read, access_family_to_read
from handhold.access.transfers import NotHere
from handhold.actions.opened_pages import note_look
from handhold.queries.looked import look_rows, looks_at
from handhold.queries.naming import person_name
from handhold.web.families.tabs import tabs_of
from handhold.web.paging import sheet_of_records
from handhold.web.requests import practitioner_of


@require_safe
def looked(request: HttpRequest, ref: str) -> HttpResponse:
    """Each opening of a page, the last first; `?child=` asks for what was about one child."""
    by, now = practitioner_of(request), timezone.now()
    found, sight = access_family_to_read(ref, by=by, now=now)
    if not sight.is_of_council:
        raise NotHere
    asked = request.GET.get("child", "")
    child = access_child_to_read(asked, by=by, now=now)[0] if asked else None
    sheet = sheet_of_records(request, looks_at(found, child), look_rows)
    note_look("looks", found, by=by, now=now, child=child)
    context = {"family_name": f"{found.name} family", "sheet": sheet, "tabs": tabs_of(ref, "looked", sight)}
    context |= {"child": person_name(child) if child else "", "ref": ref}
    return render(request, "families/looked.html", context)
