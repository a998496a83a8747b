"""The chronology of a family: on pages, by what is asked for; and whole, to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.families import Sighted, access_family_to_read
from handhold.access.papers import Reading, reading_of
from handhold.actions.opened_pages import note_look
from handhold.queries.chronology import Asked, ChildOfFamily, chronology_read, find_children
from handhold.queries.events import KINDS, Event
from handhold.queries.naming import practitioner_name
from handhold.records.models import Family
from handhold.web.addresses import transfer_address
from handhold.web.british_dates import clock, local_day, long_date
from handhold.web.components import ChosenFilter, TimelineEntry
from handhold.web.families.tabs import tabs_of
from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import Choice, SelectField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.paging import sheet_of
from handhold.web.requests import practitioner_of


class ChronologyForm(GovukForm):
    """What is asked for. It stands in the address, so it carries no key."""

    kind = SelectField("What happened", [Choice(code, words) for code, words in KINDS.items()], empty="Everything")
    child = SelectField("About", empty="Everybody")
    since = DateField("From", called="The first day")
    until = DateField("To", called="The last day")

    def __init__(self, data: Mapping[str, Any], children: list[ChildOfFamily]) -> None:
        asked = QueryDict(mutable=True) if not isinstance(data, QueryDict) else data.copy()
        known: dict[str, set[str]] = {"kind": {*KINDS}, "child": {one.ref for one in children}}
        for name, values in known.items():
            if asked.get(name) not in values:
                asked[name] = ""  # an old or mistyped address asks for nothing
        super().__init__(asked)
        del self.fields["once"]
        self.asked_elsewhere.update(self.fields)  # none has to be filled in, so none says that it is optional
        self.fields["child"].offer(Choice(one.ref, one.name) for one in children)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Page:
    """A family's chronology as it was asked for."""

    family: Family
    sight: Sighted
    reading: Reading
    form: ChronologyForm
    asked: Asked
    events: list[Event]

    @property
    def words(self) -> str:
        """`Visits, about Ada Okafor`, for the heading."""
        parts = [dict(KINDS).get(self.asked.kind, "Everything")]  # type: ignore[call-overload]
        parts += [f"about {self.asked.child.name}"] if self.asked.child else []
        parts += [f"from {long_date(self.asked.since)}"] if self.asked.since else []
        parts += [f"to {long_date(self.asked.until)}"] if self.asked.until else []
        return ", ".join(parts)


def _open(request: HttpRequest, ref: str) -> _Page:
    family, sight = access_family_to_read(ref, by=practitioner_of(request), now=timezone.now())
    children, reading = find_children(family, sight), reading_of(sight, family)
    form = ChronologyForm(request.GET, children)
    answers = form.cleaned_data if form.is_valid() else {}
    child = next((one for one in children if one.ref == answers.get("child")), None)
    asked = Asked(answers.get("kind", ""), child, answers.get("since"), answers.get("until"))
    return _Page(family, sight, reading, form, asked, chronology_read(family, sight, reading, asked))


@require_safe
def chronology(request: HttpRequest, ref: str) -> HttpResponse:
    """What happened, newest first."""
    page = _open(request, ref)
    note_look("chronology", page.family, by=page.sight.by, now=page.sight.now)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "family_name": f"{page.family.name} family",
        "ref": ref,
        "tabs": tabs_of(ref, "family-chronology", page.sight),
        "sheet": sheet_of(request, [_entry(event) for event in page.events]),
        "form": page.form,
        "words": page.words,
        "chosen": list(_chosen(asked, page.asked)),
        "is_whole": page.reading.whole,
        "print_address": f"{reverse('chronology-print', args=[ref])}?{asked.urlencode()}",
    }
    return render(request, "families/chronology.html", context)


@require_safe
def chronology_print(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole of what was asked for on one page, with who made it and when. That it was made is noted."""
    page = _open(request, ref)
    note_look("chronology-print", page.family, by=page.sight.by, now=page.sight.now)
    context = {
        "family_name": f"{page.family.name} family",
        "ref": ref,
        "entries": [_entry(event) for event in page.events],
        "words": page.words,
        "made_by": practitioner_name(page.sight.by),
        "made_at": page.sight.now,
        "is_whole": page.reading.whole,
    }
    return render(request, "families/chronology_print.html", context)


def _chosen(address: QueryDict, asked: Asked) -> Iterator[ChosenFilter]:
    """Each filter that is on, with the address of the list without it."""
    if asked.kind:
        yield ChosenFilter(dict(KINDS)[asked.kind], _without(address, "kind"))  # type: ignore[index]
    if asked.child:
        yield ChosenFilter(f"About {asked.child.name}", _without(address, "child"))
    for name, words, day in (("since", "From", asked.since), ("until", "To", asked.until)):
        if day:
            yield ChosenFilter(f"{words} {long_date(day)}", _without(address, name))


def _without(address: QueryDict, name: str) -> str:
    rest = address.copy()
    for key in [key for key in rest if key == name or key.startswith(f"{name}-")]:
        del rest[key]
    return f"?{rest.urlencode()}"


def _entry(event: Event) -> TimelineEntry:
    address = transfer_address(event.run_ref) if event.run_ref else ""
    if event.paper_ref:
        address = reverse("paper", args=[event.paper_ref])
    # What an import knows by its day alone stands at the first instant of that day.
    is_day = clock(event.happened_at) == "midnight"
    happened = local_day(event.happened_at) if is_day else event.happened_at
    return TimelineEntry(event.title, happened, event.by, event.text, address)
